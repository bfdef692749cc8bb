"""Fixed words of what comes after the training, in the viewer's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language, money, number
from trainingbase.mailing import words as mailing
from trainingbase.words import LEVELS, TRAINEE_TYPES
from trainingbase.words import RESEARCH_LEVELS as AWARD_LEVELS

EMPLOYMENT_STATES = {
    "waiting": _l("Waiting"),
    "approved": _l("Approved"),
    "refused": _l("Not approved"),
    "withdrawn": _l("Taken back"),
}
EMPLOYMENT_KINDS = {
    "waiting": "waiting",
    "approved": "good",
    "refused": "bad",
    "withdrawn": "neutral",
}
SOURCES = {
    "office": _l("entered by the office"),
    "graduate": _l("said by the graduate"),
    "link": _l("said by link"),
}
WHERE = {"network": _l("In the network"), "outside": _l("Outside the network")}
CASE_STATES = {
    "training": _l("Still in training"),
    "waiting": _l("To begin or go on in time"),
    "serving": _l("Serving"),
    "late": _l("Late"),
    "fulfilled": _l("Fulfilled"),
    "broken": _l("Broken: money is open"),
    "settled": _l("Broken and settled"),
    "ended": _l("Ended"),
    "no_rule": _l("No rule applies"),
}
CASE_KINDS = {
    "training": "info",
    "waiting": "waiting",
    "serving": "good",
    "late": "bad",
    "fulfilled": "good",
    "broken": "bad",
    "settled": "neutral",
    "ended": "neutral",
    "no_rule": "warning",
}
COUNTING = {
    "counts": _l("counts"),
    "training": _l("training, counts by the rule"),
    "training_not": _l("training, does not count"),
    "other_place": _l("not a place that counts"),
    "part_time": _l("part time does not count"),
    "before": _l("before service begins"),
    "later": _l("lies ahead"),
}
PART_TIME = {
    "share": _l("by its share"),
    "full": _l("like full time"),
    "none": _l("not at all"),
}
ITEM_KINDS = {"repayment": _l("Repayment"), "penalty": _l("Penalty")}
PER = {
    "whole": _l("yuan, once"),
    "training_month": _l("yuan for each month of training"),
    "training_year": _l("yuan for each year of training"),
    "owed_year": _l("yuan for each year owed"),
    "paid": _l("per cent of the stipend that was paid"),
    "percent": _l("per cent of the whole repayment"),
}
BREACHES = {
    "not_serving": _l("Did not take up the service"),
    "left_early": _l("Left the service early"),
    "training": _l("Did not finish the training"),
    "licence": _l("Did not pass the licensing examination in time"),
    "other": _l("Other"),
}
PEOPLE = {
    "faculty": _l("Faculty"),
    "residents": _l("Residents in training"),
    "graduates": _l("Former residents"),
}
OPERATORS = {">=": _l("at least"), "<=": _l("at most"), "=": _l("exactly")}
FIGURES = {
    "grassroots_months": _l("Months of service in primary care"),
    "posting_days": _l("Days as an expert at a primary site"),
    "teaching_hours": _l("Teaching hours held"),
    "supervised_months": _l("Months in which residents were supervised"),
    "rating": _l("Mean rating received (0 to 100)"),
    "forms_answered": _l("Assessments given"),
    "certificate_days": _l("Days the supervisor's certificate is still valid"),
    "research_points": _l("Points for research"),
    "research_works": _l("Approved scholarly works"),
    "log_percent": _l("Log done, per cent"),
    "hours_attended": _l("Hours of teaching activities attended"),
}
ANSWERS = {
    "still": _l("Still at the same place"),
    "moved": _l("Works elsewhere"),
    "none": _l("Not working at present"),
    "unreached": _l("Could not be reached"),
}
LINKS = {
    "none": _l("no link yet"),
    "open": _l("link open"),
    "expired": _l("link expired"),
    "revoked": _l("link revoked"),
    "answered": _l("answered"),
}
TASK_STATES = {
    "open": _l("Has not answered"),
    "to_ask": _l("To be asked"),
    "asked": _l("Asked, waiting"),
    "answered": _l("Has answered"),
}
MAIL_STATES, MAIL_STATE_KINDS = mailing.STATES, mailing.STATE_KINDS
MAILS = {
    "nowhere": _l("no mail address"),
    "somewhere": _l("mail address known"),
    "failed": _l("mail given up"),
}
PLACES = {
    "primary": _l("Primary care of the network"),
    "network": _l("Elsewhere in the network"),
    "outside": _l("Outside the network"),
    "unknown": _l("Not known"),
    "ahead": _l("Not yet so long ago"),
}
GROUPS = {
    "all": _l("All graduates"),
    "cohort": _l("Cohort"),
    "type": _l("Trainee type"),
    "county": _l("Home county (by the ID number)"),
}
STAYING = {"network": _l("Anywhere in the network"), "primary": _l("In its primary care")}
LISTS = {"left": _l("Reasons for leaving"), "county": _l("Counties")}
FIELDS = {
    "institution_id": _l("Institution of the network"),
    "employer": _l("Employer outside the network"),
    "post": _l("Post held"),
    "starts_on": _l("From"),
    "ends_on": _l("Until before"),
    "share": _l("Share of full time"),
    "left_why": _l("Why they left"),
    "former_why": _l("Why they left the place before"),
    "note": _l("Note"),
    "file": _l("Evidence"),
    "name": _l("Name"),
    "name_en": _l("Name in English"),
    "source": _l("Source"),
    "trainee_type": _l("Trainee type"),
    "levels": _l("Levels of institutions that count"),
    "institution_ids": _l("Single institutions that count"),
    "outside_counts": _l("Work outside the network counts"),
    "training_counts": _l("Training lies inside the term"),
    "part_time": _l("Part time counts"),
    "begin_days": _l("Days after training in which service begins"),
    "gap_days": _l("Days that service may rest"),
    "step": _l("Amounts are rounded to"),
    "items": _l("What a breach costs"),
    "people": _l("For whom"),
    "conditions": _l("Conditions"),
}


def line_in_words(line: dict, data: dict) -> str:
    """The arithmetic of one line of a breach, as it was kept."""
    from decimal import Decimal

    amount, quantity, gross = (Decimal(line[key]) for key in ("amount", "quantity", "gross"))
    facts = {
        "amount": money(amount),
        "rate": number(amount),
        "quantity": number(quantity),
        "of": money(quantity * 100),
        "months": number(Decimal(data["training_months"])),
        "gross": money(gross),
    }
    said = {
        "whole": _("%(amount)s yuan, once", **facts),
        "training_month": _("%(amount)s yuan × %(months)s months of training = %(gross)s", **facts),
        "training_year": _(
            "%(amount)s yuan × %(months)s months of training ÷ 12 = %(gross)s", **facts
        ),
        "owed_year": _("%(amount)s yuan × %(quantity)s years owed = %(gross)s", **facts),
        "paid": _("%(rate)s %% of %(of)s yuan of stipend paid = %(gross)s", **facts),
        "percent": _("%(rate)s %% of the whole repayment of %(of)s yuan = %(gross)s", **facts),
    }[line["per"]]
    if line["by_unserved"]:
        left = Decimal(data["owed_days"]) - Decimal(data["served_days"])
        said = _(
            "%(before)s; × %(left)s of %(owed)s days not served",
            before=said, left=number(left), owed=number(data["owed_days"]),
        )  # fmt: skip
    return _("%(before)s → %(result)s yuan", before=said, result=money(Decimal(line["result"])))


def line_name(line: dict) -> str:
    return (language() == "en" and line.get("name_en")) or line["name"]


def condition_in_words(asked) -> str:
    facts = {
        "figure": str(FIGURES[asked.figure]),
        "operator": str(OPERATORS[asked.operator]),
        "threshold": number(asked.threshold),
        "months": asked.window_months,
    }
    if asked.window_months:
        return _("%(figure)s: %(operator)s %(threshold)s in the last %(months)s months", **facts)
    return _("%(figure)s: %(operator)s %(threshold)s", **facts)


def missing_in_words(met) -> str:
    if met.is_met:
        return _("met")
    if met.found.value is None:
        return _("not known")
    if met.asked.operator == ">=":
        return _("%(number)s more needed", number=number(met.missing))
    if met.asked.operator == "<=":
        return _("%(number)s too much", number=number(met.missing))
    return _("%(number)s off", number=number(met.missing))


def group_name(group: Any, by: str) -> str:
    """Of graduates: a group of `queries.staying`, made by `by`."""
    if group.key == "all":
        return _("All graduates")
    if group.key == "":
        return _("Small groups together")
    if group.label is not None:
        return group.label[1 if language() == "en" else 0]
    if by == "type":
        return str(TRAINEE_TYPES.get(group.key, _("Type not known")))
    return _("Other counties")


__all__ = ["AWARD_LEVELS", "LEVELS", "TRAINEE_TYPES"]
