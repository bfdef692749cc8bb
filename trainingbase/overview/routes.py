"""The first page of each role."""

from flask import Blueprint, render_template

from trainingbase.access import signed_in

overview = Blueprint("overview", __name__)


@overview.get("/")
@signed_in
def day():
    return render_template("overview/day.html")
