"""Fixed words of forms, in the viewer's language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.instruments.rules.differences import Difference
from trainingbase.instruments.rules.items import Wrong

STATES = {
    "published": _l("In use"),
    "draft": _l("Draft"),
    "offered": _l("Not in use yet"),
    "retired": _l("Retired"),
}
STATE_KINDS = {
    "published": "good",
    "draft": "waiting",
    "offered": "neutral",
    "retired": "neutral",
}
VERSIONS = {
    "undated": _l("undated"),
    "generic-undated": _l("general, undated"),
    "base-defined": _l("to be defined by the base"),
}
"""Of what has no date of its own; other versions are called what they are called."""
ORIGINS = {"national": _l("Comes with the portal"), "base": _l("The base's own")}
ASSESSORS = {
    "faculty": _l("Supervisor"),
    "supervisor_expert": _l("Supervisor or expert"),
    "nurse": _l("Nurse"),
    "patient": _l("Patient"),
    "peer": _l("Fellow resident"),
    "resident": _l("Resident"),
    "examiner": _l("Outside examiner"),
}
SUBJECTS = {
    "resident": _l("A resident"),
    "record": _l("A resident's medical record"),
    "activity": _l("A teaching activity"),
    "faculty": _l("A supervisor"),
    "department": _l("A department"),
    "base": _l("The base as a whole"),
}
KINDS = {
    "score": _l("Most points"),
    "rating": _l("Rating"),
    "choice": _l("Choice"),
    "count": _l("Number of times"),
    "minutes": _l("Minutes"),
    "text": _l("Text"),
    "boolean": _l("Yes or no"),
    "signature": _l("Signature"),
}
SCALES = {
    "": _l("None of these"),
    "nine": _l("1 to 9 in three bands"),
    "five": _l("1 to 5"),
    "grades": _l("Excellent, good, fair, poor"),
    "prospective": _l("Entrustment: what the resident may do next"),
    "retrospective": _l("Entrustment: what the supervisor had to do"),
    "milestones": _l("Levels 1 to 5 in halves"),
}
VETOES = {
    "": _l("Nobody has said it"),
    "fail": _l("The form is failed"),
    "zero": _l("The points are 0"),
}
MISSING = {
    "item": _l("The item is not defined yet"),
    "scale": _l("The scale is not defined yet"),
    "options": _l("The choices are not defined yet"),
    "points": _l("The points are not defined yet"),
}
COMPETENCIES = {
    "professionalism": _l("Professionalism"),
    "knowledge_skills": _l("Knowledge and skills"),
    "patient_care": _l("Patient care"),
    "communication": _l("Communication and collaboration"),
    "teaching": _l("Teaching"),
    "learning": _l("Lifelong learning"),
}
"""The six core competencies of the 2022 consensus of Chinese teaching hospitals."""

RULE_KINDS = {
    "total": _l("At least so many points in all"),
    "share": _l("At least so many per cent of what could be reached"),
    "item": _l("This item at least so much"),
    "none": _l("This item must say no"),
    "a_month": _l("This item at least so often a month"),
    "ratio": _l("Done at least this share of due"),
}
WRONG = {
    "no_form": _l("This is no form: one object in braces is expected."),
    "no_list": _l("A list is expected here."),
    "no_items": _l("A form needs at least one item."),
    "too_many": _l("There are too many items."),
    "unknown_key": _l("This is not known here."),
    "not_this_format": _l("Expected is trainingbase/instrument in version 1."),
    "identity": _l("Expected is national/ or base/ and a name of small letters, digits and _."),
    "missing": _l("This is missing."),
    "too_long": _l("This is too long: at most %(what)s signs."),
    "both_languages": _l("A text in Chinese (zh) and English (en) is expected."),
    "not_one_of": _l("Expected is one of: %(what)s."),
    "code": _l("A code begins with a letter and has letters, digits, dots, - and _ only."),
    "twice": _l("“%(what)s” stands here twice."),
    "number": _l("A number up to 9999 is expected, not “%(what)s”."),
    "above_nothing": _l("A number above 0 is expected."),
    "below_lowest": _l("The highest is below the lowest."),
    "not_the_points": _l("The highest of a score is its points: %(what)s."),
    "no_scale": _l("A rating needs a scale, or a lowest and a highest mark."),
    "too_many_marks": _l("A scale has whole marks, at most %(what)s of them."),
    "two_options": _l("A choice needs at least two answers."),
    "option": _l("An answer has a value and its words in both languages."),
    "anchor": _l("An anchor has two marks, the first not above the last."),
    "veto_is_yes_or_no": _l("Only a yes-or-no item can be a veto."),
    "condition": _l("A condition names an earlier item and the answers it looks for."),
    "not_earlier": _l("No earlier item is called “%(what)s”."),
    "not_an_answer": _l("“%(what)s” is no answer of that item."),
    "competency": _l("A competency has the code of its framework and its own."),
    "entrustment_mixed": _l("What may be done next and what had to be done never stand in one "
                            "section: give them sections of their own."),
    "no_such_item": _l("The form has no item “%(what)s”."),
    "nothing_adds_up": _l("No item of this form adds up."),
    "not_defined": _l("“%(what)s” is not defined yet."),
}  # fmt: skip
FIELDS = {
    "identity": _l("Identity"),
    "version": _l("Version"),
    "name": _l("Its name"),
    "assessor": _l("Filled in by"),
    "subject": _l("About"),
    "note": _l("Note"),
    "source": _l("Source"),
    "confidence": _l("How sure"),
    "once": _l("Once for a placement"),
    "veto": _l("Veto"),
    "pass_rules": _l("Rules for passing"),
    "code": _l("Code"),
    "section": _l("Section"),
    "kind": _l("Kind"),
    "scale": _l("Scale"),
    "lowest": _l("Lowest"),
    "highest": _l("Highest"),
    "points": _l("Most points"),
    "weight": _l("Weight"),
    "required": _l("Must be answered"),
    "may_be_unobserved": _l("May be “not observed”"),
    "options": _l("Choices"),
    "anchors": _l("Anchors"),
    "shown_when": _l("Condition"),
    "competency": _l("Core competency"),
    "competencies": _l("Competencies"),
    "known_as": _l("Filled in by the portal"),
    "missing": _l("Not defined yet"),
}


def version(said: str) -> str:
    return str(VERSIONS.get(said, said))


def wrong_in_words(wrong: Wrong) -> str:
    said = WRONG[wrong.why]
    return str(said) % {"what": wrong.what} if "%(what)s" in str(said) else str(said)


def change_in_words(one: Difference) -> str:
    return {"new": _("new"), "gone": _("gone"), "moved": _("moved"), "changed": _("changed")}[
        one.what
    ]


def value_in_words(value: Any) -> str:
    """A value of a document as one line."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping) and set(value) == {"zh", "en"}:
        return f"{value['zh']} / {value['en']}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {value_in_words(one)}" for key, one in value.items())
    if isinstance(value, list):
        return " | ".join(value_in_words(one) for one in value)
    return str(value)


def rule_in_words(rule: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A rule for passing; `names` are the items' by code."""
    said = {key: names.get(str(value), value) for key, value in rule.items()}
    return {
        "total": _("At least %(least)s points in all", least=rule.get("least")),
        "share": _("At least %(least)s %% of what could be reached", least=rule.get("least")),
        "item": _("%(item)s: at least %(least)s", item=said.get("item"), least=rule.get("least")),
        "none": _("%(item)s: no", item=said.get("item")),
        "a_month": _("%(item)s: at least %(least)s a month", item=said.get("item"),
                     least=rule.get("least")),
        "ratio": _("%(done)s at least %(least)s of %(due)s", done=said.get("done"),
                   least=rule.get("least"), due=said.get("due")),
    }[rule["kind"]]  # fmt: skip
