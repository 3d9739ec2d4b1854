"""URLs and what may be requested: canonical form, public hosts, resolver, proxies, robots.txt, the request queue."""
