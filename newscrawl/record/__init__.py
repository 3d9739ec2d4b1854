"""The record: completed, checked against its JSON Schema, read again, and seen through other projects' field names."""
