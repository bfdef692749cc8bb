"""Who owes what, and what is known of each indicator."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from trainingbase.community.models import Dimension, MonthlyEntry
from trainingbase.community.rules import Worth, worth
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.rules.titles import rank_of
from trainingbase.logbook.models import Entry, Kind
from trainingbase.logbook.queries.counts import CONFIRMED, STANDS
from trainingbase.months import months_later
from trainingbase.network.models import Posting
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import PRIMARY_LEVELS, Department, Institution
from trainingbase.sites.queries import may_tend, tended_by
from trainingbase.thresholds.queries import whole

FOLLOW_UPS = ("hypertension", "diabetes")
CONSULTATIONS = ("clinic",)
"""Codes of kinds of work; what is logged holds the kind's name."""


def dimensions() -> Sequence[Dimension]:
    return db.session.scalars(
        select(Dimension).where(Dimension.in_use).order_by(Dimension.number)
    ).all()


def all_dimensions() -> Sequence[Dimension]:
    """Also those that are not in use."""
    return db.session.scalars(select(Dimension).order_by(Dimension.number)).all()


def dimension_by_id(dimension_id: int) -> Dimension:
    return db.session.scalars(select(Dimension).where(Dimension.id == dimension_id)).one()


def sites(today: date) -> Sequence[Institution]:
    """Those in use."""
    return db.session.scalars(
        select(Institution)
        .where(or_(Institution.retired_on.is_(None), Institution.retired_on > today))
        .order_by(Institution.id)
    ).all()


def sites_of(viewer: Person, today: date) -> Sequence[Institution]:
    """For which this person enters."""
    mine = db.session.scalars(
        select(Institution).where(tended_by(viewer)).order_by(Institution.id)
    ).all()
    return [one for one in mine if one.retired_on is None or one.retired_on > today]


def asked_of(site: Institution) -> list[str]:
    """What of an indicator's `asked_of` this site answers."""
    return ["sites", "lead"] if site.level == "lead" else ["sites"]


def asked(site: Institution) -> list[Dimension]:
    return [one for one in dimensions() if one.asked_of in asked_of(site)]


def entry_for(viewer: Person, entry_id: int) -> MonthlyEntry | None:
    """Of a site this person keeps."""
    row = db.session.get(MonthlyEntry, entry_id, options=[joinedload(MonthlyEntry.institution)])
    return row if row is not None and may_tend(viewer, row.institution) else None


def entries(month_on: date, *, institution_id: int = 0) -> dict[tuple[int, int], MonthlyEntry]:
    """By indicator and site."""
    rows = select(MonthlyEntry).where(MonthlyEntry.month_on == month_on)
    if institution_id:
        rows = rows.where(MonthlyEntry.institution_id == institution_id)
    found = db.session.scalars(rows.options(joinedload(MonthlyEntry.entered_by)))
    return {(one.dimension_id, one.institution_id): one for one in found}


def entered_counts(months: Sequence[date]) -> dict[tuple[int, date], int]:
    """How many entries by site and month."""
    rows = db.session.execute(
        select(MonthlyEntry.institution_id, MonthlyEntry.month_on, func.count())
        .where(MonthlyEntry.month_on.in_(months))
        .group_by(MonthlyEntry.institution_id, MonthlyEntry.month_on)
    )
    return {(site, month): count for site, month, count in rows}


@dataclass(frozen=True)
class Known:
    """What is known of an indicator in a month: `given` of `wanted` sites have entered it;
    computed ones ask nobody."""

    dimension: Dimension
    worth: Worth
    given: int
    wanted: int
    words: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """What each site says in words, and beside its numbers."""
    year_before: float | None = None
    """The value of the same month of the year before."""

    @property
    def is_whole(self) -> bool:
        return self.given >= self.wanted


def known(month_on: date, today: date) -> list[Known]:
    there, rows = sites(today), entries(month_on)
    before = entries(months_later(month_on, -12))
    found = []
    for one in dimensions():
        if one.computed_as:
            found.append(Known(one, postings(month_on, one.times), 0, 0))
            continue
        wanted = [site for site in there if one.asked_of in asked_of(site)]
        given = [rows[one.id, site.id] for site in wanted if (one.id, site.id) in rows]
        past = [before[one.id, site.id] for site in wanted if (one.id, site.id) in before]
        names = {site.id: site.name for site in there}
        found.append(
            Known(
                one,
                _worth(given, one),
                len(given),
                len(wanted),
                tuple((names[e.institution_id], e.words) for e in given if e.words),
                tuple((names[e.institution_id], e.note) for e in given if e.note),
                _worth(past, one).value,
            )
        )
    return found


def _worth(given: Sequence[MonthlyEntry], one: Dimension) -> Worth:
    return worth(((e.numerator, e.denominator) for e in given), one.times)


def postings(month_on: date, times: Decimal) -> Worth:
    """Physicians of intermediate rank or higher posted from others to primary institutions in the
    month, for at least the months the base sets, by the people these institutions serve."""
    after, least = months_later(month_on, 1), whole("posting_least_months")
    rank, sender = whole("supervisor_title_rank"), aliased(Institution)
    rows = db.session.execute(
        select(Posting.person_id, FacultyMember.title, Posting.starts_on, Posting.ends_on)
        .join(Institution, Institution.id == Posting.institution_id)
        .join(Department, Department.id == Posting.department_id)
        .join(sender, sender.id == Department.institution_id)
        .join(FacultyMember, FacultyMember.person_id == Posting.person_id)
        .where(
            Institution.level.in_(PRIMARY_LEVELS),
            sender.level.not_in(PRIMARY_LEVELS),
            Posting.starts_on < after,
            or_(Posting.ends_on.is_(None), Posting.ends_on > month_on),
        )
    )
    posted = {
        person_id
        for person_id, title, starts_on, ends_on in rows
        if (rank_of(title) or 0) >= rank
        and (ends_on is None or months_later(starts_on, least) <= ends_on + timedelta(days=1))
    }
    served = db.session.scalar(
        select(func.sum(Institution.catchment)).where(
            Institution.level.in_(PRIMARY_LEVELS),
            or_(Institution.retired_on.is_(None), Institution.retired_on > month_on),
        )
    )
    return worth([(Decimal(len(posted)), Decimal(served or 0))], times)


def from_the_log(month_on: date) -> dict[int, dict[str, int]]:
    """By primary site: confirmed consultations and chronic-disease follow-ups of residents."""
    rows = db.session.execute(
        select(Department.institution_id, Kind.code, func.sum(Entry.count))
        .join(Placement, Placement.id == Entry.placement_id)
        .join(Department, Department.id == Placement.department_id)
        .join(Institution, Institution.id == Department.institution_id)
        .join(Kind, and_(Kind.category == Entry.category, Kind.name == Entry.item))
        .where(
            Institution.level.in_(PRIMARY_LEVELS),
            CONFIRMED,
            STANDS,
            Kind.code.in_((*FOLLOW_UPS, *CONSULTATIONS)),
            Entry.done_on >= month_on,
            Entry.done_on < months_later(month_on, 1),
        )
        .group_by(Department.institution_id, Kind.code)
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: {"visits": 0, "followed": 0})
    for site, code, count in rows:
        found[site]["visits" if code in CONSULTATIONS else "followed"] += int(count)
    return found
