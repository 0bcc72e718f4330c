"""The page for people: search, articles, pasting press copy."""
