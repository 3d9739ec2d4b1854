"""Item pipelines, in order: widgets out of the text, dates normalised, the record checked."""
