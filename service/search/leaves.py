"""The leaves of a query tree: where they look and whether they tell hits apart."""

from __future__ import annotations

from service.search.tree import And, Near, Node, Or, Phrase, Prefix, Ranked, TextField, Widened, Word

Leaf = Word | Phrase | Near
"""A leaf that minds positions."""


def scores(node: Node) -> bool:
    """Return whether a tree tells hits apart by relevance: whether a word is looked for, not only kept out."""
    match node:
        case Word() | Phrase() | Near() | Prefix():
            return True
        case And(children) | Or(children):
            return any(scores(child) for child in children)
        case Widened():
            return True
        case Ranked(child):
            return scores(child)
        case _:
            return False


def places(named: tuple[TextField, ...], default: tuple[TextField, ...]) -> tuple[TextField | None, ...]:
    """Return the text fields that a leaf looks in; None stands for all of them combined."""
    return tuple(dict.fromkeys(named or default)) or (None,)


def leaf_fields(leaf: Leaf) -> tuple[TextField, ...] | None:
    """Return the fields that a leaf names, none for the default; None where it can match in no field."""
    if not isinstance(leaf, Near):
        return leaf.fields
    # Both words lie in one field: in one that both name, where both do; None where there is no such field.
    if leaf.left.fields and leaf.right.fields:
        return tuple(field for field in leaf.left.fields if field in leaf.right.fields) or None
    return leaf.left.fields or leaf.right.fields
