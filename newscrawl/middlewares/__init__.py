"""Middlewares: the guard of URLs, robots.txt, retries, and the cleaning of article pages."""
