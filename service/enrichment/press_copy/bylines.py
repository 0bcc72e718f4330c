"""Bylines: who wrote the article, out of a line that names nobody and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from service.domain.article import Reporter
from service.enrichment.press_copy.vocabulary import ASKED, is_outlet, is_surname, pattern, words

EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_PICTURE_LABELS = frozenset(("사진", "영상", "그래픽", "촬영"))
_BRACKETS = str.maketrans(dict.fromkeys("[]()<>【】〈〉《》{}", " "))
_TOKEN = re.compile(r"[·ㆍ•∙・,;&]|[/|=:：ㅣ│]|[^\s·ㆍ•∙・,;&/|=:：ㅣ│]+")
_JOINERS = frozenset("·ㆍ•∙・,;&")
_OFFICE = re.compile(r"(?:..시|[시군구도]청|위원회|대학교|경찰서)$")
_BREAKS = frozenset("/|=:：ㅣ│")
_PLACE_ENDS = frozenset("=/")
_NAME = re.compile(r"[가-힣]{2,4}")
_OTHERS = re.compile(r"\s?외\s?\d{1,2}\s?명$")
_PHONE = re.compile(r"\(?\d{2,4}\)?[-.)]\s?\d{3,4}[-.]\d{4}")


@dataclass(frozen=True, slots=True)
class Byline:
    """Those named in a byline, in order; `loose` holds addresses that stand for no single name."""

    reporters: tuple[Reporter, ...] = ()
    loose: tuple[str, ...] = ()
    outlet: str | None = None
    place: str | None = None
    sure: bool = True
    """Whether more than the shape of bare names speaks for a byline: a role, an address or a label."""


@cache
def _role() -> re.Pattern[str]:
    roles = pattern("roles")
    modifiers = pattern("role_modifiers")
    return re.compile(rf"(?:[가-힣A-Za-z]{{0,6}}(?:기자|특파원)|{modifiers}?{roles})")


@cache
def _glued() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>[가-힣]{{2,4}})(?P<role>{pattern('role_modifiers')}?{pattern('roles')})")


_NEWSROOMS = ("편집국", "보도국")
_DESK_OF_NEWSROOM = re.compile(r"(?:편집국|보도국)\s+(?=[가-힣]+(?:부|팀|센터)(?:\s|$))")


@cache
def _team() -> re.Pattern[str]:
    stems = pattern("team_stems")
    return re.compile(
        rf"[가-힣A-Za-z0-9]{{0,8}}{stems}[가-힣A-Za-z]{{0,4}}(?:팀|부|단|룸|국|센터|본부)|편집부|[가-힣]{{0,6}}취재단"
    )


@lru_cache(ASKED)
def is_team(name: str) -> bool:
    """Tell whether a byline's name is a team's (`온라인뉴스팀`, `공동취재단`) or the whole newsroom's (`편집국`)."""
    return name in _NEWSROOMS or (_team().fullmatch(name) is not None and not name.endswith(_NEWSROOMS))


@lru_cache(ASKED)
def is_role(token: str) -> bool:
    """Tell whether a word is a reporter's role."""
    return _role().fullmatch(token) is not None


def _is_name(token: str) -> bool:
    return _NAME.fullmatch(token) is not None and token not in words("not_names") and not _OFFICE.search(token)


def _is_department(token: str) -> bool:
    return len(token) >= 3 and token.endswith(("부", "팀", "본부", "보도국", "편집국", "센터", "지사", "총국"))


def is_info_desk(address: str) -> bool:
    """Tell whether an address belongs to a desk rather than to a person."""
    box = address.partition("@")[0].lower()
    return box in words("info_desks") or "jebo" in box


class _Reader:
    """Reads the words of a byline from left to right; `ok` falls once a word fits nothing."""

    def __init__(self) -> None:
        self.reporters: list[Reporter] = []
        self.pending: list[str] = []
        self.regions: list[str] = []
        self.loose: list[str] = []
        self.outlet: str | None = None
        self.place: str | None = None
        self.modifier = ""
        self.ok = True
        self.joint = 0
        self.labelled = False
        self.joined = True
        self.unjoined = False

    def flush(self, role: str | None) -> None:
        """Give the waiting names their role; a first word that is no family's name is where they are."""
        if role and len(self.pending) == 2 and not is_surname(self.pending[0]) and is_surname(self.pending[1]):
            self.pending = self.pending[1:]
        self.joint = len(self.pending)
        for name in self.pending:
            self.reporters.append(Reporter(name, role=role))
        self.pending = []
        self.modifier = ""

    def separator(self, token: str) -> None:
        """Let a place or an outlet go before `=` or `/`, and end a name at a bar."""
        self.joined = True
        if token in _JOINERS:
            return
        if token in _PLACE_ENDS and (self.pending or self.regions):
            last = (self.regions + self.pending)[-1]
            place_like = len(last) == 2 or last.endswith(("시", "군", "구", "도")) or not is_surname(last)
            if token not in _JOINERS | {"/"} or place_like:
                self.place = "·".join(self.regions + self.pending)
                self.pending, self.regions = [], []
                return
        self.flush(None)

    def email(self, address: str) -> None:
        """Give an address to the one name before it, or keep it loose."""
        if self.pending:
            self.flush(None)
        if is_info_desk(address):
            return
        if self.joint == 1 and self.reporters[-1].email is None and not is_team(self.reporters[-1].name):
            self.reporters[-1] = replace(self.reporters[-1], email=address)
        else:
            self.loose.append(address)

    def word(self, token: str) -> None:
        """Read one word: role, label, team, name, outlet, department or post."""
        glued = _glued().fullmatch(token)
        if self.pending and is_role(token):
            self.flush(f"{self.modifier} {token}".strip())
        elif glued and _is_name(glued["name"]) and is_surname(token):
            self.pending.append(glued["name"])
            self.flush(glued["role"])
        elif token in words("byline_labels") or (is_role(token) and not self.pending):
            self.flush(None)
            self.labelled = self.labelled or token not in _PICTURE_LABELS
        elif is_team(token):
            self.flush(None)
            self.reporters.append(Reporter(token))
            self.joint = 1
        elif self.pending and token in words("role_modifiers"):
            self.modifier = token
        elif is_outlet(token):
            self.outlet = self.outlet or token
        elif _is_department(token) or token in words("regions"):
            self.regions += [token] if token in words("regions") else []
        elif _is_name(token):
            self.unjoined = self.unjoined or bool(self.pending and not self.joined)
            self.pending.append(token)
            self.joined = False
        else:
            self.ok = False


@lru_cache(ASKED)
def read_byline(text: str) -> Byline | None:
    """Return the byline a text consists of, or None where the text holds anything else."""
    if len(text) > 160:
        return None
    text = _DESK_OF_NEWSROOM.sub("", _OTHERS.sub("", text))
    plain = _PHONE.sub(" ", text.replace("글·사진", "글사진").replace("사진·글", "글사진")).translate(_BRACKETS)
    reader = _Reader()
    position = 0
    for match in [*EMAIL.finditer(plain), None]:
        chunk = plain[position : match.start() if match else len(plain)]
        for token in _TOKEN.findall(chunk):
            if token in _JOINERS or token in _BREAKS:
                reader.separator(token)
            else:
                reader.word(token)
            if not reader.ok:
                return None
        if match:
            reader.email(match.group())
            position = match.end()
    return _finish(reader, text)


def read_addresses(text: str) -> Byline | None:
    """Return the addresses of a short line that holds little else, such as a signature with the outlet's name."""
    addresses = EMAIL.findall(text[:300])
    rest = EMAIL.sub("", text[:300]).strip(" ,;/|·")
    if not addresses or len(text) > 300 or len(rest) > 24 or rest.endswith("."):
        return None
    outlet = next((word for word in rest.split() if is_outlet(word)), None)
    return Byline((), tuple(address for address in addresses if not is_info_desk(address)), outlet)


def _finish(reader: _Reader, text: str) -> Byline | None:
    bare = list(reader.pending)
    reader.flush(None)
    named = [reporter for reporter in reader.reporters if not is_team(reporter.name)]
    sure = any(reporter.role or reporter.email for reporter in reader.reporters) or reader.loose or reader.labelled
    if not reader.reporters:
        desk = reader.outlet is not None and reader.labelled
        return Byline((), tuple(reader.loose), reader.outlet) if reader.loose or desk else None
    if not any(reporter.role or reporter.email for reporter in reader.reporters) and (
        reader.unjoined or not all(is_surname(reporter.name) or is_team(reporter.name) for reporter in named)
    ):
        return None
    if not sure and named and not _bare_names_are_sure(bare or [reporter.name for reporter in named], text):
        return None
    certain = bool(sure) or not named
    return Byline(tuple(reader.reporters), tuple(reader.loose), reader.outlet, reader.place, certain)


def _bare_names_are_sure(names: list[str], text: str) -> bool:
    return len(text) <= 20 and all(len(name) == 3 and is_surname(name) for name in names)


@cache
def _column() -> re.Pattern[str]:
    posts = pattern("posts")
    return re.compile(
        rf"(?P<name>[가-힣]{{2,4}})(?:\s?[/|·,(=]\s?|\s)(?P<role>(?:[^\s.,]{{1,14}}\s){{0,4}}[^\s.,()]{{0,14}}{posts})\)?"
    )


def read_column_author(text: str) -> Reporter | None:
    """Return the author of a column: a name and nothing but the post after it (`홍길동 가온대 교수`)."""
    if len(text) > 40:
        return None
    match = _column().fullmatch(text.strip("[]<>()【】/ "))
    if match is None or not _is_name(match["name"]) or not is_surname(match["name"]):
        return None
    return Reporter(match["name"], role=match["role"])


@cache
def _post() -> re.Pattern[str]:
    return re.compile(rf"(?:[^\s.,]{{1,14}}\s){{0,3}}[^\s.,()]{{0,14}}{pattern('posts')}")


def is_post(text: str) -> bool:
    """Tell whether a line is nothing but somebody's post (`가온대 교수`)."""
    return len(text) <= 30 and _post().fullmatch(text.strip("()/ ")) is not None


def split_tail_byline(text: str) -> tuple[str, Byline] | None:
    """Return a paragraph without the byline that runs on behind its last sentence, and that byline."""
    for cut in _tail_starts(text):
        tail = text[cut:].strip()
        byline = read_byline(tail.strip("/-–=| "))
        if byline and (byline.loose or any(reporter.role or reporter.email for reporter in byline.reporters)):
            return text[:cut].rstrip(" /-–=|"), byline
    return None


def _tail_starts(text: str) -> list[int]:
    """Return where the text behind a sentence's stop may begin, in its last 160 characters."""
    start = max(0, len(text) - 160)
    found = [
        start + match.end() for match in re.finditer(r"[.?!。][\"'”’)\]]{0,2}(?=[\s/\[(<【가-힣A-Za-z])", text[start:])
    ]
    return [cut for cut in found if cut < len(text)]
