"""The report: one self-contained page on what a crawl got and whether to trust it."""
