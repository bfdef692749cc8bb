"""The blueprint, and what several pages share."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import viewer
from trainingbase.careers import tables, words
from trainingbase.careers.queries import bonds, employment, promotion
from trainingbase.roles import Role

careers = Blueprint("careers", __name__, url_prefix="/careers")

READERS = (Role.OFFICE, Role.AUDITOR)
OWN = (Role.RESIDENT, Role.OFFICE, Role.AUDITOR)
CONCERNED = (*OWN, Role.LEADER)


@careers.before_request
def nobody_decides_on_their_own():
    """Graduates may come to work in the office: what they owe is for others to say."""
    number = (request.view_args or {}).get("obligation_id")
    if request.method != "POST" or number is None or not bonds.is_own(viewer(), number):
        return None
    flash(_("This obligation is your own: somebody else of the office does that."), "error")
    return redirect(url_for("careers.obligation", obligation_id=number))


@careers.context_processor
def words_of_the_pages() -> dict:
    return {"words": words, "place_of": tables.place_of, "cohort_of": tables.cohort_of,
            "state_of": tables.state_of}  # fmt: skip


@careers.app_context_processor
def for_the_record() -> dict:
    """What a resident's own page shows of this part."""

    def career_of(resident) -> dict:
        return {
            "cases": bonds.cases_of(resident.id, today=clock.today()),
            "employments": employment.standing_of(resident.id),
            "awards": promotion.awards_of(resident.person_id),
            "words": words,
        }

    return {"career_of": career_of, "awards_of": promotion.awards_of,
            "award_levels": words.AWARD_LEVELS}  # fmt: skip
