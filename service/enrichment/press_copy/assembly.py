"""From the items of one article and their roles to the article."""

from __future__ import annotations

from dataclasses import replace

from service.domain.article import Caption, SpeakerLabel
from service.enrichment.press_copy.body import BodyReader
from service.enrichment.press_copy.bylines import Byline, read_byline, split_tail_byline
from service.enrichment.press_copy.captions import ends_like_photo, read_credit_line
from service.enrichment.press_copy.head import body_start, head_roles
from service.enrichment.press_copy.items import Item, Kind, Speaker
from service.enrichment.press_copy.labels import split_title
from service.enrichment.press_copy.metadata import Metadata, collect
from service.enrichment.press_copy.model import PressCopyArticle
from service.enrichment.press_copy.roles import Role

_OPENING, _CLOSING = ('"', "“"), ('"', "”")
_DASHES = ("-", "–", "—", "―")
_DECK_STRIP = "-–—―·▷•◇◆■□●○▲△▶ㆍ∙※*◈❍◦ "


def assemble(items: list[Item]) -> PressCopyArticle | None:
    """Return the article of one stretch of items; None where nothing of it is an article's."""
    start = body_start(items)
    roles = head_roles(items[:start]) + BodyReader(items, start).roles()
    parts = list(zip(items, roles, strict=True))
    parts = _settle_credits(_settle_last(parts))
    paragraphs, speakers, bylines = _paragraphs(parts)
    metadata = collect(parts, bylines)
    title, title_outlet = _title(parts, metadata)
    captions = _captions(parts)
    if not (title or paragraphs or captions):
        return None
    return PressCopyArticle(
        title=title,
        subtitle=_subtitle(parts, metadata),
        outlet=metadata.outlet or title_outlet or metadata.weak_outlet,
        section=metadata.section,
        published_at=metadata.published_at,
        updated_at=metadata.updated_at,
        reporters=metadata.reporters,
        dateline_place=metadata.place,
        captions=captions,
        subheads=tuple(item.text for item, role in parts if role is Role.SUBHEAD),
        paragraphs=paragraphs,
        page=metadata.page,
        speaker_labels=speakers,
        chrome=_chrome(parts),
    )


Part = tuple[Item, Role]


def _settle_last(parts: list[Part]) -> list[Part]:
    """Give the story's last sentence back to the body where a byline behind it looked like a photographer's credit."""
    last = next((index for index in reversed(range(len(parts))) if parts[index][1] in (Role.BODY, Role.CAPTION)), None)
    if last is None:
        return parts
    item, role = parts[last]
    reading = item.caption
    if (
        role is Role.CAPTION
        and reading
        and not (reading.marked or reading.dated)
        and not reading.caption.text.endswith("있다.")
    ):
        split = split_tail_byline(item.line.text)
        if split and any(other is Role.BODY for _, other in parts[:last]):
            parts[last] = (replace(item, text=item.line.text, kind=Kind.TEXT), Role.BODY)
    return parts


def _settle_credits(parts: list[Part]) -> list[Part]:
    """Join a line that is nothing but a credit to the caption above it."""
    settled: list[Part] = []
    body_seen = False
    for item, role in parts:
        credit, signed = _credit_under(item)
        above = settled[-1] if settled else None
        if credit and above and _takes_credit(above, signed, body_seen=body_seen):
            text = above[0].caption.caption.text if above[0].caption else above[0].text
            caption = replace(above[0], text=text, caption=None, kind=Kind.CAPTION, label=None, outlet=credit)
            settled[-1] = (caption, Role.CAPTION)
            settled.append((replace(item, byline=None), Role.CHROME))
        else:
            body_seen = body_seen or (above is not None and above[1] is Role.BODY)
            settled.append((replace(item, byline=signed), Role.METADATA) if signed else (item, role))
    return settled


def _credit_under(item: Item) -> tuple[str | None, Byline | None]:
    """Return the source that a line directly under another credits, and the byline that it may be as well."""
    slashed = item.kind is Kind.BYLINE and item.line.text.startswith("/")
    if item.line.blanks_before or not (slashed or item.kind in (Kind.CREDIT, Kind.LABEL)):
        return None, None
    signed = read_byline(item.line.text.strip("/ ")) if item.kind is not Kind.LABEL else None
    first = next((reporter for reporter in signed.reporters if reporter.role), None) if signed else None
    credit = read_credit_line(item.line.text)
    return (credit or f"{first.name} {first.role}", signed) if first else (credit, None)


def _takes_credit(above: Part, signed: Byline | None, *, body_seen: bool) -> bool:
    """Tell whether the credit below belongs to this part; a reporter's name stands under stories, too."""
    item, role = above
    if role is Role.CAPTION:
        return item.caption is None or item.caption.caption.credit is None
    pictured = item.text.endswith("있다.") or ends_like_photo(item.text)
    if signed and role is Role.BODY and (body_seen or not pictured):
        return False
    alone = item.line.blanks_before > 0 or not body_seen
    return role in (Role.BODY, Role.SUBHEAD) and alone and len(item.text) <= 120


def _captions(parts: list[Part]) -> tuple[Caption, ...]:
    found: dict[str, Caption] = {}
    for item, role in parts:
        if role is not Role.CAPTION:
            continue
        caption = item.caption.caption if item.caption else Caption(item.text, item.outlet)
        if caption.text and (caption.text not in found or (found[caption.text].credit is None and caption.credit)):
            found[caption.text] = caption
    return tuple(found.values())


def _title(parts: list[Part], metadata: Metadata) -> tuple[str | None, str | None]:
    text = metadata.title or " ".join(item.line.text for item, role in parts if role is Role.TITLE)
    if not text:
        return None, None
    title, outlet = split_title(text)
    return title or text, outlet


def _subtitle(parts: list[Part], metadata: Metadata) -> str | None:
    lines = [*metadata.subtitle]
    for item, role in parts:
        if role is Role.DECK:
            text = item.line.text.lstrip(_DECK_STRIP)
            dashed = item.marker.startswith(_DASHES)
            lines.append(text.removesuffix(" -").removesuffix(" –").strip() if dashed else text)
    return "\n".join(line for line in lines if line) or None


def _paragraphs(parts: list[Part]) -> tuple[tuple[str, ...], tuple[SpeakerLabel, ...], list[Byline]]:
    texts: list[str] = []
    labels: list[SpeakerLabel] = []
    bylines: list[Byline] = []
    speaker: Speaker | None = None
    for item, role in parts:
        if role is Role.SPEAKER:
            speaker = item.speaker
            continue
        if role is not Role.BODY:
            continue
        text = _body_text(item)
        text, byline = _without_byline(text)
        bylines += [byline] if byline else []
        said = item.speaker if item.kind is Kind.SPEECH or item.speaker else speaker
        if said and said.name and text:
            labels.append(SpeakerLabel(len(texts), said.name, said.title))
        speaker = speaker if speaker and text[:1] in _OPENING and not text.endswith(_CLOSING) else None
        texts += [text] if text else []
    return tuple(texts), tuple(labels), bylines


def _body_text(item: Item) -> str:
    if item.label and item.label.group == "body":
        return item.label.value
    if item.kind in (Kind.TEXT, Kind.SPEECH):
        return item.text
    return item.line.text


def _without_byline(text: str) -> tuple[str, Byline | None]:
    split = split_tail_byline(text)
    return split if split else (text, None)


def _chrome(parts: list[Part]) -> tuple[str, ...]:
    keep = (Role.OUTLET, Role.METADATA, Role.SPEAKER, Role.CHROME)
    return tuple(dict.fromkeys(item.line.text for item, role in parts if role in keep))
