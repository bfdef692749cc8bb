"""The state of the base in one screen, and on paper."""

from flask import current_app, render_template, request

from trainingbase import clock
from trainingbase.access import allow
from trainingbase.downloads import as_file
from trainingbase.quality import state as states
from trainingbase.quality.paperwork import document
from trainingbase.quality.routes.blueprint import READERS, asked_for, kept, quality


@quality.get("/")
@allow(*READERS)
def figures():
    """With `part` the key figures alone."""
    form, asking = asked_for()
    if request.args.get("part"):
        return render_template(
            "quality/_tiles.html", findings=states.key_figures(asking), kept=kept()
        )
    return render_template(
        "quality/state.html",
        form=form,
        kept=kept(),
        state=states.state(asking),
        asking=asking,
        change=states.change_said,
        before=states.before_said,
        counts=asking.book.kept.values(),
    )


@quality.get("/state.pdf")
@allow(*READERS)
def state_pdf():
    from trainingbase.paper import pdf

    _form, asking = asked_for()
    base = current_app.config["BASE_NAME"]
    content = pdf(document(asking, states.state(asking), base=base, at=clock.now()))
    return as_file(content, "pdf", "state")
