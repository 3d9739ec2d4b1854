"""The processes in which pages are extracted."""
