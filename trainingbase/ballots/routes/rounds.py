"""The rounds: when they are open, how many take part, which form is missing."""

from flask import render_template

from trainingbase.access import allow
from trainingbase.ballots.queries import released as queries
from trainingbase.ballots.queries import waiting
from trainingbase.ballots.queries.forms import forms
from trainingbase.ballots.routes.blueprint import OVERSEERS, ballots
from trainingbase.ballots.tables import of_rounds
from trainingbase.ballots.words import KINDS
from trainingbase.downloads import download
from trainingbase.paging import page_of_columns


@ballots.get("/rounds")
@allow(*OVERSEERS)
def rounds():
    page = page_of_columns(queries.rounds())
    return render_template(
        "ballots/rounds.html",
        page=page,
        rows=queries.round_rows(page.items),
        forms=forms(),
        kinds=KINDS,
        limits=waiting.limits(),
        batches=queries.batches_released(),
    )


@ballots.get("/rounds/export/<string:kind>")
@allow(*OVERSEERS)
def rounds_file(kind: str):
    rows = queries.round_rows(queries.rows_of(queries.rounds()))
    return download(of_rounds(rows), kind, "rounds-of-opinions")
