"""The memory of a site: text that repeats on many of its pages is boilerplate, whatever its words."""
