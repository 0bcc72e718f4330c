"""The table of settings in docs/configuration.md says what the code says."""

from __future__ import annotations

from pathlib import Path

from service.config import SETTINGS, Setting

PAGE = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"


def row(setting: Setting) -> str:
    unit = f" ({setting.unit.en})" if setting.unit else ""
    allowed = setting.allowed.en
    return f"| `{setting.name}` | `{setting.default}` | {allowed}{unit} | {setting.meaning.en} | {setting.meaning.ko} |"


def test_the_page_lists_every_setting_as_it_is() -> None:
    listed = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `GISA_")]
    assert listed == [row(setting) for setting in SETTINGS]
