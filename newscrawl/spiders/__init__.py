"""Spiders: each discovers article pages in its own way and requests them."""
