"""Many machines: Celery on RabbitMQ hands out whole sites and whole archives, PostgreSQL is what all remember.

`python -c "import newscrawl"` and every crawl on one machine work without Celery: only `app`, `tasks`, `messages`,
`checks` and `parking` import it.
"""
