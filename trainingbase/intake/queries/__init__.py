"""Questions about intakes and those who apply."""

from trainingbase.intake.queries.applicants import (
    all_of,
    applicant_by_id,
    applicant_by_key,
    applicant_by_number,
    applicants,
    arrival_of,
    arrivals_of,
    document_by_id,
    enrolled_as,
    ranked,
    reporting,
    same_in_intake,
)
from trainingbase.intake.queries.intakes import (
    Counts,
    counts,
    expected_intake,
    intake_by_id,
    intake_by_key,
    intake_of,
    intakes,
    taken,
)

__all__ = [
    "Counts",
    "all_of",
    "applicant_by_id",
    "applicant_by_key",
    "applicant_by_number",
    "applicants",
    "arrival_of",
    "arrivals_of",
    "counts",
    "document_by_id",
    "enrolled_as",
    "expected_intake",
    "intake_by_id",
    "intake_by_key",
    "intake_of",
    "intakes",
    "ranked",
    "reporting",
    "same_in_intake",
    "taken",
]
