"""Datelines and byline prefixes: what stands before the first words of a story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from service.domain.article import Reporter
from service.enrichment.press_copy.bylines import EMAIL, Byline, is_role, read_byline
from service.enrichment.press_copy.lines import is_running_text
from service.enrichment.press_copy.vocabulary import is_outlet, place_names, words

_BRACKET = re.compile(
    r"^\s?(?:\((?P<round>[^()]{1,60}(?:\([^()]{1,12}\)[^()]{0,40})?)\)|\[(?P<square>[^\[\]]{1,60})\]|"
    r"【(?P<lens>[^【】]{1,60})】|<(?P<angle>[^<>]{1,60})>|〔(?P<shell>[^〔〕]{1,60})〕|［(?P<wide>[^［］]{1,60})］)\s?"
)
_UNOPENED = re.compile(r"[^\[\]()\"“.]{2,40}(?:기자|특파원)\]")
_STRIPPED = re.compile(r"^[(\[【]\s?(?P<place>[가-힣A-Za-z.·ㆍ, ]{1,30}?)\s?=\s?(?![^()\[\]]{0,30}[)\]】])")
_NAMED = re.compile(r"^(?P<byline>[^=.?!\"“]{2,60}?)\s?=\s(?=\S)")
_SLASHED = re.compile(
    r"^(?P<place>[가-힣·ㆍ]{2,12})[/=](?P<names>[가-힣·ㆍ]{2,12}\s?[가-힣]{0,5}(?:기자|특파원))\s?(?:=\s?)?(?=\S|$)"
)
_PLACE = re.compile(r"[가-힣A-Za-z.]{1,12}(?:\s[가-힣A-Za-z.]{1,12}){0,2}(?:[·ㆍ,/∙・]\s?[가-힣A-Za-z.]{1,12}){0,5}")
_AGENCY = re.compile(
    r"(?:^|(?<=[\s/]))(?:AP|AFP|UPI|EPA|dpa|DPA|로이터|교도|신화|타스|블룸버그|ANSA|이타르타스)(?=$|[\s/])[\s/]?"
)
_PLACED = re.compile(r"(?P<byline>[^()]{4,40}(?:기자|특파원))\s?\((?P<place>[가-힣·ㆍ]{2,12})\)")
_SIGNED = re.compile(
    r"(?P<outlet>[가-힣A-Za-z0-9]{2,12}) (?P<name>[가-힣]{2,4}) ?(?P<role>(?:선임|수석|인턴)?기자|특파원)"
)
_OUTLET_AND_PLACE = re.compile(r"(?P<outlet>[^()\s]{2,20})\s?\((?P<place>[^()]{1,20})\)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a story's prefix tells: the place and the outlet as written, and who reports."""

    place: str | None = None
    outlet: str | None = None
    byline: Byline = field(default_factory=Byline)


def split_dateline(text: str) -> tuple[Dateline, str] | None:
    """Return a story's prefix (`(대구=연합뉴스) 홍길동 기자 = `) and the text behind it, or None."""
    text = f"[{text}" if _UNOPENED.match(text) else text
    head = text[:160]
    bracket = _BRACKET.match(head)
    if bracket:
        inner = next(group for group in bracket.groups() if group is not None)
        dateline = _read_bracket(inner.strip())
        if dateline is None or ("=" not in inner and dateline.place == inner and not is_running_text(text)):
            return None
        return _with_names(dateline, text[bracket.end() :])
    stripped = _STRIPPED.match(head)
    if stripped:
        return _with_names(Dateline(stripped["place"].strip()), text[stripped.end() :])
    return _unbracketed(head, text)


def _unbracketed(head: str, text: str) -> tuple[Dateline, str] | None:
    slashed = _SLASHED.match(head)
    if slashed:
        byline = read_byline(slashed["names"])
        if byline:
            place = slashed["place"]
            known = Dateline(outlet=place, byline=byline) if is_outlet(place) else Dateline(place, byline=byline)
            return known, text[slashed.end() :].strip()
    named = _NAMED.match(head)
    byline = read_byline(named["byline"]) if named else None
    if named and byline and any(reporter.role for reporter in byline.reporters):
        return Dateline(byline.place, byline.outlet, byline), text[named.end() :].strip()
    return None


def _with_names(dateline: Dateline, rest: str) -> tuple[Dateline, str]:
    """Take the names that follow the bracket, up to their `=`."""
    named = _NAMED.match(rest[:100])
    byline = read_byline(named["byline"]) if named else None
    if named and byline:
        both = Byline(dateline.byline.reporters + byline.reporters, byline.loose)
        return _with_addresses(Dateline(dateline.place, dateline.outlet or byline.outlet, both), rest[named.end() :])
    whole = read_byline(rest) if len(rest) <= 60 else None
    if whole and any(reporter.role for reporter in whole.reporters):
        both = Byline(dateline.byline.reporters + whole.reporters, whole.loose)
        return Dateline(dateline.place, dateline.outlet, both), ""
    return dateline, rest.lstrip(" =|ㅣ│").strip()


def _with_addresses(dateline: Dateline, rest: str) -> tuple[Dateline, str]:
    """Take the addresses of a story that has none but its prefix."""
    rest = rest.strip()
    addresses = EMAIL.findall(rest) if len(rest) <= 80 else []
    if not addresses or EMAIL.sub("", rest).strip(" ,;/·"):
        return dateline, rest
    return replace(dateline, byline=Byline(dateline.byline.reporters, (*dateline.byline.loose, *addresses))), ""


def _read_bracket(inner: str) -> Dateline | None:
    left, equals, right = inner.partition("=")
    left, right = left.strip(), right.strip()
    if equals:
        return _read_pair(left, right)
    byline = read_byline(inner)
    signed = _SIGNED.fullmatch(inner) if byline is None else None
    if signed:
        return Dateline(outlet=signed["outlet"], byline=Byline((Reporter(signed["name"], role=signed["role"]),)))
    if byline and any(is_role(reporter.role or "") for reporter in byline.reporters) and byline.outlet:
        return Dateline(_place_beside(inner, byline), byline.outlet, byline)
    if is_outlet(inner) and len(inner) >= 3:
        return Dateline(outlet=inner)
    if all(part in place_names() for part in re.split(r"[·ㆍ]", inner)):
        return Dateline(inner)
    return None


def _place_beside(inner: str, byline: Byline) -> str | None:
    """Return the place written between the outlet and the first name (`[가온뉴스 대구 홍길동 기자]`)."""
    before = inner.partition(byline.reporters[0].name)[0].replace(byline.outlet or "", "").strip(" /|")
    return before if before and before in words("not_names") else None


def _read_pair(left: str, right: str) -> Dateline | None:
    placed = _PLACED.fullmatch(right)
    byline = read_byline(placed["byline"] if placed else right)
    names = byline if byline and byline.reporters else None
    if names:
        place, outlet = _place_and_outlet(left)
        if placed:
            place, outlet = placed["place"], outlet or place
        if place and len(place) >= 5 and re.fullmatch(r"[가-힣A-Za-z]+", place) and names.reporters[0].role == "기자":
            place, outlet = None, place
        return Dateline(place, outlet or names.outlet, names)
    if left and (is_outlet(right) or right.rstrip(")").endswith("기자") or len(right) <= 12) and _PLACE.fullmatch(left):
        return Dateline(_AGENCY.sub("", left).strip(" /"), _AGENCY.sub("", right).strip(" /") or right)
    if not right and _PLACE.fullmatch(left):
        return Dateline(left)
    return None


def _place_and_outlet(left: str) -> tuple[str | None, str | None]:
    paired = _OUTLET_AND_PLACE.fullmatch(left)
    if paired:
        return paired["place"].strip(), paired["outlet"]
    *first, last = re.split(r"\s?[|ㅣ│/]\s?|\s", left)
    if first and is_outlet("".join(first)):
        return last, " ".join(first)
    if is_outlet(left):
        return None, left
    if first and (last in place_names() or first[0] not in place_names()):
        return last, " ".join(first)
    return (left or None), None


def reporters_of(dateline: Dateline) -> tuple[Reporter, ...]:
    """Return those named in a story's prefix."""
    return dateline.byline.reporters
