"""What several pages show: lacks in words, and the rows behind them."""

from collections.abc import Iterable

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.courses.queries import graduating, training
from trainingbase.courses.queries.evidence import leaves_and_exams
from trainingbase.courses.words import lack_in_words
from trainingbase.rotations.queries.releasing import placements_by_id
from trainingbase.words import LEAVE_KINDS


def lacks_of(candidates: Iterable[graduating.Candidate]) -> dict[int, list[str]]:
    """What each lacks, in words."""
    known = training.standards()
    return {
        one.resident.id: [lack_in_words(graduating.lack_as_data(lack, known)) for lack in one.lacks]
        for one in candidates
    }


def lacks_with_rows(candidate: graduating.Candidate) -> list[tuple[str, list[str]]]:
    """Each missing thing in words, with the rows it was found in."""
    known = training.standards()
    rows = {row for lack in candidate.lacks for row in lack.rows}
    said = _said(rows)
    return [
        (
            lack_in_words(graduating.lack_as_data(lack, known)),
            [said[row] for row in lack.rows if row in said],
        )
        for lack in candidate.lacks
    ]


def _said(rows: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    by_table: dict[str, list[int]] = {}
    for table, key in sorted(rows):
        by_table.setdefault(table, []).append(key)
    found: dict[tuple[str, int], str] = {}
    for key, stay in placements_by_id(by_table.get("placements", [])).items():
        span = {"first": i18n.day(stay.starts_on), "last": i18n.last_day(stay.ends_on)}
        where = i18n.named(stay.department)
        found["placements", key] = _("%(where)s, %(first)s to %(last)s", where=where, **span)
    leaves, exams = leaves_and_exams(by_table.get("leaves", []), by_table.get("exam_results", []))
    for one in leaves:
        span = {"first": i18n.day(one.starts_on), "last": i18n.last_day(one.ends_on)}
        what = str(LEAVE_KINDS[one.kind])
        found["leaves", one.id] = _("%(what)s, %(first)s to %(last)s", what=what, **span)
    for result in exams:
        found["exam_results", result.id] = _exam(result)
    return found


def _exam(one) -> str:
    kinds = {
        "annual": _("Annual test"),
        "graduation": _("Graduation examination"),
        "licence": _("Licensing examination"),
    }
    said = {True: _("passed"), False: _("not passed"), None: _("no result")}
    result = said[one.passed] if one.attended else _("absent")
    parts = [f"{kinds[one.kind]} {one.year}", result]
    if one.kind == "graduation":
        parts.append(_("theory %(result)s", result=said[one.theory_passed]))
        parts.append(_("skills %(result)s", result=said[one.skills_passed]))
    return " · ".join(parts)
