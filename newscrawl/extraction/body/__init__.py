"""From scored segments to roles, and from roles to the body, the removals and the clean page. Pure."""
