"""The engines behind the search port; each keeps its library to itself."""
