"""Extensions: observers of a crawl."""
