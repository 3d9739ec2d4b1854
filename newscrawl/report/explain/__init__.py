"""Why an article came out as it did: what was taken, where, and by which rule or evidence."""
