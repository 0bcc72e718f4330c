"""What press copy comes apart into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.domain.article import Caption, Reporter, SpeakerLabel


@dataclass(frozen=True, slots=True)
class PressCopyArticle:
    """One article found in pasted press copy.

    Every text is NFC with single spaces. Times are aware, in KST. `chrome` holds every other non-blank line of the
    paste; `speaker_labels` counts `paragraphs` from 0.
    """

    title: str | None = None
    subtitle: str | None = None
    outlet: str | None = None
    section: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    reporters: tuple[Reporter, ...] = ()
    dateline_place: str | None = None
    captions: tuple[Caption, ...] = ()
    subheads: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    page: str | None = None
    speaker_labels: tuple[SpeakerLabel, ...] = ()
    chrome: tuple[str, ...] = ()
