"""How much one query may hold."""

MAX_LENGTH = 1_024
"""Code points of a query as it was given."""

MAX_CLAUSES = 64
"""Words, phrases, prefixes, values and ranges in one query."""

MAX_DEPTH = 16
"""Parentheses and exclusions within each other."""

MAX_DISTANCE = 1_000
"""Morphemes between two words of `NEAR/n` or of a phrase with `~n`."""

MIN_PREFIX_LENGTH = 2
"""Characters before the `*` of a prefix."""
