"""The form in which wishes are given, by residents or for them."""

from trainingbase import clock
from trainingbase.access import viewer
from trainingbase.enrolment.models import Resident
from trainingbase.months import months_from
from trainingbase.wishes import actions, queries
from trainingbase.wishes.forms import WishForm, wish_form
from trainingbase.wishes.models import Round


def form_of(asked: Round, resident: Resident, kept) -> WishForm:
    mine = queries.standards_left(resident)
    return wish_form(
        asked,
        kept,
        [one for one in asked.standards if one.id in mine],
        months_from(asked.starts_on, asked.ends_on),
    )


def kept_meanwhile(asked: Round, resident: Resident, form: WishForm):
    """What somebody kept since the page was opened; the form goes on from it, as it was typed."""
    kept = queries.list_of(asked, resident)
    form.version.raw_data, form.version.data = None, kept.version if kept else None
    return kept


def keep(asked: Round, resident: Resident, form: WishForm) -> None:
    """Raises `RoundClosed`, `NotAsked`, `Stale`."""
    actions.keep_wishes(
        asked,
        resident,
        form.given(),
        version=form.version.data,
        by=viewer(),
        at=clock.now(),
    )
