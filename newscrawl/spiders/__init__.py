"""Spiders: each finds article pages in its own way and asks for them."""
