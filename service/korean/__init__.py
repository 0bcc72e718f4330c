"""Korean text: folding of forms and analysis into morphemes."""
