"""Sums of money: a figure with its currency word or sign, and what it amounts to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from service.domain.article import Article, Money
from service.enrichment.texts import Texts

_WORDS = {
    "원": "KRW", "달러": "USD", "유로": "EUR", "엔": "JPY", "위안": "CNY", "동": "VND", "파운드": "GBP", "프랑": "CHF",
    "바트": "THB", "루블": "RUB", "루피": "INR", "루피아": "IDR", "링깃": "MYR", "페소": "PHP", "디르함": "AED",
    "헤알": "BRL", "리얄": "SAR", "투그릭": "MNT", "솜": "UZS", "즈워티": "PLN", "코루나": "CZK", "포린트": "HUF",
    "크로나": "SEK", "크로네": "NOK", "리라": "TRY", "셰켈": "ILS", "랜드": "ZAR", "텡게": "KZT", "흐리우냐": "UAH",
    "디나르": "KWD", "리알": "IRR", "타카": "BDT", "짜트": "MMK", "리엘": "KHR", "파타카": "MOP", "나이라": "NGN",
    "실링": "KES", "비르": "ETB", "레이": "RON", "레바": "BGN", "라리": "GEL", "마나트": "AZN", "드람": "AMD",
    "세디": "GHS", "과라니": "PYG", "솔레스": "PEN",
}  # fmt: skip
_DOLLARS = {
    "미국": "USD", "미": "USD", "美": "USD", "호주": "AUD", "캐나다": "CAD", "홍콩": "HKD", "싱가포르": "SGD",
    "대만": "TWD", "뉴질랜드": "NZD",
}  # fmt: skip
_BY_COUNTRY = {
    ("덴마크", "크로네"): "DKK", ("노르웨이", "크로네"): "NOK", ("스웨덴", "크로나"): "SEK",
    ("아이슬란드", "크로나"): "ISK", ("멕시코", "페소"): "MXN", ("칠레", "페소"): "CLP",
    ("아르헨티나", "페소"): "ARS", ("콜롬비아", "페소"): "COP", ("쿠웨이트", "디나르"): "KWD",
    ("요르단", "디나르"): "JOD", ("이라크", "디나르"): "IQD", ("바레인", "디나르"): "BHD",
    ("세르비아", "디나르"): "RSD", ("이란", "리알"): "IRR", ("카타르", "리알"): "QAR",
    ("오만", "리알"): "OMR", ("사우디", "리얄"): "SAR", ("카타르", "리얄"): "QAR",
    ("이집트", "파운드"): "EGP", ("파키스탄", "루피"): "PKR", ("스리랑카", "루피"): "LKR",
    ("네팔", "루피"): "NPR", ("모로코", "디르함"): "MAD", ("탄자니아", "실링"): "TZS",
}  # fmt: skip
"""Currencies that share their word with another country's: the country stands between figure and word."""
_SIGNS = {"$": "USD", "€": "EUR", "₩": "KRW", "¥": "JPY", "£": "GBP", "＄": "USD", "￦": "KRW", "￥": "JPY"}
_CODES = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "HK": "HKD", "S": "SGD", "NT": "TWD", "NZ": "NZD"}
_SCALES = {"십": 10, "백": 100, "천": 1000}
_GROUPS = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}

_DIGITS = "0-9０-９"
_NUMBER = rf"[{_DIGITS}]{{1,15}}(?:[,，][{_DIGITS}]{{3}}){{0,5}}(?:[.．][{_DIGITS}]{{1,6}})?"
_PIECE = rf"{_NUMBER}(?: ?[십백천])?여?(?: ?[만억조경])?여?"
_LARGE_PIECE = rf"{_NUMBER} ?(?:[십백천]여?(?: ?[만억조경])?|[만억조경])여?"  # after a blank only one with its own unit
_REST = rf"[{_DIGITS}]{{1,4}}(?= ?(?:원|달러|엔|유로|위안))"  # `1만 1000원`
_START = rf"(?<![{_DIGITS}A-Za-z,.，．])"
# Bounded repeats, and a start that no digit precedes: the time is linear in the text.
_FIGURE = rf"{_PIECE}(?:(?<=[십백천만억조경여])(?:{_PIECE}| {_LARGE_PIECE}| {_REST})){{0,7}}"
_OTHER_WORDS = "|".join(sorted(set(_WORDS) - {"원", "달러", "유로", "위안", "엔", "동"}, key=len, reverse=True))
_ISSUERS = "|".join(dict.fromkeys(country for country, _ in _BY_COUNTRY))
_PATTERN = re.compile(
    rf"{_START}(?P<figure>{_FIGURE}) ?(?:"
    rf"(?:(?P<country>{'|'.join(_DOLLARS)}) ?)?(?P<dollar>달러)(?!화|박스)"
    r"|(?P<word>원(?![칙소장생형심단내격천료탁조론안고본자주정]|인(?!데|가[ .?]|지))"
    r"|유로(?![파존화권])|위안(?![부소화을]|이 ?[되됐])"
    rf"|엔(?![진젤딩트터지])|동(?![네안시행작의])|(?:(?P<issuer>{_ISSUERS}) ?)?(?:{_OTHER_WORDS})(?!마크|저|보우)))"
    rf"|(?P<code>\b(?:{'|'.join(_CODES)}))?(?P<sign>[$€₩¥£＄￦￥]) ?(?P<signed>{_FIGURE})"
)
_FIRST = re.compile(rf"[{_DIGITS}{''.join(_SIGNS)}][{_DIGITS}]*")
_UNIT = re.compile(r"단위\s?[:：=]?\s?[^()\[\]\n]{0,20}$")
"""What a table says of its figures (`단위: 100만 달러`) is no sum."""
_UNIT_REACH = 30
_WIDE = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_TOKEN = re.compile(r"[\d,.]+|[십백천만억조경]")


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """A sum and where it stands in its text, end exclusive."""

    start: int
    end: int
    money: Money


def money_step(article: Article, texts: Texts) -> Article:
    """Return the article with every sum of its texts, each text once, in order of appearance."""
    if "money" in article.given:
        return article
    sums = {span.money.text: span.money for analysis in texts.in_reading_order() for span in find_money(analysis.text)}
    return replace(article, money=tuple(sums.values()))


@lru_cache(maxsize=8)  # the sums and the mentions of an article ask for the same texts
def find_money(text: str) -> tuple[MoneySpan, ...]:
    """Return the sums of one text in order."""
    return tuple(_sums(text))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield where the pattern holds, trying it where a figure or a sign stands and nowhere else, for speed."""
    position = 0
    while (first := _FIRST.search(text, position)) is not None:
        place = first.start()
        signed = text[place] in _SIGNS  # a country's letters may stand before the sign
        starts = range(max(position, place - 2), place + 1) if signed else (place,)
        match = next((found for found in (_PATTERN.match(text, start) for start in starts) if found), None)
        if match:
            yield match
        position = match.end() if match else first.end()


def _sums(text: str) -> Iterator[MoneySpan]:
    for match in _matches(text):
        if _UNIT.search(text, max(0, match.start() - _UNIT_REACH), match.start()):
            continue
        figure = match["figure"] or match["signed"]
        currency = _currency(match)
        if currency == "VND" and not re.search("[만억조]", figure):
            continue  # `101동` is a building
        amount = _amount(figure)
        if amount is not None:
            yield MoneySpan(match.start(), match.end(), Money(match.group(), amount, currency))


def _currency(match: re.Match[str]) -> str:
    if match["sign"]:
        return _CODES[match["code"]] if match["code"] else _SIGNS[match["sign"]]
    if match["dollar"]:
        return _DOLLARS[match["country"]] if match["country"] else "USD"
    if match["issuer"]:
        word = match["word"].removeprefix(match["issuer"]).strip()
        return _BY_COUNTRY.get((match["issuer"], word), _WORDS[word])
    return _WORDS[match["word"]]


def _amount(figure: str) -> int | float | None:
    """Return what a figure such as `1조 2천409억` amounts to, or None where its digits make no number."""
    total = section = number = Decimal(0)
    for token in _TOKEN.findall(figure.translate(_WIDE)):
        if token in _GROUPS:
            total += (section + number or Decimal(1)) * _GROUPS[token]
            section = number = Decimal(0)
        elif token in _SCALES:
            section += (number or Decimal(1)) * _SCALES[token]
            number = Decimal(0)
        else:
            number = Decimal(token.replace(",", ""))
    amount = total + section + number
    if amount > 10**18:
        return None  # no sum of the world: a slip of digits
    return int(amount) if amount == amount.to_integral_value() else float(amount)
