"""Download handlers: documents that are already on this machine come as responses, like web pages."""
