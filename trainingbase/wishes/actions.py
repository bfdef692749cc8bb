"""What happens to rounds of wishes.  Each action is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Resident
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.wishes import queries
from trainingbase.wishes.models import (
    NotAsked,
    Round,
    RoundClosed,
    SiteChoice,
    Wish,
    WishList,
)

MINE = "/wishes/mine"


@dataclass(frozen=True)
class Terms:
    """What a round asks for; ends are exclusive, `weight` and `site_weight` are costs."""

    starts_on: date
    ends_on: date
    closes_on: date
    cohort_ids: Sequence[int]
    standard_ids: Sequence[int]
    institution_ids: Sequence[int]
    most_wishes: int = 3
    weight: Decimal = Decimal(3)
    most_sites: int = 3
    site_weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class Given:
    """What somebody wishes: (standard department id, from, until), institution ids in order."""

    wishes: tuple[tuple[int, date, date], ...] = ()
    sites: tuple[int, ...] = ()
    word: str | None = None


def open_round(
    *, title: str, terms: Terms, by: Person, at: datetime, request_key: str | None = None
) -> Round:
    """Ask the residents in training of these cohorts, and tell them.  Asked for twice with one
    `request_key` it is one round."""
    known = queries.round_by_key(request_key)
    if known is not None:
        return known
    made = Round(
        title=title,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        closes_on=terms.closes_on,
        most_wishes=terms.most_wishes,
        weight=terms.weight,
        most_sites=terms.most_sites,
        site_weight=terms.site_weight,
        opened_at=at,
        opened_by_id=by.id,
        request_key=request_key or None,
        cohorts=list(queries.cohorts(terms.cohort_ids)),
        standards=list(queries.standards(terms.standard_ids)),
        institutions=list(queries.institutions(terms.institution_ids)),
    )
    db.session.add(made)
    record("open-wishes", made, by=by, at=at, title=title, closes_on=terms.closes_on)
    _tell("wishes-asked", made, queries.asked(made), at)
    db.session.commit()
    return made


def move_deadline(
    asked: Round, closes_on: date, *, version: int | None, by: Person, at: datetime
) -> None:
    """Later, or earlier: whoever may still answer is told.  Raises `Stale`."""
    asked.expect(version)
    before, asked.closes_on = asked.closes_on, closes_on
    record("move-wishes-deadline", asked, by=by, at=at, before=before, after=closes_on)
    if before != closes_on and asked.is_open(_today(at)):
        _tell("wishes-deadline", asked, queries.asked(asked), at)
    db.session.commit()


def remind(asked: Round, *, by: Person, at: datetime) -> int:
    """Tell those who have not answered, once a day; how many these were.  Raises `RoundClosed`."""
    hold(asked, "reminded_at", "closes_on")
    if not asked.is_open(_today(at)):
        db.session.rollback()
        raise RoundClosed
    if asked.reminded_at is not None and _today(asked.reminded_at) == _today(at):
        db.session.rollback()
        return 0
    silent = queries.silent(asked)
    asked.reminded_at = at
    record("remind-of-wishes", asked, by=by, at=at, residents=len(silent))
    _tell("wishes-wanted", asked, silent, at)
    db.session.commit()
    return len(silent)


def keep_wishes(
    asked: Round,
    resident: Resident,
    given: Given,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> WishList:
    """Keep what a resident wishes in place of what was kept before; `version` is that of it.

    The same again changes nothing.  After the deadline only somebody else may answer for them.
    Raises `RoundClosed`, `NotAsked`, `Stale`.
    """
    hold(asked, "closes_on")
    if resident.cohort_id not in {one.id for one in asked.cohorts}:
        raise NotAsked
    if by.id == resident.person_id and not asked.is_open(_today(at)):
        db.session.rollback()
        raise RoundClosed
    kept = queries.list_of(asked, resident)
    if kept is not None and given_of(kept) == given:
        db.session.rollback()
        return kept
    kept = _begun(asked, resident, kept, version, by, at)
    kept.word, kept.changed_at, kept.entered_by_id = given.word, at, by.id
    kept.wishes = [
        Wish(position=number, standard_department_id=what, from_on=first, until_on=until)
        for number, (what, first, until) in enumerate(given.wishes)
    ]
    kept.sites = [
        SiteChoice(position=number, institution_id=where)
        for number, where in enumerate(given.sites)
    ]
    record("keep-wishes", kept, by=by, at=at, resident=resident.id, wishes=len(given.wishes))
    if by.id != resident.person_id:
        _tell("wishes-entered", asked, [resident], at)
    db.session.commit()
    return kept


def _begun(
    asked: Round,
    resident: Resident,
    kept: WishList | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> WishList:
    """The resident's list, without its former content."""
    if kept is not None:
        kept.expect(version)
        kept.wishes, kept.sites = [], []
        db.session.flush()  # an institution may stand in the list once
        return kept
    kept = WishList(
        round_id=asked.id,
        resident_id=resident.id,
        answered_at=at,
        changed_at=at,
        entered_by_id=by.id,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def given_of(kept: WishList) -> Given:
    return Given(
        tuple((one.standard_department_id, one.from_on, one.until_on) for one in kept.wishes),
        tuple(one.institution_id for one in kept.sites),
        kept.word,
    )


def _tell(kind: str, asked: Round, residents: Sequence[Resident], at: datetime) -> None:
    to_ids = [one.person_id for one in residents]
    closes_on = asked.closes_on.isoformat()
    leave(kind, to_ids=to_ids, at=at, path=MINE, title=asked.title, closes_on=closes_on)


def _today(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
