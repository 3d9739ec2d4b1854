"""Readers of archives and corpora: files in, one document after the other out, never more than one in memory."""
