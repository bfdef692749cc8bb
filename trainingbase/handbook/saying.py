"""Pieces of the kept record in words, in the present language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from trainingbase import i18n


def said(name: dict[str, str | None] | None) -> str:
    """A name kept in both languages; Chinese where it has no English one."""
    if name is None:
        return ""
    return (i18n.language() == "en" and name.get("en")) or name["zh"] or ""


def day(iso: str | None) -> str:
    return i18n.day(date.fromisoformat(iso)) if iso else ""


def last_day(iso: str | None) -> str:
    """The last day of a time whose end is exclusive."""
    return i18n.last_day(date.fromisoformat(iso)) if iso else ""


def moment(iso: str | None) -> str:
    return i18n.moment(datetime.fromisoformat(iso)) if iso else ""


def number(kept: str | None) -> str:
    return i18n.number(Decimal(kept)) if kept is not None else ""


def percent(kept: str | None) -> str:
    return f"{number(kept)} %" if kept is not None else ""


def passed(value: bool | None) -> str:
    if value is None:
        return ""
    return _("passed") if value else _("not passed")


def word(words: dict, key: str | None) -> str:
    """A fixed word; the key itself where a base has one of its own."""
    return str(words.get(key, key)) if key is not None else ""


def lines(*parts: Any) -> str:
    """What there is of several texts, each on a line."""
    return "\n".join(str(part) for part in parts if part)
