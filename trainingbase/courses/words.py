"""Kinds, states and effects of changes of course in the viewer's language."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase import i18n
from trainingbase.courses.rules.states import Impossible

STATES = {
    "open": _l("To be confirmed"),
    "done": _l("Done"),
    "undone": _l("Taken back"),
    "counter": _l("Counter-entry"),
    "dropped": _l("Dropped"),
}
STATE_KINDS = {
    "open": "waiting", "done": "good", "undone": "neutral", "counter": "info", "dropped": "neutral",
}  # fmt: skip
STANDINGS = {
    "training": ("info", _l("In training")),
    "suspended": ("warning", _l("Suspended")),
    "finished": ("good", _l("Finished")),
    "withdrawn": ("neutral", _l("Withdrawn")),
    "transferred": ("neutral", _l("Transferred")),
}
"""How a resident stands, and how that looks."""
LISTS = {
    "manner": _l("Kinds of withdrawal"),
    "withdrawal": _l("Reasons to withdraw"),
    "transfer": _l("Reasons to transfer"),
    "extension": _l("Reasons to extend"),
    "suspension": _l("Reasons to suspend"),
}
LACKS = {
    "months": _l("Months"),
    "not_left": _l("Department not left"),
    "exit_failed": _l("Exit assessment not passed"),
    "leave": _l("Too much leave"),
    "annual": _l("Annual tests"),
    "theory": _l("Graduation theory"),
    "skills": _l("Graduation skills"),
    "licence": _l("Physician's licence"),
    "activities": _l("Teaching activities"),
    "log": _l("Log of work"),
    "not_training": _l("Not in training"),
}
FIELDS = {
    "ends_on": _l("Last day of training"),
    "withdrawn_on": _l("No longer in training from"),
    "finished_on": _l("Finished on"),
    "cohort": _l("Cohort"),
    "programme": _l("Programme"),
    "certificate_number": _l("Certificate number"),
}
RULES = {"stipend": _l("Stipend"), "allowance": _l("Allowance")}


def impossible(refused: Impossible) -> str:
    day = i18n.day(refused.day)
    return {
        "state": _("This is not possible as the resident stands now."),
        "before_enrolment": _("Training began on %(day)s only.", day=day),
        "after_enrolment": _("Training ends on %(day)s.", day=i18n.last_day(refused.day)),
        "before_another": _("There is a later change already, of %(day)s.", day=day),
        "ends_first": _("The last day lies before the first."),
        "not_longer": _("The new last day must lie after %(day)s.", day=i18n.last_day(refused.day)),
        "has_number": _("There is a certificate number already."),
        "lacks": _("Something is missing for graduation: say why they graduate all the same."),
    }[refused.because]


def lack_in_words(lack: dict) -> str:
    """One missing thing, from `queries.graduating.lack_as_data`; graduations of before that the
    leaving was asked for have kept `exit_missing`."""
    said = {
        "what": " / ".join(_name(one) for one in lack["names"]),
        "wanted": i18n.number(Decimal(lack["wanted"])),
        "found": i18n.number(Decimal(lack["found"])),
    }
    return {
        "months": lambda: _("%(what)s: %(found)s of %(wanted)s months", **said),
        "not_left": lambda: _("%(what)s: not left yet, by review and signatures", **said),
        "exit_missing": lambda: _("%(what)s: exit assessment missing", **said),
        "exit_failed": lambda: _("%(what)s: exit assessment not passed", **said),
        "leave": lambda: _("%(found)s days of leave, %(wanted)s at most", **said),
        "annual": lambda: _("Annual tests sat: %(found)s of %(wanted)s", **said),
        "theory": lambda: _("Graduation examination: theory not passed"),
        "skills": lambda: _("Graduation examination: skills not passed"),
        "licence": lambda: _("No physician's licence"),
        "activities": lambda: _("Teaching activities attended: %(found)s of %(wanted)s", **said),
        "log": lambda: _("Log of work: %(found)s%% done of %(wanted)s%%", **said),
        "not_training": lambda: _("Not in training, or suspended"),
    }[lack["kind"]]()


def left_in_words(code: str) -> str:
    """What a counter-entry cannot put back."""
    return {
        "record": _("The record was changed again since: look at it, and correct it by hand."),
        "credits": _("Months were credited since: the credits are left as they are now."),
        "plan": _("The plan has moved on: the placements are not put back. Plan them anew."),
        "requests": _("Some requests for an assessment have expired: ask again."),
        "pay": _("Amounts of approved months are not changed: look at the runs named above."),
    }[code]


def _name(pair: list) -> str:
    return pair[1] if i18n.language() == "en" and pair[1] else pair[0]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def shown(effect: dict) -> dict[str, Any]:
    """An effect for the page: days as dates, amounts as decimals, names in one language."""
    return {
        "fields": [_field(name, *pair) for name, pair in effect.get("fields", {}).items()],
        "plan": effect.get("plan"),
        "placements": [
            {
                "name": _name(one["department"]),
                "starts_on": _day(one["starts_on"]),
                "ends_on": _day(one["ends_on"]),
                "now_ends_on": _day(one["now_ends_on"]),
                "supervisor": one["supervisor"],
            }
            for one in effect.get("placements", ())
        ],
        "supervisors": effect.get("supervisors", ()),
        "requests": [
            {**one, "form": _name(one["form"]), "due_on": _day(one["due_on"])}
            for one in effect.get("requests", ())
        ],
        "credits": [{**one, "name": _name(one["name"])} for one in effect.get("credits", ())],
        "missing": [
            {"name": " / ".join(_name(name) for name in one["names"]), "months": one["months"]}
            for one in effect.get("missing", ())
        ],
        "lacks": [lack_in_words(one) for one in effect.get("lacks", ())],
        "corrections": [_correction(one) for one in effect.get("corrections", ())],
        "unpaid": _months(effect.get("unpaid")),
        "paid_longer": _months(effect.get("paid_longer")),
        "obligations": [_obligation(one) for one in effect.get("obligations", ())],
        "account": effect.get("account"),
        "left": [left_in_words(code) for code in effect.get("left", ())],
    }


def _field(name: str, before: str | None, after: str | None) -> tuple[str, str, str]:
    def said(value: str | None) -> str:
        if value is None:
            return "—"
        if name == "ends_on":
            return i18n.last_day(_day(value))
        return i18n.day(_day(value)) if name.endswith("_on") else value

    return str(FIELDS[name]), said(before), said(after)


def _correction(one: dict) -> dict:
    paid, due = Decimal(one["paid"]), Decimal(one["due"])
    return {
        "run": one["run"],
        "month": _day(one["month"]),
        "rule": RULES[one["rule"]],
        "approved": one["approved"],
        "paid": paid,
        "due": due,
        "difference": due - paid,
    }


def _months(three: list | None) -> dict | None:
    if three is None:
        return None
    return {"from_on": _day(three[0]), "until_on": _day(three[1]), "months": Decimal(three[2])}


def _obligation(one: dict) -> str:
    if one["code"] == "rural-counts":
        return _("Rural order-oriented: this training counts inside the years of service owed.")
    if one["code"] == "rural-breach":
        return _("Rural order-oriented: not finishing the training is a breach of the agreement.")
    return _name([one["text"], one.get("text_en")])
