"""Strings: normalised, compared, escaped, redacted; regular expressions of bounded cost. Pure."""
