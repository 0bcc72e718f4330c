"""What the metadata lines of an article say together: outlet, section, dates, reporters, place, page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.domain.article import Reporter
from service.enrichment.press_copy.bylines import Byline, is_info_desk, is_team, read_byline
from service.enrichment.press_copy.items import Item, Kind
from service.enrichment.press_copy.lines import normalize
from service.enrichment.press_copy.roles import Role
from service.enrichment.press_copy.stamps import Stamp, find_dates, published, updated
from service.enrichment.press_copy.vocabulary import is_outlet, words

_MENU = frozenset({"뉴스", "전체", "종합"})
"""Section lines that name a menu, not a section."""
_MENU_LINES, _MENU_ENTRY = 3, 5
_SIGNED = 10
_NAME = re.compile(r"[가-힣]{2,4}")
Part = tuple[Item, Role]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of one article; `weak_outlet` comes from datelines, sign-offs and copyright alone."""

    title: str | None
    subtitle: tuple[str, ...]
    outlet: str | None
    weak_outlet: str | None
    section: str | None
    published_at: datetime | None
    updated_at: datetime | None
    reporters: tuple[Reporter, ...]
    place: str | None
    page: str | None


def collect(parts: Sequence[Part], tail_bylines: Iterable[Byline]) -> Metadata:
    """Return what the metadata lines of an article say, by their order of trust."""
    items = [item for item, role in parts if role is not Role.CHROME]
    labels = labelled_values(parts)
    stamps = [stamp for item in items if item.kind is not Kind.CAPTION for stamp in item.stamps]
    stamps += _labelled_dates(labels.get("date", []))
    return Metadata(
        title=next(iter(labels.get("title", [])), None),
        subtitle=tuple(labels.get("subtitle", []) + labels.get("summary", [])),
        outlet=_outlet(parts, labels),
        weak_outlet=_weak_outlet(parts),
        section=next(iter(labels.get("section", [])), None) or _section(items),
        published_at=published(stamps),
        updated_at=updated(stamps),
        reporters=_reporters(parts, labels, tail_bylines),
        place=_place(parts),
        page=_page(labels, items),
    )


def _section(items: Sequence[Item]) -> str | None:
    """Return the first section that is not one of a menu's: three and more of them, each on its line."""
    index = 0
    while index < len(items):
        end = index
        while end < len(items) and _is_menu_entry(items[end]):
            end += 1
        if sum(item.kind is not Kind.PLAIN for item in items[index:end]) < _MENU_LINES:
            found = [item.section for item in items[index : end + 1] if item.section and item.section not in _MENU]
            if found:
                return found[0]
        index = max(end, index + 1)
    return None


def _is_menu_entry(item: Item) -> bool:
    return item.kind in (Kind.SECTION, Kind.RELATED, Kind.PLAIN) and len(item.line.text) <= _MENU_ENTRY


def labelled_values(parts: Sequence[Part]) -> dict[str, list[str]]:
    """Return the values of an export by group, a value on the line after its label included."""
    values: dict[str, list[str]] = {}
    for index, (item, _) in enumerate(parts):
        if item.label is None or item.label.group == "body":
            continue
        value = item.label.value
        if not value and index + 1 < len(parts) and parts[index + 1][0].label is None:
            value = parts[index + 1][0].line.text
        if item.label.name == "출처" and not is_outlet(value):
            continue
        if value:
            values.setdefault(item.label.group, []).append(value)
    return values


def _labelled_dates(values: list[str]) -> list[Stamp]:
    return [Stamp("published", moment, has_time) for value in values for *_, moment, has_time in find_dates(value)]


def _outlet(parts: Sequence[Part], labels: dict[str, list[str]]) -> str | None:
    if labels.get("outlet"):
        return labels["outlet"][0]
    for item, role in parts:
        if role is Role.BODY:
            break
        if role is Role.OUTLET and item.outlet:
            return item.outlet
        if item.kind in (Kind.PAGE, Kind.STAMP) and item.outlet and not (item.byline and item.byline.outlet):
            return item.outlet
    return None


def _weak_outlet(parts: Sequence[Part]) -> str | None:
    from_prefix = [item.dateline.outlet for item, role in parts if item.dateline and role is not Role.CHROME]
    from_byline = [item.byline.outlet for item, role in parts if item.byline and role is not Role.CHROME]
    signed = [item.outlet for item, _ in parts if item.kind is Kind.SIGNOFF]
    rights = [item.outlet for item, _ in parts if item.kind is Kind.COPYRIGHT]
    later = [item.outlet for item, _ in parts if item.kind is Kind.OUTLET]
    guessed = [item.text for item, role in parts if role is Role.OUTLET and not item.outlet]
    return next((outlet for outlet in (*from_prefix, *from_byline, *signed, *rights, *later, *guessed) if outlet), None)


def _place(parts: Sequence[Part]) -> str | None:
    for item, role in parts:
        if role is Role.CHROME:
            continue
        if item.dateline and item.dateline.place:
            return item.dateline.place
        if item.caption and item.caption.dateline and item.caption.dateline.place:
            return item.caption.dateline.place
        if item.byline and item.byline.place:
            return item.byline.place
    return None


def _page(labels: dict[str, list[str]], items: Sequence[Item]) -> str | None:
    for value in labels.get("page", []):
        match = re.search(r"[A-Z]?\d{1,3}", value)
        if match:
            return f"{match.group()}면"
    return next((item.page for item in items if item.page), None)


def _reporters(
    parts: Sequence[Part], labels: dict[str, list[str]], tail_bylines: Iterable[Byline]
) -> tuple[Reporter, ...]:
    bylines = [Byline(_labelled_names(value)) for value in labels.get("reporters", [])]
    roles = {name: _role_in_text(parts, name) for name in _signed(parts)}
    for item, role in parts:
        if role in (Role.CAPTION, Role.CHROME) or (item.kind is Kind.PLAIN and role is not Role.METADATA):
            continue
        bylines += [found for found in (item.dateline.byline if item.dateline else None, item.byline) if found]
        if item.kind is Kind.SIGNOFF:
            bylines.append(Byline((Reporter(item.text, role=roles.get(item.text)),)))
    if not any(role is Role.BODY for _, role in parts):
        bylines += [item.dateline.byline for item, role in parts if role is Role.CAPTION and item.dateline]
    return _complete(_merge([*bylines, *tail_bylines]), parts)


def _complete(reporters: tuple[Reporter, ...], parts: Sequence[Part]) -> tuple[Reporter, ...]:
    """Add role and address to those known from bylines that stand among other chrome, such as a reporter's box."""
    boxes = [item.byline for item, role in parts if role is Role.CHROME and item.byline]
    boxed = {reporter.name: reporter for byline in boxes for reporter in byline.reporters}
    return tuple(
        replace(reporter, role=reporter.role or box.role, email=reporter.email or box.email)
        if (box := boxed.get(reporter.name))
        else reporter
        for reporter in reporters
    )


def _signed(parts: Sequence[Part]) -> list[str]:
    """Return the names in the first sign-offs: one article has one or two, and each is looked for in every line."""
    names = dict.fromkeys(item.text for item, _ in parts if item.kind is Kind.SIGNOFF)
    return list(names)[:_SIGNED]


def _role_in_text(parts: Sequence[Part], name: str) -> str | None:
    """Return the role written after a name anywhere in the article (`홍길동 기자가 취재했습니다`)."""
    for item, _ in parts:
        match = re.search(rf"{name}\s?([가-힣]{{0,4}}기자|특파원|리포터|앵커)", item.line.text)
        if match:
            return match[1]
    return None


def _labelled_names(value: str) -> tuple[Reporter, ...]:
    byline = read_byline(value.replace(";", ","))
    if byline and byline.reporters:
        return byline.reporters
    names = (normalize(name) for name in re.split(r"[;,/·]", value))
    return tuple(Reporter(name) for name in names if _NAME.fullmatch(name) and name not in words("not_names"))


def _merge(bylines: Sequence[Byline]) -> tuple[Reporter, ...]:
    """Return everybody named once, in order, with role and address from wherever they stand."""
    found: dict[str, Reporter] = {}
    loose: dict[str, None] = {}
    for byline in bylines:
        for reporter in byline.reporters:
            known = found.get(reporter.name, reporter)
            found[reporter.name] = replace(known, role=known.role or reporter.role, email=known.email or reporter.email)
        loose.update(dict.fromkeys(byline.loose))
    return _deal_out(list(found.values()), [address for address in loose if not is_info_desk(address)])


def _deal_out(reporters: list[Reporter], loose: list[str]) -> tuple[Reporter, ...]:
    taken = {reporter.email for reporter in reporters}
    loose = [address for address in loose if address not in taken]
    open_places = [place for place, reporter in enumerate(reporters) if not is_team(reporter.name)]
    if len(loose) == 1:
        open_places = open_places[:1]
    open_places = [place for place in open_places if reporters[place].email is None]
    for place, address in zip(open_places, loose, strict=False):
        reporters[place] = replace(reporters[place], email=address)
    return tuple(reporters)
