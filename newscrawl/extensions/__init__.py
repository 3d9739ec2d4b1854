"""Extensions: what watches a crawl without standing in its way."""
