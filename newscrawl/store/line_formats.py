"""Formats of outputs in which a record is a line; apart from what reads the store, since crawls without one need it."""

LINE_FORMATS = ("jsonlines", "jsonl", "jl")
