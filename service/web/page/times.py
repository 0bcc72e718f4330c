"""Times as people read them, in Korean time."""

from __future__ import annotations

from datetime import datetime

from service.domain.time import KST

_WEEKDAYS = "월화수목금토일"


def long_time(moment: datetime) -> str:
    """Return a time as `2026. 11. 18. (수) 09:30` in KST."""
    local = moment.astimezone(KST)
    return f"{local.year}. {local.month}. {local.day}. ({_WEEKDAYS[local.weekday()]}) {local:%H:%M}"


def machine_time(moment: datetime) -> str:
    """Return a time for `datetime` attributes, in KST."""
    return moment.astimezone(KST).isoformat()


def field_time(moment: datetime) -> str:
    """Return a time for a field of a form: `2026-11-18T09:30` in KST."""
    return moment.astimezone(KST).strftime("%Y-%m-%dT%H:%M")
