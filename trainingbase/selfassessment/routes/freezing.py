"""Snapshots: what the self-assessment said on a day."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.i18n import language
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.selfassessment import actions, paperwork, queries, tables
from trainingbase.selfassessment.forms import FreezeForm
from trainingbase.selfassessment.routes.blueprint import (
    READERS,
    selfassessment,
    year_asked,
)
from trainingbase.selfassessment.routes.reading import stands
from trainingbase.signatures.rules import digest


@selfassessment.get("/snapshots")
@allow(*READERS)
def snapshots():
    return render_template(
        "selfassessment/snapshots.html",
        form=FreezeForm(),
        year=year_asked(),
        page=page_of(queries.snapshots()),
    )


@selfassessment.post("/snapshots")
@allow(Role.OFFICE)
def freeze():
    form = FreezeForm()
    form.validate()
    one = stands()
    made = actions.freeze(
        one.edition,
        one.year,
        paperwork.frozen(_tables),
        total=one.sum.total,
        verdict=one.verdict.name if one.verdict else one.edition.failed_name or "",
        by=viewer(),
        at=clock.now(),
        request_key=form.form_key.data,
    )
    flash(_("Frozen: it stays as it is."), "success")
    return redirect(url_for("selfassessment.snapshot", snapshot_id=made.id))


def _tables():
    """Asked anew in each language: findings are said as they are found."""
    one = stands()
    evidence = queries.evidence_list(one.edition, one.year)
    return [
        tables.of_sum(one),
        tables.of_conditions(one.conditions),
        tables.of_items(one.items),
        tables.of_evidence(evidence),
    ]


@selfassessment.get("/snapshots/<int:snapshot_id>")
@allow(*READERS)
def snapshot(snapshot_id: int):
    one = queries.snapshot_by_id(snapshot_id)
    return render_template(
        "selfassessment/snapshot.html",
        one=one,
        tables=one.content[language()],
        holds=digest(one.content) == one.digest,
    )
