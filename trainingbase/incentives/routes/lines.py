"""One line with the rows behind it, and one's own lines."""

from flask import render_template

from trainingbase import words
from trainingbase.access import allow, viewer
from trainingbase.incentives import words as said
from trainingbase.incentives.queries import lines
from trainingbase.incentives.routes.blueprint import PAYEES, READERS, incentives
from trainingbase.paging import page_of


@incentives.get("/lines/<int:line_id>")
@allow(*READERS, *PAYEES)
def line(line_id: int):
    this = lines.line_for(viewer(), line_id)
    return render_template(
        "incentives/line.html",
        line=this,
        evidence=lines.evidence_of(this.evidence),
        is_own=not viewer().holds(*READERS),
        said=said,
        words=words,
    )


@incentives.get("/mine")
@allow(*PAYEES)
def mine():
    return render_template(
        "incentives/mine.html",
        page=page_of(lines.own_lines(viewer())),
        sums=lines.own_sums(viewer()),
        said=said,
    )
