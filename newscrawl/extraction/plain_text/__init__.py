"""Plain text and Markdown to blocks and header. Pure."""
