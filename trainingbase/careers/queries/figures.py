"""Figures that promotion and honours are judged by: of many people at once, each with the rows
behind it, and each reckoned in this one place or by the query of the part it belongs to.

A figure takes people by id and the days [since, until); without `since` it looks back for ever.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import func, select

from trainingbase.assessments.models import Answer, Submission
from trainingbase.careers.models import Employment
from trainingbase.careers.queries.employment import APPROVED
from trainingbase.careers.rules.eligibility import Found
from trainingbase.careers.rules.serving import DAYS_A_MONTH
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import Certificate, FacultyMember, Post
from trainingbase.instruments.models import Instrument, Item
from trainingbase.logbook.queries.completion import completions
from trainingbase.network.queries.posting import hours_confirmed
from trainingbase.psychometrics.refusals import FEWEST_PEOPLE
from trainingbase.research.queries import approved_between
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import PRIMARY_LEVELS, Department, Institution
from trainingbase.thresholds.queries import whole
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED
from trainingbase.training.queries.activities import hours_spoken_by

Ids = Sequence[int]
FIRST = date(1900, 1, 1)
Row = tuple[str, int]
Span = tuple[date, date | None, Row]


def months_of(spans: Iterable[Span], since: date | None, until: date) -> Found:
    """Days that several spans cover count once."""
    reached, days, rows = since or FIRST, 0, []
    for starts_on, ends_on, row in sorted(spans, key=lambda one: one[0]):
        first, last = max(starts_on, reached), min(ends_on or until, until)
        if first < last:
            days += (last - first).days
            rows.append(row)
            reached = last
    return Found(_tenth(Decimal(days) / DAYS_A_MONTH), rows)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def grassroots_months(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """Employed at an institution of primary care, or holding a teaching post at one since a known
    day."""
    spans: dict[int, list[Span]] = defaultdict(list)
    primary = Institution.level.in_(PRIMARY_LEVELS)
    for person_id, key, starts_on, ends_on in db.session.execute(
        select(Resident.person_id, Employment.id, Employment.starts_on, Employment.ends_on)
        .join(Employment.resident)
        .join(Employment.institution)
        .where(Resident.person_id.in_(ids), APPROVED, primary)
    ):
        spans[person_id].append((starts_on, ends_on, ("employments", key)))
    for person_id, key, starts_on, ends_on in db.session.execute(
        select(FacultyMember.person_id, Post.id, Post.starts_on, Post.ends_on)
        .join(Post.faculty_member)
        .join(Post.department)
        .join(Department.institution)
        .where(FacultyMember.person_id.in_(ids), Post.starts_on.is_not(None), primary)
    ):
        spans[person_id].append((starts_on, ends_on, ("posts", key)))
    return {one: months_of(spans[one], since, until) for one in ids}


def posting_days(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """Days on which sessions as an expert at a site of primary care were confirmed."""
    primary = set(
        db.session.scalars(select(Institution.id).where(Institution.level.in_(PRIMARY_LEVELS)))
    )
    days: dict[int, set[date]] = defaultdict(set)
    rows: dict[int, list[Row]] = defaultdict(list)
    for one in hours_confirmed(since or FIRST, until):
        person_id, institution_id, _kind, held_on, _hours, session_id = one
        if institution_id in primary:
            days[person_id].add(held_on)
            rows[person_id].append(("posting_sessions", session_id))
    return {one: Found(Decimal(len(days[one])), rows[one]) for one in ids}


def teaching_hours(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    return {
        person_id: Found(
            sum((hours for _key, hours in rows), Decimal(0)),
            [("activities", key) for key, _hours in rows],
        )
        for person_id, rows in hours_spoken_by(ids, since=since, until=until).items()
    }


def supervised_months(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """Months in which they supervised, of one resident and of several alike."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for person_id, key, starts_on, ends_on in db.session.execute(
        select(FacultyMember.person_id, Placement.id, Placement.starts_on, Placement.ends_on)
        .join(FacultyMember, FacultyMember.id == Placement.supervisor_id)
        .where(
            FacultyMember.person_id.in_(ids),
            Placement.cancelled_at.is_(None),
            Placement.published_at.is_not(None),
            Placement.starts_on < until,
        )
    ):
        spans[person_id].append((starts_on, ends_on, ("placements", key)))
    return {one: months_of(spans[one], since, until) for one in ids}


def certificate_days(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """Days for which the certificate of a supervisor is still valid."""
    years = whole("certificate_years")
    found = {one: Found(None) for one in ids}
    for person_id, one in db.session.execute(
        select(FacultyMember.person_id, Certificate)
        .join(Certificate.faculty_member)
        .where(FacultyMember.person_id.in_(ids))
        .order_by(Certificate.id)
    ):
        lapses_on = one.lapses_on(years)
        if lapses_on is None:
            continue
        left = Decimal(max(0, (lapses_on - until).days))
        before = found[person_id].value
        if before is None or left > before:
            found[person_id] = Found(left, [("certificates", one.id)])
    return found


def research_points(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    return {
        person_id: Found(
            sum((one.points or Decimal(0) for one in works), Decimal(0)),
            [("research_works", one.id) for one in works],
        )
        for person_id, works in approved_between(ids, since or FIRST, until).items()
    }


def research_works(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    return {
        person_id: Found(Decimal(len(works)), [("research_works", one.id) for one in works])
        for person_id, works in approved_between(ids, since or FIRST, until).items()
    }


def rating(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """Mean of all ratings received, of a resident by others and of a supervisor by residents: 0 is
    the lowest of each scale, 100 the highest.  Unknown where fewer answered than the base shows;
    of a supervisor without rows, so that nobody is known by them; of a resident, who sees both
    mean and rows, without what was given confidentially."""
    found = {one: Found(None) for one in ids}
    fewest = max(FEWEST_PEOPLE, whole("retention_fewest"))
    about = (
        (Resident.person_id, Submission.resident_id == Resident.id, "resident", True),
        (FacultyMember.person_id, Placement.supervisor_id == FacultyMember.id, "faculty", False),
    )
    for person, joined, subject, with_rows in about:
        rows: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for person_id, key, mean in db.session.execute(
            select(
                person,
                Submission.id,
                func.avg((Answer.number - Item.lowest) * 1.0 / (Item.highest - Item.lowest)),
            )
            .select_from(Submission)
            .join(Submission.placement)
            .join(person.class_, joined)
            .join(Answer, Answer.submission_id == Submission.id)
            .join(Answer.item)
            .join(Submission.instrument)
            .where(
                person.in_(ids),
                Instrument.subject == subject,
                *([Instrument.is_confidential.is_(False)] if with_rows else []),
                Item.kind == "rating",
                Item.highest > Item.lowest,
                Answer.number.is_not(None),
                Submission.observed_on >= (since or FIRST),
                Submission.observed_on < until,
            )
            .group_by(person, Submission.id)
        ):
            rows[person_id].append((key, float(mean)))
        for person_id, members in rows.items():
            if len(members) < fewest:
                continue
            mean = sum(value for _key, value in members) / len(members)
            kept = [("submissions", key) for key, _value in members] if with_rows else []
            found[person_id] = Found(_tenth(Decimal(str(round(mean * 100, 6)))), kept)
    return found


def forms_answered(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """Assessments they gave."""
    rows: dict[int, list[Row]] = {one: [] for one in ids}
    for person_id, key in db.session.execute(
        select(Submission.assessor_id, Submission.id).where(
            Submission.assessor_id.in_(ids),
            Submission.observed_on >= (since or FIRST),
            Submission.observed_on < until,
        )
    ):
        rows[person_id].append(("submissions", key))
    return {one: Found(Decimal(len(members)), members) for one, members in rows.items()}


def log_percent(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """How much of the log is done, of the whole training."""
    people = dict(
        db.session.execute(
            select(Resident.id, Resident.person_id).where(Resident.person_id.in_(ids))
        ).all()
    )
    found = {one: Found(None) for one in ids}
    for resident_id, done in completions(people).items():
        found[people[resident_id]] = Found(done.percent)
    return found


def hours_attended(ids: Ids, since: date | None, until: date) -> dict[int, Found]:
    """Of teaching activities that count."""
    rows: dict[int, list[Row]] = {one: [] for one in ids}
    sums: dict[int, Decimal] = dict.fromkeys(ids, Decimal(0))
    for person_id, key, hours in db.session.execute(
        select(Resident.person_id, Activity.id, Activity.hours)
        .select_from(attendances)
        .join(Activity, Activity.id == attendances.c.activity_id)
        .join(Resident, Resident.id == attendances.c.resident_id)
        .where(
            Resident.person_id.in_(ids),
            COUNTED,
            Activity.held_on >= (since or FIRST),
            Activity.held_on < until,
        )
    ):
        rows[person_id].append(("activities", key))
        sums[person_id] += hours or Decimal(0)
    return {one: Found(sums[one], rows[one]) for one in ids}


Figure = Callable[[Ids, date | None, date], Mapping[int, Found]]
FIGURES: dict[str, Figure] = {
    one.__name__: one
    for one in (
        grassroots_months, posting_days, teaching_hours, supervised_months, rating,
        forms_answered, certificate_days, research_points, research_works, log_percent,
        hours_attended,
    )
}  # fmt: skip
