"""Which part of the portal a number is about, and how low it may be, by its key."""

from decimal import Decimal

OTHER = "other"
PARTS: dict[str, tuple[str, ...]] = {
    "faculty": ("certificate_", "residents_per_", "supervisor_"),
    "rotations": ("whole_month_", "notice_", "swap", "beds_"),
    "network": ("agreement_", "finding_", "posting_", "short_course_", "community_"),
    "intake": ("intake_", "report_code_", "arrival_"),
    "leave": ("leave_",),
    "attendance": ("attendance_",),
    "training": ("activity_", "ratings_"),
    "logbook": ("log_", "completion_"),
    "assessments": (
        "request", "monthly_request_", "draft_", "comment_", "guest_", "confidential_", "item_",
        "bedside_", "trust_", "exit_asked_",
    ),
    "ballots": ("ballot_",),
    "exams": ("exam_", "graduation_", "extension_"),
    "leaving": ("leaving_", "exit_retakes"),
    "judging": ("judging_", "committee_"),
    "careers": ("retention_", "follow_up_"),
    "incentives": ("subsidy_", "teaching_appraisal_"),
    "mailing": ("mail_",),
    "targets": (),
    OTHER: (),
}  # fmt: skip
"""In the order of the page: how the keys of each part begin."""


def part_of(key: str) -> str:
    if key.endswith("_target"):
        return "targets"
    return next((part for part, begins in PARTS.items() if key.startswith(begins)), OTHER)


FLOORS = {"small_cell_people": Decimal(5)}
"""Below it, figures shown to those who see no names tell who is meant: with one or two in a group
the mean is a result, with three or four whoever knows the others can reckon the last one out."""


def at_least(key: str, number: Decimal) -> Decimal:
    floor = FLOORS.get(key)
    return number if floor is None else max(number, floor)
