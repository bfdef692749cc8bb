"""What a finding is asked with, and what it gives."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from trainingbase.network.queries.readiness import Readiness, readiness_of
from trainingbase.sites.models import PRIMARY_LEVELS
from trainingbase.sites.queries import institutions

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Found:
    """`points` is None where nothing is known yet; `said` is the figure in words, `missing` what
    would gain the rest, `path` the page with the rows."""

    points: Decimal | None
    said: str
    missing: str = ""
    path: str | None = None


class Facts:
    """Of one year, asked once for all parts.  A year that still runs counts up to today."""

    def __init__(self, year: int, today: date):
        self.year, self.today = year, today
        self.starts_on = date(year, 1, 1)
        self.ends_on = min(date(year + 1, 1, 1), today + timedelta(days=1))

        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, ask: Callable[[], Any]) -> Any:
        """What several parts ask is asked of the database once."""
        if key not in self._known:
            self._known[key] = ask()
        return self._known[key]

    @property
    def has_begun(self) -> bool:
        return self.starts_on < self.ends_on

    @cached_property
    def readiness(self) -> list[Readiness]:
        """Of the sites in use."""
        sites = [one for one in institutions() if not one.is_retired(self.today)]
        return readiness_of(sites, today=self.today)

    def ready(self, level: str) -> list[Readiness]:
        """Of the lead hospital, or of the primary bases that teach: those with an agreement or
        places for residents."""
        if level == "lead":
            return [one for one in self.readiness if one.institution.level == "lead"]
        return [
            one
            for one in self.readiness
            if one.institution.level in PRIMARY_LEVELS
            and any(not d.is_retired(self.today) for d in one.institution.departments)
        ]


@dataclass(frozen=True)
class Ask:
    points: Decimal
    settings: Mapping[str, str]
    facts: Facts

    def number(self, name: str, default: str = "0") -> Decimal:
        return Decimal(self.settings.get(name, default))

    def words(self, name: str) -> list[str]:
        return [one for one in self.settings.get(name, "").split("+") if one]


def is_at(ask: Ask, level: str) -> bool:
    """Whether an institution of this level is one of those that are asked: clinical, primary, or
    all where nothing is said."""
    wanted = ask.settings.get("level")
    return wanted is None or (wanted == "primary") == (level in PRIMARY_LEVELS)
