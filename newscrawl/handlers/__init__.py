"""Download handlers: documents that are already on this machine come as responses, like pages of the web."""
