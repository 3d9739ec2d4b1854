"""Speed and memory, against the peers, on the same pages, in one run: ``make bench``."""
