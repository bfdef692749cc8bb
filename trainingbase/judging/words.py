"""What is judged, why and how, in the viewer's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.assessments.words import EXAMINATIONS
from trainingbase.i18n import day, language, number
from trainingbase.instruments.words import COMPETENCIES
from trainingbase.judging.rules.comparing import Difference

OUTCOMES = {
    "progress": _l("Goes on as planned"),
    "extend": _l("Training is extended"),
    "remediate": _l("Goes on, with a plan to catch up"),
    "graduate": _l("May graduate"),
}
OUTCOME_KINDS = {"progress": "good", "extend": "bad", "remediate": "warning", "graduate": "good"}
IN_PLAIN_WORDS = {
    "progress": _l("You go on with your training as planned."),
    "extend": _l(
        "The committee proposes that your training takes longer. The training office will talk "
        "with you about the new end before anything changes."
    ),
    "remediate": _l(
        "You go on with your training, and there is a plan for what you are to catch up with."
    ),
    "graduate": _l(
        "The committee finds that you are ready to graduate. The training office checks what else "
        "graduation needs."
    ),
}
LEVELS = {
    "meets": _l("As expected at this stage"),
    "below": _l("Below what is expected"),
    "unknown": _l("Too little evidence to say"),
}
LEVEL_KINDS = {"meets": "good", "below": "bad", "unknown": "neutral"}
DUTIES = {"chair": _l("Chair"), "deputy": _l("Deputy chair"), "member": _l("Member")}
GROUNDS = {
    "tutor": _l("Tutor of the resident"),
    "supervisor": _l("Supervised the resident lately"),
    "kin": _l("Related or close"),
    "dispute": _l("In dispute with the resident"),
    "other": _l("Another reason"),
}
MEETING_KINDS = {"regular": _l("Committee"), "appeal": _l("Appeal panel")}
MEETING_STATES = {
    "called": _l("Called: the agenda is open"),
    "reading": _l("Members read"),
    "open": _l("In session"),
    "closed": _l("Held"),
    "cancelled": _l("Cancelled"),
}
MEETING_LOOKS = {
    "called": "neutral", "reading": "info", "open": "warning", "closed": "good",
    "cancelled": "neutral",
}  # fmt: skip
PLAN_STATES = {
    "draft": _l("Draft: only you see it"),
    "open": _l("Under way"),
    "late": _l("Past its day"),
    "done": _l("Reported as done"),
    "closed": _l("Closed"),
}
PLAN_LOOKS = {
    "draft": "neutral", "open": "info", "late": "bad", "done": "good", "closed": "neutral",
}  # fmt: skip
BECAME = {
    "goes_on": _l("Goes on"),
    "reached": _l("Reached: close it"),
    "given_up": _l("Given up: close it"),
}
RESULTS = {"reached": _l("reached"), "given_up": _l("given up")}
APPEAL_OUTCOMES = {
    "stands": _l("The first decision stands"),
    "changed": _l("The first decision is changed"),
}
RULES = {
    "absences": _l("Days away without leave"),
    "cusum_dops": _l("DOPS lower than before (cumulative sum)"),
    "cusum_mini_cex": _l("Mini-CEX lower than before (cumulative sum)"),
    "cusum_verdicts": _l("Unsatisfactory results pile up (cumulative sum)"),
    "few_forms": _l("Few forms lately"),
    "late_log": _l("Nothing entered into the log"),
    "short_comments": _l("Comments that say little"),
}
SETTINGS = {
    "days": _l("Over so many days"),
    "least": _l("At least so many forms"),
    "percent": _l("More than so many per cent of the forms"),
    "signs": _l("A comment is short below so many signs"),
    "forms": _l("With at least so many forms"),
    "most": _l("More than so many days"),
    "again": _l("Quiet for so many days once it is over"),
    "k": _l("Reference value k, in standard deviations"),
    "h": _l("Limit h, in standard deviations"),
    "fewest": _l("Not before so many results"),
    "target": _l("Expected value (of verdicts: per cent unsatisfactory)"),
    "deviation": _l("Standard deviation (empty: as found within residents)"),
}
FIGURES = {
    "tutor": _l("Tutor"),
    "ends_on": _l("End of training"),
    "log_counted": _l("Log: done"),
    "log_target": _l("Log: to do"),
    "present": _l("Days present"),
    "unexcused": _l("Days away without leave"),
    "exams": _l("Examination results"),
    "exits": _l("Stays"),
    "mean": _l("Mean"),
    "form_new": _l("Form that was not there"),
    "form_gone": _l("Form that is not there any more"),
    "form_amended": _l("Form with an amendment since"),
}


NUMBER_NAMES = {
    "demanded": _l("Demanded"),
    "asked": _l("Asked"),
    "done": _l("Done"),
    "waiting": _l("Waiting"),
    "late": _l("Late"),
    "expired": _l("Expired"),
    "unasked": _l("Unasked"),
    "missing": _l("Missing"),
}


def either(name: Mapping[str, Any] | None) -> str:
    """A name kept in both languages, in the viewer's."""
    if not name:
        return "—"
    return (language() == "en" and name.get("en")) or name["zh"]


def competency(code: str | None) -> str:
    return str(COMPETENCIES.get(code or "", code or "—"))


def reason(name: str, facts: Mapping[str, Any]) -> str:
    """Why somebody is on the agenda."""
    if name == "returning":
        return _("A learning plan comes back (%(n)s)", n=len(facts["plans"]))
    if name == "flagged":
        return _("Early warning (%(n)s)", n=len(facts["signals"]))
    if name == "graduation":
        return _("Training ends on %(day)s", day=day(date.fromisoformat(facts["ends_on"])))
    if name == "year_end":
        return _("Year %(year)s of training ends", year=facts["year"])
    if name == "regular":
        since = day(date.fromisoformat(facts["since"]))
        if facts["met"]:
            return _("Last judged on %(day)s", day=since)
        return _("Not judged since the training began on %(day)s", day=since)
    if name == "appeal":
        return _("Appeal against a decision")
    return _("Put on by hand: %(why)s", why=facts.get("why", ""))


def why_fired(kind: str, facts: Mapping[str, Any]) -> str:
    """A signal's reason in one sentence."""
    if kind == "late_log":
        if facts["last"] is None:
            return _("Nothing has been entered into the log yet.")
        return _(
            "The last entry of the log is of %(day)s; the limit is %(days)s days.",
            day=day(date.fromisoformat(facts["last"])), days=facts["days"],
        )  # fmt: skip
    if kind == "few_forms":
        return _(
            "%(found)s forms in %(days)s days; at least %(least)s are expected.",
            found=facts["found"], days=facts["days"], least=facts["least"],
        )  # fmt: skip
    if kind == "short_comments":
        return _(
            "%(found)s of %(of)s forms in %(days)s days have a comment shorter than %(signs)s "
            "signs, or none.",
            found=facts["found"], of=facts["of"], days=facts["days"], signs=facts["signs"],
        )  # fmt: skip
    if kind == "absences":
        return _(
            "%(found)s days away without leave in %(days)s days; the limit is %(most)s.",
            found=facts["found"], days=facts["days"], most=facts["most"],
        )  # fmt: skip
    return _(
        "The cumulative sum is %(sum)s, above its limit of %(limit)s; it has grown since %(day)s, "
        "over %(n)s results. Expected: %(target)s, standard deviation %(deviation)s.",
        sum=facts["sum"], limit=facts["limit"], day=day(date.fromisoformat(facts["since"])),
        n=len(facts["forms"]), target=facts["target"], deviation=facts["deviation"],
    )  # fmt: skip


def together(
    rated: Sequence[Mapping[str, Any]], in_words: Callable[[Mapping[str, Any]], str]
) -> list[tuple[str, list[str]]]:
    """What is said about how far means can be trusted, each sentence once with its
    competencies."""
    found: dict[str, list[str]] = {}
    for one in rated:
        name = competency(one["code"])
        named = found.setdefault(in_words(one["trust"]), [])
        if name not in named:
            named.append(name)
    return list(found.items())


def exam(kind: str) -> str:
    return str(EXAMINATIONS.get(kind, kind))


def figure(one: Difference) -> str:
    """What differs from the packet, by name."""
    said = str(FIGURES[one.what])
    if one.what == "mean":
        return f"{said}: {competency(one.of)}"
    if one.what.startswith("form_"):
        when = day(date.fromisoformat(one.of["observed_on"]))
        return f"{said}: {either(one.of['form'])} · {when}"
    return said


def value(one: Difference, which: str) -> str:
    """Then or now, as people read it."""
    found = getattr(one, which)
    if found is None:
        return "—"
    if one.what.startswith("form_"):
        return str(found.get("amendments") or "✓")
    if isinstance(found, Mapping):
        return either(found)
    if one.what == "ends_on":
        return day(date.fromisoformat(found))
    return number(Decimal(str(found)))
