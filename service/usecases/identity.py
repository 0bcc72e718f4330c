"""What identifies an article, and what tells whether it changed."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC

from service.domain.article import Article
from service.enrichment.pipeline import ENRICHMENT_VERSION
from service.korean.folding import fold_value
from service.search.documents import to_document

_ID_BYTES = 15
"""120 bits, 24 characters: among a billion articles two share an id with a chance of less than one in 10^18."""


def derive_id(article: Article) -> str:
    """Return the same id for the same article: from its `url`, else from outlet, title and publication time.

    Without a time the body counts too, as a regular title (`인사`, `부고`) would otherwise name one article for all.
    """
    if article.url:
        identity = ["url", article.url]
    else:
        published = article.published_at.astimezone(UTC).isoformat() if article.published_at else ""
        identity = ["title", fold_value(article.outlet or ""), fold_value(article.title), published]
        if not published:
            identity.append(fold_value(article.body))
    digest = hashlib.sha256("\0".join(identity).encode()).digest()[:_ID_BYTES]
    return base64.b32encode(digest).decode().lower()


def fingerprint(article: Article) -> str:
    """Return a digest of what the client gave and of the enrichment version: equal where nothing would change."""
    document = to_document(article)
    kept = {name: document[name] for name in sorted(article.given | {"speaker_labels"})}
    content = json.dumps([ENRICHMENT_VERSION, kept], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]
