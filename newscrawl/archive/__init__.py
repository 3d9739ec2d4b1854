"""Pages as they were sent, kept as WARC files, so that they can be cleaned again with better rules."""
