"""How a submission is shown to everybody who may read it."""

from flask import render_template

from trainingbase.access import viewer
from trainingbase.assessments.forms import AmendmentForm, bands_of, option_name
from trainingbase.assessments.models import Answer, Submission
from trainingbase.assessments.rules import failed, months_between
from trainingbase.assessments.words import why_failed
from trainingbase.i18n import number
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
    }


def in_words(answer: Answer) -> dict:
    """`text` as it is read, and for a rating `band`; both None where nothing was observed."""
    item, value = answer.item, answer.number
    if value is None:
        return {"text": answer.text, "band": None}
    if item.kind == "boolean":
        return {"text": None, "band": None, "yes": value == 1}
    names = {option[0]: option_name(option) for option in item.options or ()}
    text = names.get(int(value)) or number(value)
    band = next((name for low, high, name in bands_of(item) if low <= value <= high), None)
    return {"text": text, "band": band}


def _reasons(submission: Submission) -> list[str]:
    """Why the verdict is a failure."""
    if submission.passed is not False:
        return []
    answers = {answer.item.code: answer.number for answer in submission.answers}
    names = {answer.item.code: answer.item for answer in submission.answers}
    placement = submission.placement
    months = months_between(placement.starts_on, placement.ends_on)
    rules = submission.instrument.pass_rules
    broken = failed(rules, answers, total=submission.total, months=months)
    return [why_failed(rule, names) for rule in broken]
