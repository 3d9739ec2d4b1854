"""Segments of a page, their features and scores. Pure."""
