"""The examples in the docstrings hold."""

import doctest
import importlib
import pkgutil

import pytest

import newscrawl.dates

MODULES = [f"newscrawl.dates.{m.name}" for m in pkgutil.iter_modules(newscrawl.dates.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
