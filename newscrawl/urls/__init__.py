"""URLs as values: the canonical form, home pages, hosts, and the one function from a host to its site. Pure."""
