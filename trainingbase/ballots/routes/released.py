"""What was released: a teacher's own, a department's, everything."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.ballots.forms import SubjectFilter
from trainingbase.ballots.queries import own, waiting
from trainingbase.ballots.queries import released as queries
from trainingbase.ballots.routes.blueprint import OVERSEERS, READERS, ballots
from trainingbase.ballots.rules.spread import components, standard_error, trust
from trainingbase.ballots.tables import figures_in_order, of_batches, of_subjects
from trainingbase.ballots.words import (
    KINDS,
    STATES_OF_SUBJECTS,
    item_name,
    option_names,
    subject_name,
)
from trainingbase.downloads import download
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role


def _kinds() -> tuple[str, ...]:
    if viewer().holds(*OVERSEERS):
        return tuple(KINDS)
    places = ("department", "activity")
    teacher = ("teacher",) if viewer().holds(Role.FACULTY) else ()
    return teacher + (places if viewer().holds(Role.SECRETARY, Role.SITE_COORDINATOR) else ())


def _filtered(form: SubjectFilter):
    known = {name: form[name].data or "" for name in ("search", "kind", "state")}
    return queries.subjects(viewer(), **known, sort=request.args.get("sort", ""))


@ballots.get("/released")
@allow(*READERS)
def released():
    form = SubjectFilter()
    form.only(_kinds())
    return render_template(
        "ballots/released.html",
        form=form,
        page=page_of_columns(_filtered(form)),
        limits=waiting.limits(),
        kinds=KINDS,
        states=STATES_OF_SUBJECTS,
        subject_name=subject_name,
        standard_error=standard_error,
    )


@ballots.get("/released/export/<string:kind>")
@allow(*READERS)
def released_file(kind: str):
    rows = queries.rows_of(_filtered(SubjectFilter()))
    return download(of_subjects(rows), kind, "released-opinions")


@ballots.get("/released/<int:subject_id>")
@allow(*READERS)
def subject(subject_id: int):
    one = queries.subject_for(viewer(), subject_id)
    batches = queries.batches_of(one)
    found = None
    if batches and batches[0].overall_mean is not None:
        spread = components(queries.spreads(one.kind, batches[0].instrument_id))
        found = trust(spread, batches[0].overall_answered) if spread else None
    standings = waiting.standings([one.id])
    return render_template(
        "ballots/subject.html",
        subject=one,
        name=_name(one.id),
        kind=KINDS[one.kind],
        batches=batches,
        trust=found,
        could=max((each.could for each in standings.values()), default=0),
        limits=waiting.limits(),
        with_texts=queries.reads_texts(viewer(), one),
        figures_in_order=figures_in_order,
        standard_error=standard_error,
        item_name=item_name,
        option_names=option_names,
    )


def _name(subject_id: int) -> str:
    return subject_name(own.subject_names([subject_id])[subject_id])


@ballots.get("/released/<int:subject_id>/export/<string:kind>")
@allow(*READERS)
def subject_file(subject_id: int, kind: str):
    one = queries.subject_for(viewer(), subject_id)
    tables = of_batches(
        queries.batches_of(one),
        name=_("Released opinions"),
        with_texts=queries.reads_texts(viewer(), one),
    )
    return download(tables, kind, f"opinions-{one.id}")
