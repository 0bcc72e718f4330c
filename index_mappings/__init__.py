"""What an index is, as versioned data that every engine reads."""

import json
from functools import cache
from importlib.resources import files


@cache
def stop_tags() -> frozenset[str]:
    """Return the part-of-speech tags whose morphemes carry no content, as nori's own default list names them."""
    document = json.loads(files(__name__).joinpath("korean.json").read_text(encoding="utf-8"))
    return frozenset(document["stoptags"])
