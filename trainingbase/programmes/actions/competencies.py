"""Frameworks loaded, chosen, and tied to what a version asks for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.programmes import queries
from trainingbase.programmes.actions.editing import opened
from trainingbase.programmes.frameworks import Entry
from trainingbase.programmes.models import (
    Competency,
    CompetencyLink,
    Framework,
    Programme,
    StandardDepartment,
)


def add_competencies(entries: Iterable[Entry], *, at: datetime) -> tuple[int, int]:
    """What is new of them, and what has changed, by framework code and own code: (frameworks,
    entries).  The caller commits."""
    made = touched = 0
    known = {one.code: one for one in queries.frameworks()}
    there = queries.competency_by_key()
    positions: dict[str, int] = {}
    for one in entries:
        framework = known.get(one.framework_code)
        if framework is None:
            framework = Framework(
                code=one.framework_code,
                authority=one.authority,
                name=one.framework,
                name_en=one.framework_en,
                edition=one.version,
                kind=one.kind,
                whole=one.whole,
                loaded_at=at,
            )
            db.session.add(framework)
            known[framework.code] = framework
            made += 1
        position = positions.setdefault(framework.code, 0)
        positions[framework.code] += 1
        key = (framework.code, one.code)
        parent = there.get((framework.code, one.parent)) if one.parent else None
        if key not in there:
            there[key] = Competency(framework=framework, code=one.code, position=position, name="")
            db.session.add(there[key])
        values = {
            "name": one.title,
            "name_en": one.title_en,
            "level": one.level,
            "source": one.source,
            "verification": one.verification,
            "position": position,
            "parent_id": parent.id if parent else None,
        }
        competency = there[key]
        if any(getattr(competency, name) != value for name, value in values.items()):
            touched += 1
            for name, value in values.items():
                setattr(competency, name, value)
        db.session.flush()
    return made, touched


def load_frameworks(
    entries: Iterable[Entry], *, by: Person | None, at: datetime
) -> tuple[int, int]:
    """Loaded twice it changes nothing."""
    found = add_competencies(entries, at=at)
    if any(found):
        record("load-frameworks", "frameworks", by=by, at=at, frameworks=found[0], entries=found[1])
    db.session.commit()
    return found


def choose_frameworks(
    programme: Programme,
    chosen: Sequence[Framework],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Ties to competencies of others fall away.  Raises `Stale`, `InUse`."""
    opened(programme, version)
    before = list(programme.frameworks)
    if {one.id for one in before} != {one.id for one in chosen}:
        programme.frameworks = list(chosen)
        kept = {one.id for one in chosen}
        for link in queries.links_of(programme):
            if link.competency.framework_id not in kept:
                db.session.delete(link)
        note(programme, {"frameworks": (before, list(chosen))}, by=by, at=at)
        record("change-programme", programme, by=by, at=at, fields=["frameworks"])
    db.session.commit()


def serve(
    programme: Programme,
    subject: StandardDepartment | str,
    competencies: Sequence[Competency],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """A rotation, or an instrument by its code, serves exactly these.  Raises `Stale`, `InUse`."""
    opened(programme, version)
    _serve(programme, subject, competencies, by=by, at=at)
    db.session.commit()


def _serve(
    programme: Programme,
    subject: StandardDepartment | str,
    competencies: Sequence[Competency],
    *,
    by: Person,
    at: datetime,
) -> bool:
    is_code = isinstance(subject, str)
    has = {
        one.competency_id: one
        for one in queries.links_of(programme)
        if (one.instrument == subject if is_code else one.standard_department is subject)
    }
    wanted = {one.id: one for one in competencies}
    if set(has) == set(wanted):
        return False
    name = subject if isinstance(subject, str) else subject.name
    old = "、".join(sorted(one.competency.code for one in has.values()))
    new = "、".join(sorted(one.code for one in wanted.values()))
    for key in set(has) - set(wanted):
        db.session.delete(has[key])
    for key in sorted(set(wanted) - set(has)):
        db.session.add(
            CompetencyLink(
                programme_id=programme.id,
                competency_id=key,
                standard_department_id=None if isinstance(subject, str) else subject.id,
                instrument=subject if isinstance(subject, str) else None,
            )
        )
    note(programme, {"competency_links": (f"{name}: {old}", f"{name}: {new}")}, by=by, at=at)
    record("change-programme", programme, by=by, at=at, fields=["competency_links"])
    return True


def take_in_links(
    programme: Programme,
    wanted: dict[StandardDepartment | str, Sequence[Competency]],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> int:
    """The file is the whole mapping: what it does not name serves nothing.  How many rotations
    and instruments changed.  Raises `Stale`, `InUse`."""
    opened(programme, version)
    subjects = dict.fromkeys(
        one.standard_department or one.instrument or "" for one in queries.links_of(programme)
    )
    every = {**dict.fromkeys(subjects, ()), **wanted}
    changed = sum(
        _serve(programme, subject, list(those), by=by, at=at) for subject, those in every.items()
    )
    frameworks = {one.framework for those in wanted.values() for one in those}
    for framework in sorted(frameworks, key=lambda one: one.id):
        if framework not in programme.frameworks:
            programme.frameworks.append(framework)
    db.session.commit()
    return changed
