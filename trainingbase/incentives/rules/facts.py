"""What happened in a month, and what a rate pays for: plain values."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Trainee:
    """`ends_on` is the first day on which they are no longer in training; in the spans of
    `resting` (ends exclusive) their training is suspended."""

    id: int
    person_id: int
    programme_code: str
    programme_name: str
    trainee_type: str | None
    starts_on: date | None
    ends_on: date | None
    tutor_id: int | None = None
    resting: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class Stay:
    """A placement that touches the month.  `supervisor_id` is a person."""

    id: int
    person_id: int
    level: str
    is_primary_care: bool
    starts_on: date
    ends_on: date
    supervisor_id: int | None
    department_id: int | None = None
    institution_id: int | None = None


@dataclass(frozen=True)
class Taught:
    """A teaching activity that counts; `beside` are who spoke with the first speaker."""

    id: int
    kind: str
    speaker_id: int | None
    department_id: int | None = None
    institution_id: int | None = None
    hours: Decimal = Decimal(0)
    score: Decimal = Decimal(0)
    attended: int = 0
    beside: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A form submitted in the month.  `hours` from being asked to submitting; None unasked.

    `fails_first` where this is the first verdict "failed" about its placement.
    """

    id: int
    form: str
    assessor_id: int
    person_id: int
    placement_id: int
    hours: Decimal | None
    fails_first: bool = False
    department_id: int | None = None
    institution_id: int | None = None
    comment_characters: int = 0


@dataclass(frozen=True)
class Asked:
    """A request, answered on `answered_on` or not yet; cancelled ones are left out once they
    were cancelled before they were late."""

    id: int
    assessor_id: int
    asked_on: date
    closed_on: date | None


@dataclass(frozen=True)
class Absence:
    """Recorded days of absence without leave."""

    id: int
    person_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Exam:
    """An annual test's result: `scores` by measure (theory, skills)."""

    id: int
    person_id: int
    scores: dict[str, Decimal]


@dataclass(frozen=True)
class Paper:
    """Scholarly work approved in the month; `leads` for its first or corresponding author."""

    id: int
    person_id: int
    level: str | None
    leads: bool
    points: Decimal = Decimal(0)
    kind: str = "paper"


@dataclass(frozen=True)
class Away:
    """Granted leave of any kind that touches the month, absence without leave among it."""

    id: int
    person_id: int
    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Posted:
    """Hours confirmed on a day at a primary-care site; months kept before sessions had their `id`
    here have none."""

    person_id: int
    institution_id: int
    kind: str
    day: date
    hours: Decimal
    id: int = 0


@dataclass(frozen=True)
class Duty:
    """A secretary of a department in the month."""

    id: int
    person_id: int
    department_id: int
    institution_id: int


@dataclass(frozen=True)
class Appraised:
    """A month's appraisal of a person, or of a department where `person_id` is None."""

    id: int
    person_id: int | None
    department_id: int
    institution_id: int
    quality: Decimal
    efficiency: Decimal
    reward: Decimal
    deduction: Decimal


@dataclass(frozen=True)
class Facts:
    """`exams` are given, with the province's `means` by measure, only for the month in which
    they are paid for.  `known_until` is the first day of which nothing is known yet;
    `activity_kinds` are those ever recorded."""

    month_on: date
    known_until: date
    trainees: tuple[Trainee, ...] = ()
    stays: tuple[Stay, ...] = ()
    taught: tuple[Taught, ...] = ()
    answers: tuple[Answer, ...] = ()
    papers: tuple[Paper, ...] = ()
    asked: tuple[Asked, ...] = ()
    absences: tuple[Absence, ...] = ()
    exams: tuple[Exam, ...] = ()
    means: dict[str, Decimal] = field(default_factory=dict)
    away: tuple[Away, ...] = ()
    posted: tuple[Posted, ...] = ()
    duties: tuple[Duty, ...] = ()
    appraised: tuple[Appraised, ...] = ()
    activity_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Price:
    """A rate in force: see `incentives.models.Rate`."""

    id: int
    kind: str
    item: str
    amount: Decimal
    programme_kind: str | None = None
    trainee_type: str | None = None
    training_year: int | None = None
    level: str | None = None
    condition: str | None = None
    cap: Decimal | None = None
    source_id: int | None = None
