"""What is remembered between runs: seen URLs, articles and their versions, validators, outputs, history.

`newscrawl.store.opening.open_store` opens it; `newscrawl.store.store.Store` is what the rest of the program sees.
SQLite by default, PostgreSQL by URL. Nothing here imports Scrapy.
"""
