"""Who may supervise a stay, and why not: the one rule that planning, assigning and the roster use.

It follows the base's form E21: one post in the department (2.1), an attending's title or above
(2.1.2, 2.1.3), a certificate that is valid (2.2.1), no more residents than the limit (2.1.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trainingbase.faculty.rules.certificates import covered_until
from trainingbase.faculty.rules.titles import rank_of


@dataclass(frozen=True)
class Teaching:
    """A post in a department; an open end is None, ends are exclusive."""

    department: int
    starts_on: date | None = None
    ends_on: date | None = None
    is_second: bool = False


@dataclass(frozen=True)
class Validity:
    """The days on which a certificate is valid: [starts_on, ends_on)."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Teacher:
    """What the rule needs to know of a faculty member; `away` are leaves [from, until),
    `inactive_on` is the first day on which they teach no more."""

    id: int
    name: str
    title: str
    most: int
    posts: tuple[Teaching, ...] = ()
    certificates: tuple[Validity, ...] = ()
    away: tuple[tuple[date, date], ...] = ()
    inactive_on: date | None = None

    def post_in(self, department: int) -> Teaching | None:
        return next((one for one in self.posts if one.department == department), None)


@dataclass(frozen=True)
class Stay:
    """A resident in a department in [starts_on, ends_on); `key` is whatever the caller knows it
    by, `supervisor` who supervises it now."""

    key: object
    department: int
    starts_on: date
    ends_on: date
    supervisor: int | None = None
    resident: int | None = None


@dataclass(frozen=True)
class Limits:
    """The base's own numbers: `rank` as `titles.rank_of` counts, `days_away` of one stay that
    a supervisor may be on leave."""

    rank: int
    days_away: int


@dataclass(frozen=True)
class Against:
    """One reason why not.  `code`: no_post, post_begins, post_ends, title, no_certificate, lapsed,
    lapses, inactive, away, full; `on` is the day it begins, `number` the days away or the limit."""

    code: str
    on: date | None = None
    number: int | None = None


def why_not(
    teacher: Teacher, stay: Stay, spans: Iterable[tuple[date, date]], limits: Limits
) -> list[Against]:
    """All that stands against this teacher supervising this stay; nothing if they may.

    `spans` are the other stays they supervise.
    """
    return [*unfit(teacher, stay, limits), *_full(teacher, stay, spans)]


def unfit(teacher: Teacher, stay: Stay, limits: Limits) -> list[Against]:
    """What stands against them whatever else they supervise."""
    found = [*_post(teacher, stay)]
    if teacher.inactive_on is not None and teacher.inactive_on < stay.ends_on:
        found.append(Against("inactive", on=teacher.inactive_on))
    rank = rank_of(teacher.title)
    if rank is not None and rank < limits.rank:
        found.append(Against("title"))
    found += _certificate(teacher, stay)
    away = sum(
        max(0, (min(until, stay.ends_on) - max(since, stay.starts_on)).days)
        for since, until in teacher.away
    )
    if away > limits.days_away:
        since = min(a for a, b in teacher.away if a < stay.ends_on and b > stay.starts_on)
        found.append(Against("away", on=since, number=away))
    return found


def _post(teacher: Teacher, stay: Stay) -> list[Against]:
    post = teacher.post_in(stay.department)
    if post is None:
        return [Against("no_post")]
    if post.starts_on is not None and post.starts_on > stay.starts_on:
        return [Against("post_begins", on=post.starts_on)]
    if post.ends_on is not None and post.ends_on < stay.ends_on:
        return [Against("post_ends", on=post.ends_on)]
    return []


def _certificate(teacher: Teacher, stay: Stay) -> list[Against]:
    if not teacher.certificates:
        return [Against("no_certificate")]
    spans = [(one.starts_on, one.ends_on) for one in teacher.certificates]
    until = covered_until(stay.starts_on, spans)
    if until is None:
        past = [end for _start, end in spans if end <= stay.starts_on]
        return [Against("lapsed", on=max(past, default=None))]
    return [Against("lapses", on=until)] if until < stay.ends_on else []


def _full(teacher: Teacher, stay: Stay, spans: Iterable[tuple[date, date]]) -> list[Against]:
    day = first_full_day(spans, stay, teacher.most)
    return [] if day is None else [Against("full", on=day, number=teacher.most)]


def first_full_day(spans: Iterable[tuple[date, date]], stay: Stay, most: int) -> date | None:
    """The first day of the stay on which `most` are there already."""
    those = [one for one in spans if one[0] < stay.ends_on and one[1] > stay.starts_on]
    if most <= 0:
        return stay.starts_on
    for day in sorted({max(stay.starts_on, starts_on) for starts_on, _ in those}):
        if sum(a <= day < b for a, b in those) >= most:
            return day
    return None


def at_once(spans: Iterable[tuple[date, date]], stay: Stay) -> int:
    """The most that are there at one time during the stay."""
    those = [one for one in spans if one[0] < stay.ends_on and one[1] > stay.starts_on]
    moments = {max(stay.starts_on, starts_on) for starts_on, _ in those}
    return max((sum(a <= day < b for a, b in those) for day in moments), default=0)


def standing(teacher: Teacher, today: date, until: date, limits: Limits) -> list[Against]:
    """What stands against them in [today, until) in the post where least does."""
    stays = [Stay(None, one.department, today, until) for one in teacher.posts]
    judged = [unfit(teacher, stay, limits) for stay in stays]
    return min(judged, key=len, default=[Against("no_post")])
