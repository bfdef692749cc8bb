"""Who may supervise, judged from titles and certificates: values in, findings out."""

from datetime import date

TOO_JUNIOR = frozenset({"住院医师", "医师", "助理医师", "医士"})
"""Titles below attending physician (主治医师), who may not supervise (E21)."""


def lapse(issued_on: date | None, years: int) -> date | None:
    """The first day on which a certificate issued then is no longer valid."""
    if issued_on is None:
        return None
    try:
        return issued_on.replace(year=issued_on.year + years)
    except ValueError:  # issued on a 29 February
        return date(issued_on.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """A certificate issued on or before this day has lapsed by `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # a 29 February
        return date(day.year - years, 2, 28)


def findings(
    title: str, issued: list[date | None], *, today: date, soon: date, years: int
) -> list[str]:
    """What stands against this person supervising: title_too_low, no_certificate,
    certificate_lapsed, certificate_lapsing (still valid today, not on `soon`)."""
    found = ["title_too_low"] if title in TOO_JUNIOR else []
    if not issued:
        return [*found, "no_certificate"]
    lapses = [end for one in issued if (end := lapse(one, years)) is not None]
    if not lapses or max(lapses) <= today:
        return [*found, "certificate_lapsed"]
    return [*found, "certificate_lapsing"] if max(lapses) <= soon else found
