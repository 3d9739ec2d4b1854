"""Item pipelines, in order: remove widgets from the text, normalise dates, check the record."""
