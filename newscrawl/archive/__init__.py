"""Pages as they were sent, kept as WARC files, so that they can be extracted again with better rules."""
