"""Teachers: how many residents they have at once, and their certificates."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import active_on
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.selfassessment.findings.found import Ask, Found, is_at
from trainingbase.selfassessment.findings.sites import MOST_NAMED
from trainingbase.sites.models import PRIMARY_LEVELS, Department, Institution
from trainingbase.thresholds.queries import whole


def load(ask: Ask) -> Found:
    """Nobody has more residents at once than `most` on any day of the year."""
    most, facts = int(ask.number("most")), ask.facts
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = db.session.execute(
        select(
            FacultyMember.id, Person.name, Institution.level, Placement.starts_on, Placement.ends_on
        )
        .join(Placement.supervisor)
        .join(FacultyMember.person)
        .join(Placement.department)
        .join(Department.institution)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.published_at.is_not(None),
            Placement.starts_on < facts.ends_on,
            Placement.ends_on > facts.starts_on,
        )
    )
    names: dict[int, str] = {}
    for member_id, name, level, starts_on, ends_on in rows:
        if not is_at(ask, level):
            continue
        names[member_id] = name
        spans[member_id].append((max(starts_on, facts.starts_on), min(ends_on, facts.ends_on)))
    if not spans:
        return Found(None, _("Nobody has supervised in this year."), path="/supervision/load")
    over = sorted(names[one] for one, mine in spans.items() if at_once(mine) > most)
    said = _(
        "%(good)s of %(all)s supervisors never had more than %(most)s residents at once.",
        good=len(spans) - len(over),
        all=len(spans),
        most=most,
    )
    missing = _("More at once: %(names)s", names=_(", ").join(over[:MOST_NAMED])) if over else ""
    return Found(Decimal(0) if over else ask.points, said, missing, "/supervision/load")


def at_once(spans: list[tuple[date, date]]) -> int:
    """The most of them on one day; their ends are exclusive."""
    turns = sorted([(one[0], 1) for one in spans] + [(one[1], -1) for one in spans])
    most = now = 0
    for _day, turn in turns:
        now += turn
        most = max(most, now)
    return most


def certified(ask: Ask) -> Found:
    """In departments named in `all` every teacher has a valid certificate, in the others of the
    clinical base at least one."""
    years, today, whole_of = whole("certificate_years"), ask.facts.today, ask.words("all")
    members = db.session.scalars(
        select(FacultyMember)
        .where(active_on(today))
        .options(
            selectinload(FacultyMember.certificates),
            selectinload(FacultyMember.posts)
            .joinedload(Post.department)
            .options(selectinload(Department.standards), selectinload(Department.institution)),
        )
    ).all()
    valid: dict[str, list[bool]] = defaultdict(list)
    for member in members:
        has = any((one.lapses_on(years) or today) > today for one in member.certificates)
        for post in member.posts:
            place = post.department.institution
            if post.covers(today) and place.level not in PRIMARY_LEVELS:
                for standard in post.department.standards:
                    valid[standard.name].append(has)
    if not valid:
        return Found(None, _("No teachers are entered."), path="/faculty/")
    lacking = sorted(
        name
        for name, has in valid.items()
        if not (all(has) if any(part in name for part in whole_of) else any(has))
    )
    said = _(
        "%(good)s of %(all)s standard departments have the certified teachers they need.",
        good=len(valid) - len(lacking),
        all=len(valid),
    )
    missing = _("Lacking: %(names)s", names=_(", ").join(lacking[:MOST_NAMED])) if lacking else ""
    path = "/faculty/?certificate=lapsing"
    return Found(Decimal(0) if lacking else ask.points, said, missing, path)
