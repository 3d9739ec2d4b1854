"""Everything of Scrapy, and of Twisted below it, that is used beyond the documented interface.

Private attributes and methods are read, called and overridden here and nowhere else; each function and class has a
test in ``tests/scrapy_internals`` that fails where an upgrade changes what it relies on.
"""
