"""What is known of a site: site files, catalogue, selectors, filter lists, and the function from a host to its site."""
