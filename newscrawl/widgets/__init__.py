"""What is a widget, and what must never be taken for one: rules of words and markup, text level, memory of a site."""
