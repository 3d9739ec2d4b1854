"""What is new on a site, as values: entries of feeds and sitemaps, links of pages, timetables, reservations.

Pure: bytes and instants in, values out; the spiders send the requests.
"""
