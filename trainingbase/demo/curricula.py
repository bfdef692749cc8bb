"""The county's programmes as its office keeps them: a framework mapped, assessments planned, both
in force, and the next version of the general-practice programme made for the coming intake."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from trainingbase.people.models import Person
from trainingbase.programmes import actions, queries
from trainingbase.programmes.frameworks import seeded
from trainingbase.programmes.models import PlannedAssessment, Programme

CORE = "CCTH/core/2022"
PLANNED = (
    ("exit_assessment", "leaving", 1),
    ("mini_cex", "placement", 1),
    ("dops", "yearly", 4),
    ("nurse_on_resident", "leaving", 3),
    ("patient_on_resident", "placement", 3),
    ("peer_on_resident", "placement", 2),
)
SERVED_BY_ALL = ("PC", "KS")
SERVED_BY = {
    "全科医学科": ("PROF", "KS", "PC", "COMM", "LEARN"),
    "基层实践": ("PROF", "PC", "COMM", "TEACH", "LEARN"),
    "急诊医学科": ("KS", "PC", "COMM"),
    "精神科": ("PC", "COMM"),
    "mini_cex": ("PROF", "PC", "COMM"),
    "dops": ("KS", "PC"),
    "exit_assessment": ("PROF", "KS", "PC", "LEARN"),
    "nurse_on_resident": ("PROF", "COMM"),
    "patient_on_resident": ("PROF", "COMM"),
    "peer_on_resident": ("PROF", "COMM", "LEARN"),
}
NEXT_YEAR = 2027
LONGER = {"全科医学科": Decimal(3), "呼吸与危重症医学科": Decimal(1)}
"""What the next version asks for instead: one month more and one less."""


def begin(*, office: Person, at: datetime, say: Callable[[str], None]) -> None:
    """Once the programmes are brought in, and before anybody trains by them."""
    actions.load_frameworks(seeded(), by=office, at=at)
    for programme in queries.programmes():
        _plan(programme, office, at)
        _map(programme, office, at)
        actions.put_in_force(programme, None, version=programme.version, by=office, at=at)
    say("  Programmes in force, with competencies and assessments")


def _plan(programme: Programme, office: Person, at: datetime) -> None:
    for instrument, timing, times in PLANNED:
        row = PlannedAssessment(instrument=instrument, timing=timing, times=times)
        actions.add(programme, row, version=programme.version, by=office, at=at)


def _map(programme: Programme, office: Person, at: datetime) -> None:
    core = queries.framework_by_code(CORE)
    if core is None:
        return
    by_code = {one.code: one for one in queries.competencies_of([core.id])}
    wanted = {}
    for requirement in queries.programme_by_id(programme.id).requirements:
        standard = requirement.standard_department
        wanted[standard] = [by_code[c] for c in SERVED_BY.get(standard.name, SERVED_BY_ALL)]
    for code, _timing, _times in PLANNED:
        wanted[code] = [by_code[c] for c in SERVED_BY[code]]
    actions.take_in_links(programme, wanted, version=programme.version, by=office, at=at)


def make_next(*, office: Person, at: datetime, say: Callable[[str], None]) -> None:
    """The next version: other months, a higher minimum, in force for the coming intake."""
    source = queries.programme_by_code("GP33")
    if source is None:
        return
    made = queries.programme_by_id(actions.make_version(source, by=office, at=at).id)
    for row in list(made.requirements):
        months = LONGER.get(row.standard_department.name)
        if months is not None:
            answers = {"months": months, "shortest_stretch": min(months, row.shortest_stretch)}
            actions.alter(made, row, answers, version=made.version, by=office, at=at)
    for minimum in list(made.minimums):
        if minimum.item == "高血压":
            more = {"count": minimum.count + 5}
            actions.alter(made, minimum, more, version=made.version, by=office, at=at)
    actions.put_in_force(made, NEXT_YEAR, version=made.version, by=office, at=at)
    say(f"  {made.code} is in force for those who begin in {NEXT_YEAR}")
