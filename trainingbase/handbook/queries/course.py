"""Who the resident is, what the programme asks, what counts from before, how the course changed."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.courses.models import Course
from trainingbase.courses.queries.graduating import lacks_as_data
from trainingbase.courses.queries.training import stays_of
from trainingbase.courses.rules.months import length
from trainingbase.db import db
from trainingbase.enrolment.models import Credit, CreditClaim, Particulars, Resident
from trainingbase.files.models import StoredFile
from trainingbase.files.rules import JPEG, PNG
from trainingbase.programmes.models import Requirement

Facts = dict[str, Any]


def both(row: Any) -> Facts | None:
    """A row's name in both languages; the English one may be missing."""
    if row is None:
        return None
    return {"zh": row.name, "en": getattr(row, "name_en", None)}


def photo_of(resident_id: int) -> StoredFile | None:
    return db.session.scalars(
        select(StoredFile)
        .join(Particulars, Particulars.photo_id == StoredFile.id)
        .where(Particulars.resident_id == resident_id, StoredFile.media_type.in_((JPEG, PNG)))
    ).one_or_none()


def person(resident: Resident) -> Facts:
    """With the checksum of the photo: another one makes another edition."""
    photo = photo_of(resident.id)
    return {
        "photo": photo.sha256 if photo else None,
        "name": both(resident.person),
        "sex": resident.sex,
        "born_on": resident.born_on,
        "id_number": resident.masked_id_number,
        "education": resident.education,
        "degree": resident.degree,
        "school": resident.school,
        "major": resident.major,
        "graduated": resident.graduated,
        "licence_number": resident.masked_licence_number,
        "trainee_type": resident.trainee_type,
        "home_institution": resident.home_institution,
        "cohort": both(resident.cohort),
        "programme": both(resident.programme),
        "programme_code": resident.programme.code,
        "tutor": both(resident.tutor),
        "starts_on": resident.starts_on,
        "ends_on": resident.ends_on,
        "finished_on": resident.finished_on,
        "withdrawn_on": resident.withdrawn_on,
        "certificate_number": resident.certificate_number,
    }


def programme(resident: Resident, standards: dict[int, dict]) -> list[Facts]:
    """Months asked, credited and placed in each standard department."""
    credited: dict[int | None, Decimal] = defaultdict(Decimal)
    for standard_id, months in db.session.execute(
        select(Credit.standard_department_id, func.sum(Credit.months))
        .where(Credit.resident_id == resident.id)
        .group_by(Credit.standard_department_id)
    ):
        credited[standard_id] += months
    placed: dict[int, Decimal] = defaultdict(Decimal)
    for stay in stays_of([resident.id]).get(resident.id, []):
        placed[stay.standard] += length(stay.starts_on, stay.ends_on)
    asked = db.session.execute(
        select(
            Requirement.standard_department_id,
            Requirement.months,
            Requirement.elective_group_id,
            Requirement.at_primary_site,
        )
        .where(Requirement.programme_id == resident.programme_id)
        .order_by(Requirement.position, Requirement.id)
    )
    return [
        {
            "standard": standards[standard_id],
            "months": months,
            "credited": credited[standard_id],
            "placed": placed[standard_id],
            "elective": group_id is not None,
            "primary": at_primary_site,
        }
        for standard_id, months, group_id, at_primary_site in asked
    ]


def credits(resident: Resident) -> list[Facts]:
    """Earlier training that was approved."""
    rows = db.session.scalars(
        select(CreditClaim)
        .where(CreditClaim.resident_id == resident.id, CreditClaim.approved.is_(True))
        .options(joinedload(CreditClaim.standard_department), joinedload(CreditClaim.decided_by))
        .order_by(CreditClaim.starts_on, CreditClaim.id)
    )
    return [
        {
            "standard": both(one.standard_department),
            "months": one.months,
            "place": one.place,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "approved_by": both(one.decided_by),
            "approved_at": one.decided_at,
        }
        for one in rows
    ]


def lacks(resident: Resident, *, today: date) -> list[Facts]:
    """What is missing for graduation, of somebody in training."""
    return lacks_as_data(resident, today) if resident.is_in_training else []


def courses(resident: Resident) -> list[Facts]:
    """Changes of course that were decided, with those taken back."""
    rows = db.session.scalars(
        select(Course)
        .where(
            Course.resident_id == resident.id,
            Course.decided_at.is_not(None),
            Course.undoes_id.is_(None),
        )
        .options(
            joinedload(Course.reason),
            joinedload(Course.manner),
            joinedload(Course.decided_by),
            joinedload(Course.undone_by),
        )
        .order_by(Course.starts_on, Course.id)
    )
    return [
        {
            "kind": one.kind,
            "shown_on": one.shown_on,
            "ends_on": one.ends_on,
            "reason": both(one.reason),
            "manner": both(one.manner),
            "place": one.place,
            "certificate_number": one.certificate_number,
            "decided_by": both(one.decided_by),
            "decided_at": one.decided_at,
            "taken_back_at": one.undone_by.decided_at if one.undone_by else None,
        }
        for one in rows
    ]
