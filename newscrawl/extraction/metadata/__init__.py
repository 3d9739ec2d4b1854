"""Everything about an article but its body and its dates. Pure."""
