"""Bytes to text, text to tree, structured data, Markdown, decision trees: what the pure packages share. Pure."""
