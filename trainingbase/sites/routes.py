"""The pages about institutions and their departments."""

from flask import Blueprint, render_template

from trainingbase.access import allow
from trainingbase.roles import Role
from trainingbase.sites import queries
from trainingbase.words import LEVELS

sites = Blueprint("sites", __name__, url_prefix="/sites")

READERS = (Role.OFFICE, Role.AUDITOR, Role.LEADER, Role.SITE_COORDINATOR, Role.SECRETARY)


@sites.get("/")
@allow(*READERS)
def institutions():
    return render_template(
        "sites/institutions.html", institutions=queries.institutions(), levels=LEVELS
    )


@sites.get("/<int:institution_id>")
@allow(*READERS)
def institution(institution_id: int):
    return render_template(
        "sites/institution.html",
        institution=queries.institution_by_id(institution_id),
        levels=LEVELS,
    )
