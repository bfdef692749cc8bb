"""What the ratings of a whole cohort say about one resident's: how far a mean can be trusted, and
the same mean freed of who judged.

That takes a second for a hundred residents and thousands of forms, so the worker keeps it.  What
was kept is used only while everything it was reckoned from is as it was; otherwise it is reckoned
here and now.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select

from trainingbase.assessments.models import Submission
from trainingbase.assessments.queries.figures import Judgement
from trainingbase.assessments.trusting import freed, measured, rounded
from trainingbase.db import columns
from trainingbase.enrolment.models import Resident
from trainingbase.judging.models import KeptComparison
from trainingbase.judging.queries.evidence import Line, ratings_of
from trainingbase.signatures.rules import plain

METHOD = 1
"""To be raised when the arithmetic changes, so that nothing kept before is used."""

Facts = dict[str, Any]


class Compared(NamedTuple):
    """Plain values.  `freed`: by resident, those who can be told apart from who judged them."""

    trust: Facts
    freed: Mapping[int, Facts]


NOTHING = Compared({"reason": "no_scores"}, {})


def compared(
    cohort_ids: Sequence[int], limits: Mapping[str, Decimal], today: date
) -> dict[int, dict[tuple, Compared]]:
    """By cohort, then by `Line.key`."""
    states = states_of(cohort_ids, limits, today)
    found: dict[int, list[Facts]] = {one: [] for one in cohort_ids}
    kept = columns(
        select(KeptComparison.cohort_id, KeptComparison.state, KeptComparison.lines).where(
            KeptComparison.cohort_id.in_(cohort_ids)
        )
    )
    fresh = {cohort: lines for cohort, state, lines in kept if state == states.get(cohort)}
    stale = [one for one in states if one not in fresh]
    if stale:
        fresh |= reckoned(stale, limits, today)
    return {cohort: _read(lines) for cohort, lines in (found | fresh).items()}


def states_of(
    cohort_ids: Sequence[int], limits: Mapping[str, Decimal], today: date
) -> dict[int, str]:
    """By cohort that has forms: of everything a comparison reads.  Forms are never changed, but
    people are merged, residents change their cohort, and limits are the base's own."""
    asked = f"{METHOD}/{limits['trust_residents']}/{limits['trust_target']}"
    rows = columns(
        select(
            Resident.cohort_id,
            func.count(),
            func.max(Submission.id),
            func.sum(Submission.resident_id),
            func.sum(Submission.assessor_id),
        )
        .select_from(Submission)
        .join(Submission.resident)
        .where(Resident.cohort_id.in_(cohort_ids), Submission.observed_on <= today)
        .group_by(Resident.cohort_id)
    )
    return {cohort: "/".join([asked, *(str(int(one)) for one in said)]) for cohort, *said in rows}


def reckoned(
    cohort_ids: Sequence[int], limits: Mapping[str, Decimal], today: date
) -> dict[int, list[Facts]]:
    """By cohort, as they are kept."""
    lines = ratings_of(Resident.cohort_id.in_(cohort_ids), today)
    return {
        cohort: [_reckon(line, limits) for line in lines.get(cohort, {}).values()]
        for cohort in cohort_ids
    }


def _reckon(line: Line, limits: Mapping[str, Decimal]) -> Facts:
    judgements = [Judgement(row.resident_id, row.assessor_id, row.mean) for row in line.rows]
    fewest = int(limits["trust_residents"])
    trust = measured(judgements, fewest_residents=fewest, target=float(limits["trust_target"]))
    means = freed(judgements, fewest_residents=fewest).means
    return plain(
        {
            "key": line.key,
            "trust": trust,
            "freed": {
                str(resident_id): {
                    "adjusted": rounded(one.adjusted),
                    "error": rounded(one.standard_error),
                    "shrinkage": rounded(one.shrinkage),
                }
                for resident_id, one in means.items()
            },
        }
    )


def _read(lines: list[Facts]) -> dict[tuple, Compared]:
    return {
        tuple(one["key"]): Compared(
            one["trust"], {int(key): facts for key, facts in one["freed"].items()}
        )
        for one in lines
    }
