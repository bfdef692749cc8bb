"""The rules look, the base switches them on, residents contest, the office answers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history.actions import change
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.models import Contest, Signal, WatchRule
from trainingbase.judging.queries import watching as queries
from trainingbase.judging.queries.following import charts_of
from trainingbase.judging.rules.watching import AGAIN_DAYS, fired
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role

__all__ = ["answer", "contest", "set_rule", "switch_off", "switch_on", "watch", "withdraw"]


def watch(*, today: date, at: datetime) -> int:
    """Every rule looks at everybody; how many signals are new.  Run again on the same day it finds
    nothing new.  A signal whose reason is gone is over."""
    rules = queries.rules()
    longest = max((int(one.settings.get("days", 0)) for one in rules), default=0)
    known = queries.known_of(today, longest)
    new = 0
    for rule in rules:
        kept = queries.kept_signals(rule.code)
        found = dict(_found(rule, known, today))
        for resident_id, (key, facts) in found.items():
            new += _fire(rule, resident_id, key, facts, kept.get(resident_id, []), today, at)
        if rule.kind != "cusum":
            _end(kept, found, today)
    db.session.commit()
    return new


def _found(
    rule: WatchRule, known: Mapping[int, Any], today: date
) -> Iterator[tuple[int, tuple[str, dict[str, Any]]]]:
    if rule.kind == "cusum":
        for resident_id, chart in charts_of(rule).items():
            if resident_id in known and chart.signal is not None:
                yield resident_id, (f"form-{chart.signal.submission_id}", chart.facts())
        return
    for resident_id, one in known.items():
        facts = fired(rule.kind, rule.settings, one, today)
        if facts is not None:
            yield resident_id, (today.isoformat(), facts)


def _fire(
    rule: WatchRule,
    resident_id: int,
    key: str,
    facts: dict[str, Any],
    before: Sequence[Signal],
    today: date,
    at: datetime,
) -> int:
    is_silent = not rule.speaks_on(today)
    if not _is_news(rule, key, before, is_silent, today):
        return 0
    made = Signal(
        rule_code=rule.code, resident_id=resident_id, key=_key(key, before, is_silent),
        facts=facts, is_silent=is_silent, fired_on=today,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    if not is_silent:
        person_id = made.resident.person_id
        told = {person_id, *([made.resident.tutor_id] if made.resident.tutor_id else [])}
        leave("watch-signal", to_ids=told, at=at, path=f"/judging/signals/{made.id}",
              resident=made.resident.person.name)  # fmt: skip
    return 1


def _key(key: str, before: Sequence[Signal], is_silent: bool) -> str:
    """A rule that was silent says it anew, aloud, once it is switched on."""
    taken = {one.key for one in before}
    return key if key not in taken or is_silent else f"{key}+"


def _is_news(
    rule: WatchRule, key: str, before: Sequence[Signal], is_silent: bool, today: date
) -> bool:
    same = [one for one in before if one.is_silent == is_silent]
    if any(one.over_on is None for one in same):
        return False
    if any(one.key.rstrip("+") == key for one in same):
        return False
    quiet = timedelta(days=int(rule.settings.get(AGAIN_DAYS, 0)))
    return not any(one.over_on is not None and one.over_on + quiet > today for one in same)


def _end(kept: Mapping[int, Sequence[Signal]], found: Mapping[int, Any], today: date) -> None:
    for resident_id, signals in kept.items():
        if resident_id not in found:
            for one in signals:
                if one.over_on is None and one.fired_on < today:
                    one.over_on = today


def set_rule(
    rule: WatchRule,
    settings: dict[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
    why: str,
) -> list[str]:
    """Other numbers are another rule: it is silent again until it is switched on.  Raises
    `Stale`."""
    rule.expect(version)
    changed = change("set-watch-rule", rule, {"settings": settings}, by=by, at=at, why=why)
    if changed and rule.valid_from is not None:
        _off(rule)
    db.session.commit()
    return changed


def switch_on(
    rule: WatchRule,
    *,
    valid_from: date,
    because: str,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """After the base has looked at what the rule would have said.  Raises `Stale`."""
    rule.expect(version)
    change("switch-on-watch-rule", rule, {"valid_from": valid_from, "because": because},
           by=by, at=at)  # fmt: skip
    rule.decided_at, rule.decided_by_id = at, by.id
    db.session.commit()


def switch_off(rule: WatchRule, *, version: int | None, by: Person, at: datetime) -> None:
    """Raises `Stale`."""
    rule.expect(version)
    record("switch-off-watch-rule", rule, by=by, at=at)
    _off(rule)
    db.session.commit()


def _off(rule: WatchRule) -> None:
    rule.valid_from = rule.because = rule.decided_at = rule.decided_by_id = None


def contest(signal: Signal, *, because: str, by: Person, at: datetime) -> Contest:
    """By the resident, once.  Raises `NotNow`."""
    hold(signal)
    if signal.is_silent or signal.over_on is not None or signal.contest is not None:
        db.session.rollback()
        raise NotNow
    made = Contest(signal_id=signal.id, because=because, made_at=at)
    db.session.add(made)
    record("contest-signal", made, by=by, at=at)
    leave(
        "signal-contested",
        to_ids={one.id for one in holders_of(Role.OFFICE)},
        at=at,
        path=f"/judging/signals/{signal.id}",
        resident=signal.resident.person.name,
    )
    db.session.commit()
    return made


def withdraw(signal: Signal, *, by: Person, at: datetime) -> None:
    """Of a contest nobody has answered.  Raises `NotNow`."""
    kept = signal.contest
    if kept is None or kept.answered_at is not None:
        db.session.rollback()
        raise NotNow
    record("withdraw-contest", kept, by=by, at=at)
    db.session.delete(kept)
    db.session.commit()


def answer(
    signal: Signal,
    *,
    text: str,
    upheld: bool,
    version: int | None,
    today: date,
    by: Person,
    at: datetime,
) -> None:
    """What is not upheld is over.  Raises `NotNow` and `Stale`."""
    kept = signal.contest
    if kept is None:
        raise NotNow
    kept.expect(version)
    if kept.answered_at is not None:
        db.session.rollback()
        raise NotNow
    kept.answer, kept.upheld, kept.answered_at, kept.answered_by_id = text, upheld, at, by.id
    if not upheld:
        signal.over_on = today
    record("answer-contest", kept, by=by, at=at, upheld=upheld)
    leave("contest-answered", to_ids={signal.resident.person_id}, at=at,
          path=f"/judging/signals/{signal.id}")  # fmt: skip
    db.session.commit()
