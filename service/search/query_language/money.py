"""`금액:` values as ranges of money, and back."""

from __future__ import annotations

import re
from decimal import Decimal

from service.search.query_language.errors import invalid_value
from service.search.tree import MoneyRange

_CURRENCIES = {
    "원": "KRW", "달러": "USD", "유로": "EUR", "엔": "JPY", "위안": "CNY", "동": "VND", "파운드": "GBP",
    "호주달러": "AUD", "캐나다달러": "CAD", "홍콩달러": "HKD", "싱가포르달러": "SGD", "미국달러": "USD", "불": "USD",
    "엔화": "JPY", "위안화": "CNY", "유로화": "EUR",
    "₩": "KRW", "$": "USD", "€": "EUR", "¥": "JPY", "£": "GBP",
}  # fmt: skip
_NAMES = {code: name for name, code in reversed(_CURRENCIES.items())}
_SMALL = {"십": 10, "백": 100, "천": 1_000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
_CURRENCY = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True)) + "|[A-Z]{3}"
_SUM = re.compile(rf"(?P<before>[₩$€¥£]|[A-Z]{{3}})?(?P<amount>[\d.,십백천만억조]+)(?P<after>{_CURRENCY})?", re.ASCII)
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_COMPARISON = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)
_MOST = Decimal(10) ** 18


def money_range(value: str) -> MoneyRange:
    """Return the sums a value names in one currency; ValidationFailed for what is no sum or range."""
    first, dots, last = value.partition("..")
    if dots:
        return _between(value, first, last)
    match = _COMPARISON.fullmatch(value)
    assert match is not None
    comparison, text = match.groups()
    amount, currency = _sum(text, value)
    currency = currency or "KRW"
    if comparison in (">", ">="):
        return MoneyRange(currency, amount, None, include_low=comparison == ">=")
    if comparison in ("<", "<="):
        return MoneyRange(currency, None, amount, include_high=comparison == "<=")
    return MoneyRange(currency, amount, amount)


def _between(value: str, first: str, last: str) -> MoneyRange:
    if not (first or last):
        raise _not_a_sum(value)
    low, low_currency = _sum(first, value) if first else (None, None)
    high, high_currency = _sum(last, value) if last else (None, None)
    if low_currency and high_currency and low_currency != high_currency:
        raise invalid_value(
            "mixed-currencies",
            "금액 범위의 두 끝은 같은 통화로 쓰세요.",
            "Write both ends of a range of money in the same currency.",
        )
    if low is not None and high is not None and low > high:
        raise invalid_value(
            "reversed-range",
            f"금액 범위의 앞뒤가 바뀌었습니다. 금액:{last}..{first}(으)로 쓰세요.",
            f"The range of money is reversed. Write 금액:{last}..{first}.",
        )
    return MoneyRange(low_currency or high_currency or "KRW", low, high)


def render_money(node: MoneyRange) -> str:
    """Return a value that `money_range` reads as this range."""
    name = _NAMES.get(node.currency, node.currency)
    unit = "" if node.currency == "KRW" else name
    if node.low is None:
        assert node.high is not None
        return f"<{'=' if node.include_high else ''}{_amount(node.high)}{unit}"
    if node.high is None:
        return f">{'=' if node.include_low else ''}{_amount(node.low)}{unit}"
    if node.low == node.high:
        return f"{_amount(node.low)}{unit}"
    return f"{_amount(node.low)}..{_amount(node.high)}{unit}"


def _amount(value: float) -> str:
    if value != int(value):
        return format(Decimal(repr(value)), "f")
    rest, parts = int(value), []
    for unit, size in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        count, rest = divmod(rest, size)
        if count:
            thousands = count < 10_000 and count % 1_000 == 0
            parts.append((f"{count // 1_000}천" if thousands else str(count)) + unit)
    return "".join(parts) or "0"


def _sum(text: str, value: str) -> tuple[float, str | None]:
    match = _SUM.fullmatch(text)
    if not match or (match["before"] and match["after"]):
        raise _not_a_sum(value)
    amount = _number(match["amount"])
    if amount is None or amount > _MOST:
        raise _not_a_sum(value)
    currency = match["before"] or match["after"]
    return float(amount), _CURRENCIES.get(currency, currency) if currency else None


def _number(text: str) -> Decimal | None:
    # `7억5000만`: figures and small units add up to a section, a large unit multiplies it; large units only go down.
    total, section, figure, ceiling = Decimal(0), Decimal(0), None, _MOST
    position = 0
    while position < len(text):
        unit = text[position]
        if number := _NUMBER.match(text, position):
            if figure is not None:
                return None
            figure, position = Decimal(number[0].replace(",", "")), number.end()
            continue
        if unit in _SMALL:
            section += (1 if figure is None else figure) * _SMALL[unit]
        elif unit in _LARGE and _LARGE[unit] < ceiling:
            ceiling = Decimal(_LARGE[unit])
            section += figure or 0
            total += (section if section or figure is not None else 1) * ceiling
            section = Decimal(0)
        else:
            return None
        figure, position = None, position + 1
    return total + section + (figure or 0)


def _not_a_sum(value: str) -> Exception:
    example = ">=100만원, <5억, 1000만..1억, 100만달러"
    return invalid_value(
        "invalid-money",
        f"'{value}'은(는) 금액이 아닙니다. 이렇게 쓰세요: {example}.",
        f"'{value}' is not a sum of money. Write it like these: {example}.",
    )
