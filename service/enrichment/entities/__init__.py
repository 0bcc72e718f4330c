"""Where a text names people, organisations and places: spans of the analysed texts, out of words, lists and context."""
