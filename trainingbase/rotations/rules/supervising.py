"""Who supervises each placement: only who may (`faculty.rules`), evenly, and by whom the resident
is known already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from trainingbase.faculty.rules import Against, Limits, Stay, Teacher, at_once, unfit, why_not

Spans = dict[int, list[tuple[date, date]]]
"""What each faculty member supervises: [from, until)."""

LASTING = frozenset({"title", "no_certificate", "lapsed", "lapses", "away"})
"""Reasons for which publishing takes no resident away: a person replaces such a supervisor."""


@dataclass(frozen=True)
class Reason:
    """Why this one.  `code`: stays, known (supervised this resident before), only (nobody else
    may), moved (to make room), least (has the least to do); `load` is how many they have at once
    during the stay, this one included."""

    code: str
    load: int


@dataclass
class Roster:
    """`supervisors` by key, None where nobody may; `nobody` and `doubtful` are keys: of those
    without, and of those who keep a supervisor against whom something stands."""

    supervisors: dict = field(default_factory=dict)
    whys: dict = field(default_factory=dict)
    nobody: list = field(default_factory=list)
    doubtful: list = field(default_factory=list)


@dataclass
class _Desk:
    """What is known while one stay after the other gets its supervisor."""

    teachers: Mapping[int, Teacher]
    limits: Limits
    spans: Spans
    known: Mapping[int, frozenset[int]]
    given: dict = field(default_factory=dict)
    unfits: dict = field(default_factory=dict)

    def unfit(self, teacher: Teacher, stay: Stay) -> list[Against]:
        place = (teacher.id, stay.department, stay.starts_on, stay.ends_on)
        if place not in self.unfits:
            self.unfits[place] = unfit(teacher, stay, self.limits)
        return self.unfits[place]

    def has_room(self, teacher: Teacher, stay: Stay) -> bool:
        return at_once(self.spans.get(teacher.id, ()), stay) < teacher.most

    def give(self, stay: Stay, teacher: Teacher) -> None:
        self.spans.setdefault(teacher.id, []).append((stay.starts_on, stay.ends_on))
        self.given[stay.key] = (stay, teacher.id)

    def take(self, stay: Stay) -> None:
        _stay, teacher_id = self.given.pop(stay.key)
        self.spans[teacher_id].remove((stay.starts_on, stay.ends_on))

    def order(self, teacher: Teacher, stay: Stay) -> tuple:
        """The smaller, the better: known, first post, share of the limit used around the stay."""
        spans = self.spans.get(teacher.id, ())
        days = sum((until - since).days for since, until in spans)
        post = teacher.post_in(stay.department)
        return (
            teacher.id not in self.known.get(stay.resident or 0, ()),
            post is not None and post.is_second,
            at_once(spans, stay) / max(1, teacher.most),
            days / max(1, teacher.most),
            teacher.id,
        )


def assign(
    stays: Iterable[Stay],
    teachers: Mapping[int, Teacher],
    limits: Limits,
    *,
    spans: Spans | None = None,
    known: Mapping[int, frozenset[int]] | None = None,
    replacing: bool = False,
) -> Roster:
    """Whoever supervises already goes on; the others get who may and has had least to do.

    `spans` is what the teachers supervise beside these stays, `known` who has supervised a
    resident before.  With `replacing`, whoever may not supervise any more is replaced; without,
    only who has no post there, is not active, or is over the limit.
    """
    roster = Roster()
    desk = _Desk(
        teachers, limits, {one: list(those) for one, those in (spans or {}).items()}, known or {}
    )
    ordered = sorted(stays, key=lambda one: (one.starts_on, one.department, str(one.key)))
    left = [stay for stay in ordered if not _goes_on(stay, desk, roster, replacing)]
    fit = {
        stay.key: [one for one in teachers.values() if not desk.unfit(one, stay)] for stay in left
    }
    for stay in sorted(left, key=lambda one: (one.starts_on, len(fit[one.key]), str(one.key))):
        chosen, code = _chosen(stay, fit, desk)
        if chosen is None:
            roster.supervisors[stay.key] = None
            roster.nobody.append(stay.key)
            continue
        desk.give(stay, chosen)
        roster.whys[stay.key] = code
        fit.setdefault(stay.key, [chosen])
    for key, (stay, teacher_id) in desk.given.items():
        roster.supervisors[key] = teacher_id
        load = at_once(desk.spans[teacher_id], stay)
        roster.whys[key] = Reason(roster.whys.get(key, "stays"), load)
    return roster


def _goes_on(stay: Stay, desk: _Desk, roster: Roster, replacing: bool) -> bool:
    present = desk.teachers.get(stay.supervisor or 0)
    if present is None or not desk.has_room(present, stay):
        return False
    against = desk.unfit(present, stay)
    if against and (replacing or not {one.code for one in against} <= LASTING):
        return False
    if against:
        roster.doubtful.append(stay.key)
    desk.give(stay, present)
    return True


def _chosen(stay: Stay, fit: dict, desk: _Desk) -> tuple[Teacher | None, str]:
    free = [one for one in fit[stay.key] if desk.has_room(one, stay)]
    if not free:
        return _room_made(stay, fit, desk), "moved"
    best = min(free, key=lambda one: desk.order(one, stay))
    if len(fit[stay.key]) == 1:
        return best, "only"
    known = best.id in desk.known.get(stay.resident or 0, ())
    return best, "known" if known else "least"


def _room_made(stay: Stay, fit: dict, desk: _Desk) -> Teacher | None:
    """Somebody who has room once one other stay of this round goes to another who may."""
    for teacher in sorted(fit[stay.key], key=lambda one: desk.order(one, stay)):
        theirs = [
            other
            for other, teacher_id in list(desk.given.values())
            if teacher_id == teacher.id and other.key in fit
        ]
        for other in theirs:
            desk.take(other)
            others = [
                one for one in fit[other.key] if one.id != teacher.id and desk.has_room(one, other)
            ]
            if others and desk.has_room(teacher, stay):
                desk.give(other, min(others, key=lambda one: desk.order(one, other)))
                return teacher
            desk.give(other, teacher)
    return None


__all__ = ["Reason", "Roster", "Spans", "Stay", "Teacher", "assign", "at_once", "why_not"]
