"""The page that finds."""

from flask import Blueprint, render_template, request

from trainingbase import clock
from trainingbase.access import signed_in, viewer
from trainingbase.search.forms import FindForm
from trainingbase.search.hits import found

search = Blueprint("search", __name__)


@search.get("/search")
@signed_in
def find():
    """The whole page, or with `part=1` only what was found."""
    form = FindForm()
    text = (form.q.data or "").strip() if form.validate() else ""
    page = "search/_found.html" if request.args.get("part") else "search/find.html"
    groups = found(viewer(), text, today=clock.today())
    return render_template(page, form=form, text=text, groups=groups)
