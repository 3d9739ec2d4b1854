"""Several machines: Celery on RabbitMQ distributes whole sites and whole archives, PostgreSQL holds the shared store.

`python -c "import newscrawl"` and every crawl on one machine work without Celery: only `app`, `tasks`, `messages`,
`checks` and `parking` import it.
"""
