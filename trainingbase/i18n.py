"""Languages, and how dates, months and amounts are shown."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask_babel import get_locale
from jinja2.filters import do_urlencode

from trainingbase.clock import LOCAL

K = TypeVar("K")
LANGUAGES = ("zh", "en")


def language() -> str:
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def in_words(labels: Mapping[K, object]) -> dict[K, str]:
    """Lazy labels, said once for a page that shows them in every row."""
    return {key: str(label) for key, label in labels.items()}


@lru_cache(maxsize=4096)
def _shown_date(value: date, pattern: str, tongue: str) -> str:
    return format_date(value, pattern, locale=tongue)


@lru_cache(maxsize=4096)
def _shown_moment(value: datetime, pattern: str, tongue: str) -> str:
    return format_datetime(value, pattern, locale=tongue)


def day(value: date | None) -> str:
    if value is None:
        return "—"
    tongue = language()
    return _shown_date(value, "yyyy-MM-dd" if tongue == "zh" else "d MMM yyyy", tongue)


def last_day(ends_on: date | None) -> str:
    """The last day of a period whose end is exclusive."""
    return day(ends_on - timedelta(days=1)) if ends_on else "—"


def month(value: date | None) -> str:
    if value is None:
        return "—"
    return _shown_date(value, "yyyy年M月" if language() == "zh" else "MMM yyyy", language())


def moment(value: datetime | None) -> str:
    if value is None:
        return "—"
    tongue = language()
    pattern = "yyyy-MM-dd HH:mm" if tongue == "zh" else "d MMM yyyy, HH:mm"
    return _shown_moment(value.astimezone(LOCAL), pattern, tongue)


def money(value: Decimal | None) -> str:
    if value is None:
        return "—"
    return format_decimal(value, "#,##0.00", locale=language())


@lru_cache(maxsize=4096)
def _shown_number(value, tongue: str) -> str:
    return format_decimal(value, "#,##0.##", locale=tongue)


def number(value) -> str:
    return "—" if value is None else _shown_number(value, language())


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return do_urlencode(value)


def urlencode(value) -> str:
    """As Jinja's own; of the same text once."""
    return _quoted(value) if type(value) is str else do_urlencode(value)


def named(row) -> str:
    """The row's name in the viewer's language; Chinese where it has no English one."""
    if row is None:
        return "—"
    return (language() == "en" and getattr(row, "name_en", None)) or row.name


FILTERS = {f.__name__: f for f in (day, last_day, month, moment, money, number, named, urlencode)}
