"""The search tokens of stored articles: analysed anew, and kept for a while for the next page with the same hits."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from service.domain.article import Article
from service.korean.analysis import analyze
from service.search.tokens import Tokens, text_tokens
from service.search.values import texts_in_order

_KEPT = 500  # articles: some 30 MB


class TokenCache:
    """Gives the tokens of articles; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], Tokens] = OrderedDict()

    def tokens(self, article: Article, fingerprint: str) -> Tokens:
        """Return the tokens of an article; `fingerprint` tells its states apart."""
        key = (article.id, fingerprint)
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
        tokens = {
            field: tuple(text_tokens(analyze(text)) for text in texts)
            for field, texts in texts_in_order(article).items()
        }
        with self._lock:
            self._kept[key] = tokens
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return tokens
