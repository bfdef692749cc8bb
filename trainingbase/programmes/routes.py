"""The pages about the curriculum."""

from flask import Blueprint, render_template

from trainingbase.access import signed_in
from trainingbase.programmes import queries
from trainingbase.programmes.words import CATEGORIES, rule_in_words

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")


@programmes.get("/", endpoint="programmes")
@signed_in
def all_programmes():
    return render_template("programmes/programmes.html", programmes=queries.programmes())


@programmes.get("/<int:programme_id>")
@signed_in
def programme(programme_id: int):
    found = queries.programme_by_id(programme_id)
    return render_template(
        "programmes/programme.html",
        programme=found,
        minimums=queries.minimums(found),
        categories=CATEGORIES,
        rule_in_words=rule_in_words,
    )
