"""The version of the program that runs."""

from __future__ import annotations

from importlib import metadata

try:
    VERSION = metadata.version("newscrawl")
except metadata.PackageNotFoundError:  # run from a checkout
    VERSION = "0.1"
