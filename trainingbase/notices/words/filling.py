"""Facts of a notice as its sentence wants them, in the reader's language."""

from datetime import date

from flask_babel import gettext as _

from trainingbase.i18n import day, language, last_day, month
from trainingbase.words import COURSE_KINDS


def form(facts: dict) -> dict:
    """The facts with the form's name in the reader's language."""
    name = facts.get("instrument_en") if language() == "en" else None
    return {**facts, "instrument": name or facts["instrument"]}


def until(facts: dict) -> dict:
    """The facts with the last day of a time whose end is exclusive."""
    return {**facts, "day": last_day(date.fromisoformat(facts["closes_on"]))}


def told(sentence: str, facts: dict) -> str:
    """The sentence, and how: `changes` are [new, gone or end, Chinese, English, first day,
    exclusive last day], `more` how many are not among them."""
    said = [change(*one) for one in facts.get("changes", ())]
    if facts.get("more"):
        said.append(_("and %(number)s more", number=facts["more"]))
    between = "；" if language() == "zh" else "; "
    return f"{sentence} {between.join(said)}".strip()


def change(what: str, name: str, name_en: str | None, starts_on: str, ends_on: str) -> str:
    said = {
        "name": name_en if name_en and language() == "en" else name,
        "first": day(date.fromisoformat(starts_on)),
        "last": last_day(date.fromisoformat(ends_on)),
    }
    if what == "new":
        return _("new: %(name)s, %(first)s to %(last)s", **said)
    if what == "end":
        return _("now until %(last)s: %(name)s", **said)
    return _("no longer: %(name)s, %(first)s to %(last)s", **said)


def offered(facts: dict) -> dict:
    """The facts with the placement on offer in the reader's language."""
    name = facts.get("name_en") if language() == "en" else None
    return {
        **facts,
        "name": name or facts["name"],
        "first": day(date.fromisoformat(facts["starts_on"])),
        "last": last_day(date.fromisoformat(facts["ends_on"])),
    }


def course(facts: dict) -> dict:
    """The facts with kind and day of a change of course in words."""
    day_on = date.fromisoformat(facts["day"])
    return {**facts, "what": str(COURSE_KINDS[facts["what"]]), "day": day(day_on)}


def lapsing(facts: dict) -> dict:
    """The facts with the first day on which the certificate is not valid."""
    return {**facts, "day": day(date.fromisoformat(facts["lapses_on"]))}


def named(facts: dict) -> dict:
    """The facts with the name in the reader's language."""
    name = facts.get("name_en") if language() == "en" else None
    return {**facts, "name": name or facts["name"]}


def on_day(facts: dict) -> dict:
    """The facts with their day as people read it."""
    return {**facts, "day": day(date.fromisoformat(facts["day"]))}


def month_of(facts: dict) -> dict:
    """The facts with a department's name and the month as people read them."""
    name = facts.get("department_en") if language() == "en" else None
    shown = month(date.fromisoformat(facts["month"]))
    return {**facts, "name": name or facts["department"], "month": shown}


def place(facts: dict) -> dict:
    """The facts with the department and its site in the reader's language, and their days."""
    name = facts.get("name_en") if language() == "en" else None
    found = {**facts, "name": name or facts["name"]}
    if "starts_on" in facts:
        found["first"] = day(date.fromisoformat(facts["starts_on"]))
        found["last"] = last_day(date.fromisoformat(facts["ends_on"]))
    if "from_on" in facts:
        found["month"] = month(date.fromisoformat(facts["from_on"]))
    if "closes_on" in facts:
        found["day"] = last_day(date.fromisoformat(facts["closes_on"]))
    return found


def late(facts: dict) -> str:
    """What is to be done for a leaving that is late."""
    given = place(facts)
    if facts["step"] == "assess":
        return _("%(resident)s left %(name)s and is not assessed yet.", **given)
    if facts["step"] == "prepare":
        return _("%(resident)s left %(name)s: hand over to the teaching group.", **given)
    if facts["step"] == "sign":
        return _("%(resident)s left %(name)s: the leader's signature is missing.", **given)
    if facts["step"] == "retake":
        return _("%(resident)s has not passed %(name)s: arrange a re-examination.", **given)
    return _("read and sign the result of your rotation in %(name)s.", **given)
