"""Downloader middlewares: the guard of addresses and the cleaning of article pages."""
