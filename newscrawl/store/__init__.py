"""What is remembered between runs: seen addresses, articles and their versions, validators, outputs, history.

`newscrawl.store.opening.open_store` opens it; `newscrawl.store.store.Store` is what the rest of the program sees.
SQLite by default, PostgreSQL by address. Nothing here imports Scrapy.
"""
