"""The results of an OSCE, by the one rule, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainingbase.exams.models import Osce, OsceCandidate, OsceMark
from trainingbase.exams.queries import corrections, marks, osce
from trainingbase.exams.rules.results import Marked, Result, Rule, result_of


@dataclass(frozen=True)
class Scored:
    candidate: OsceCandidate
    result: Result


def rules_of(session: Osce) -> list[Rule]:
    """Of the stations that count."""
    cuts = {one.station_id: one.value for one in osce.cuts_of(session)}
    return [
        Rule(one.id, one.weight, cuts.get(one.id), one.must_pass)
        for one in session.stations
        if one.dropped_because is None
    ]


def as_marked(one: OsceMark) -> Marked:
    """What counts of a mark: its last amendment, if there is one."""
    if one.amendments:
        last = one.amendments[-1]
        return Marked(last.score, last.rating, one.vetoed)
    return Marked(one.score, one.rating, one.vetoed)


def results(session: Osce) -> list[Scored]:
    """Everybody's, by their number."""
    given: dict[int, dict[int, list[Marked]]] = {}
    for one in marks.marks_of(session):
        at = given.setdefault(one.slot.candidate_id, {})
        at.setdefault(one.slot.station_id, []).append(as_marked(one))
    candidates = osce.candidates_of(session)
    made = corrections.of_osce([one.id for one in candidates])
    rules = rules_of(session)
    return [
        Scored(one, _result(session, rules, given.get(one.id, {}), one, made.get(one.id, ())))
        for one in candidates
    ]


def _result(
    session: Osce,
    rules: Sequence[Rule],
    given: Mapping[int, Sequence[Marked]],
    candidate: OsceCandidate,
    made: Sequence,
) -> Result:
    return result_of(
        rules,
        given,
        least_stations=session.least_stations,
        corrected=corrections.scores_of(made),
        is_absent=candidate.absent_because is not None,
    )


def result_of_one(candidate: OsceCandidate) -> Result:
    session = osce.session_by_id(candidate.session_id)
    given: dict[int, list[Marked]] = {}
    for one in marks.marks_at(candidate):
        if one.slot.voided_at is None:
            given.setdefault(one.slot.station_id, []).append(as_marked(one))
    made = corrections.of_osce([candidate.id]).get(candidate.id, ())
    return _result(session, rules_of(session), given, candidate, made)


def comments_for(candidate: OsceCandidate) -> dict[int, list[str]]:
    """What examiners wrote for the candidate, by station, without their names."""
    found: dict[int, list[str]] = {}
    for one in marks.marks_at(candidate):
        if one.slot.voided_at is None and one.comment:
            found.setdefault(one.slot.station_id, []).append(one.comment)
    return found
