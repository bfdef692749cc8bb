"""How a submission is shown to everybody who may read it."""

from decimal import Decimal

from flask import render_template
from flask_babel import gettext as _

from trainingbase.access import viewer
from trainingbase.assessments.forms import AmendmentForm, bands_of, option_name
from trainingbase.assessments.models import Answer, Submission
from trainingbase.assessments.queries import guests
from trainingbase.assessments.rules import months_between, result_of
from trainingbase.assessments.words import IDENTITIES, why_failed
from trainingbase.i18n import named, number
from trainingbase.roles import Role

READERS = (
    Role.FACULTY,
    Role.OFFICE,
    Role.SECRETARY,
    Role.SITE_COORDINATOR,
    Role.AUDITOR,
)


def page_of_submission(submission: Submission, form: AmendmentForm):
    return render_template(
        "assessments/submission.html",
        form=form if submission.assessor_id == viewer().id else None,
        **shown(submission),
    )


def shown(submission: Submission) -> dict:
    """What the pages of a submission need: its answers in the order of the form, in words."""
    answers = sorted(submission.answers, key=lambda answer: answer.item.position)
    return {
        "submission": submission,
        "answers": [(answer.item, in_words(answer)) for answer in answers],
        "reasons": _reasons(submission),
        "identity": _identity(submission),
    }


def _identity(submission: Submission) -> str | None:
    """Of a guest: how the link reached them."""
    if not submission.assessor.is_guest:
        return None
    link = guests.link_of_submission(submission.id)
    return str(IDENTITIES[link.identity]) if link is not None else None


def in_words(answer: Answer) -> dict:
    """`text` as it is read, and for a rating `band`; both None where nothing was observed."""
    item, value = answer.item, answer.number
    if value is None:
        return {"text": answer.text, "band": None}
    if item.kind == "boolean":
        return {"text": None, "band": None, "yes": value == 1}
    names = {Decimal(str(option[0])): option_name(option) for option in item.options or ()}
    text = names.get(value) or number(value)
    band = next((name for low, high, name in bands_of(item) if low <= value <= high), None)
    return {"text": text, "band": band}


def _reasons(submission: Submission) -> list[str]:
    """Why the verdict is a failure, and which veto items are marked."""
    form, placement = submission.instrument, submission.placement
    answers = {answer.item.code: answer.number for answer in submission.answers}
    items = sorted((answer.item for answer in submission.answers), key=lambda one: one.position)
    names = {item.code: item for item in items}
    result = result_of(
        items,
        answers,
        pass_rules=form.pass_rules,
        veto=form.veto,
        months=months_between(placement.starts_on, placement.ends_on),
    )
    marked = [_("Veto: %(item)s", item=named(names[code])) for code in result.vetoed]
    if submission.passed is not False:
        return marked
    return [*marked, *(why_failed(rule, names) for rule in result.broken)]
