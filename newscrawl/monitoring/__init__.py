"""Alarms: what is unusual for a site, judged by its own history. Pure."""
