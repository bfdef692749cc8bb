"""The sentence of each kind of notice, filled with its facts in the reader's language."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from trainingbase.i18n import day, language, last_day, month
from trainingbase.words import COURSE_KINDS


def _form(facts: dict) -> dict:
    """The facts with the form's name in the reader's language."""
    name = facts.get("instrument_en") if language() == "en" else None
    return {**facts, "instrument": name or facts["instrument"]}


def _until(facts: dict) -> dict:
    """The facts with the last day of a time whose end is exclusive."""
    return {**facts, "day": last_day(date.fromisoformat(facts["closes_on"]))}


def _told(sentence: str, facts: dict) -> str:
    """The sentence, and how: `changes` are [new, gone or end, Chinese, English, first day,
    exclusive last day], `more` how many are not among them."""
    said = [_change(*one) for one in facts.get("changes", ())]
    if facts.get("more"):
        said.append(_("and %(number)s more", number=facts["more"]))
    between = "；" if language() == "zh" else "; "
    return f"{sentence} {between.join(said)}".strip()


def _change(what: str, name: str, name_en: str | None, starts_on: str, ends_on: str) -> str:
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


def _offered(facts: dict) -> dict:
    """The facts with the placement on offer in the reader's language."""
    name = facts.get("name_en") if language() == "en" else None
    return {
        **facts,
        "name": name or facts["name"],
        "first": day(date.fromisoformat(facts["starts_on"])),
        "last": last_day(date.fromisoformat(facts["ends_on"])),
    }


def _course(facts: dict) -> dict:
    """The facts with kind and day of a change of course in words."""
    day_on = date.fromisoformat(facts["day"])
    return {**facts, "what": str(COURSE_KINDS[facts["what"]]), "day": day(day_on)}


def _lapsing(facts: dict) -> dict:
    """The facts with the first day on which the certificate is not valid."""
    return {**facts, "day": day(date.fromisoformat(facts["lapses_on"]))}


def _version(facts: dict) -> dict:
    """The facts with the programme's name in the reader's language."""
    name = facts.get("name_en") if language() == "en" else None
    return {**facts, "name": name or facts["name"]}


def _from(facts: dict) -> dict:
    """The facts with the first day of a leave as people read it."""
    return {**facts, "day": day(date.fromisoformat(facts["day"]))}


def _on(facts: dict) -> dict:
    """The facts with the day of an activity as people read it."""
    return {**facts, "day": day(date.fromisoformat(facts["day"]))}


def _credited(facts: dict) -> dict:
    """The facts with the department in the reader's language."""
    name = facts.get("name_en") if language() == "en" else None
    return {**facts, "name": name or facts["name"]}


def _month_of(facts: dict) -> dict:
    """The facts with a department's name and the month as people read them."""
    name = facts.get("department_en") if language() == "en" else None
    shown = month(date.fromisoformat(facts["month"]))
    return {**facts, "name": name or facts["department"], "month": shown}


def _place(facts: dict) -> dict:
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


def _late(facts: dict) -> str:
    """What is to be done for a leaving that is late."""
    given = _place(facts)
    if facts["step"] == "assess":
        return _("%(resident)s left %(name)s and is not assessed yet.", **given)
    if facts["step"] == "prepare":
        return _("%(resident)s left %(name)s: hand over to the teaching group.", **given)
    if facts["step"] == "sign":
        return _("%(resident)s left %(name)s: the leader's signature is missing.", **given)
    if facts["step"] == "retake":
        return _("%(resident)s has not passed %(name)s: arrange a re-examination.", **given)
    return _("read and sign the result of your rotation in %(name)s.", **given)


SENTENCES: dict[str, Callable[[dict], str]] = {
    "version-moved": lambda f: _(
        "You now train by another version of your programme: %(name)s %(code)s.", **_version(f)
    ),
    "plan-published": lambda f: _("Your rotations were published: %(title)s.", **f),
    "placement-changed": lambda f: _told(_("Your rotations changed: %(title)s.", **f), f),
    "placements-withdrawn": lambda f: _(
        "The plan “%(title)s” was withdrawn: what has not begun is cancelled.", **f
    ),
    "supervising-changed": lambda f: _told(_("Whom you supervise has changed: %(title)s.", **f), f),
    "supervising-named": lambda f: _told(_("Whom you supervise has changed."), f),
    "supervisor-named": lambda f: _(
        "Your supervisor in %(name)s, %(first)s to %(last)s, is %(supervisor)s.", **_offered(f)
    ),
    "supervisor-gone": lambda f: _(
        "You have no supervisor in %(name)s, %(first)s to %(last)s, for now.", **_offered(f)
    ),
    "certificate-lapses": lambda f: _(
        "Your certificate %(number)s lapses on %(day)s: renew it in time.", **_lapsing(f)
    ),
    "certificate-of-lapses": lambda f: _(
        "The certificate %(number)s of %(name)s lapses on %(day)s.", **_lapsing(f)
    ),
    "certificate-lapsed": lambda f: _(
        "Your certificate %(number)s has lapsed on %(day)s.", **_lapsing(f)
    ),
    "certificate-of-lapsed": lambda f: _(
        "The certificate %(number)s of %(name)s has lapsed on %(day)s.", **_lapsing(f)
    ),
    "self-assessment-task": lambda f: _(
        "A task for indicator %(item)s until %(day)s: %(what)s.",
        **{**f, "day": day(date.fromisoformat(f["due_on"]))},
    ),
    "tutor-changed": lambda f: _("Your tutor is now %(name)s.", **f),
    "tutees-handed-over": lambda f: _("You are now the tutor of %(names)s.", **f),
    "wishes-asked": lambda f: _("Your wishes are asked for until %(day)s: %(title)s.", **_until(f)),
    "wishes-deadline": lambda f: _(
        "Wishes can now be given until %(day)s: %(title)s.", **_until(f)
    ),
    "wishes-wanted": lambda f: _(
        "You have not given your wishes yet; the last day is %(day)s: %(title)s.", **_until(f)
    ),
    "wishes-entered": lambda f: _("The office entered your wishes: %(title)s.", **f),
    "swap-offered": lambda f: _(
        "%(resident)s offers %(name)s, %(first)s to %(last)s, for a swap with you.", **_offered(f)
    ),
    "swap-accepted": lambda f: _(
        "Your offer of %(name)s, %(first)s to %(last)s, is taken; the office decides.",
        **_offered(f),
    ),
    "swap-waits": lambda f: _(
        "A swap of %(resident)s waits for you: %(name)s, %(first)s to %(last)s.", **_offered(f)
    ),
    "swap-done": lambda f: _(
        "The swap of %(name)s, %(first)s to %(last)s, is made.", **_offered(f)
    ),
    "swap-refused": lambda f: _(
        "The office refused the swap of %(name)s, %(first)s to %(last)s. %(reason)s", **_offered(f)
    ),
    "swap-withdrawn": lambda f: _(
        "The swap of %(name)s, %(first)s to %(last)s, was withdrawn.", **_offered(f)
    ),
    "swap-expired": lambda f: _(
        "Nobody took your offer of %(name)s, %(first)s to %(last)s, in time.", **_offered(f)
    ),
    "swap-void": lambda f: _(
        "The swap of %(name)s, %(first)s to %(last)s, is void: the plan has changed.",
        **_offered(f),
    ),
    "swap-undone": lambda f: _(
        "The office took back the swap of %(name)s, %(first)s to %(last)s.", **_offered(f)
    ),
    "plan-solved": lambda f: _("The plan “%(title)s” is solved.", **f),
    "plan-not-solved": lambda f: _("No lawful plan was found for “%(title)s”.", **f),
    "assessment-asked": lambda f: _("%(resident)s: %(instrument)s is asked of you.", **_form(f)),
    "assessment-late": lambda f: _("%(resident)s: %(instrument)s is late.", **_form(f)),
    "assessment-cancelled": lambda f: _(
        "%(resident)s: %(instrument)s is not asked of you any more.", **_form(f)
    ),
    "assessment-received": lambda f: _("%(assessor)s has submitted: %(instrument)s.", **_form(f)),
    "assessment-amended": lambda f: _("%(assessor)s has amended: %(instrument)s.", **_form(f)),
    "guest-waits": lambda f: _(
        "%(guest)s has not answered yet: %(instrument)s about %(resident)s. Contact: %(contact)s.",
        **_form(f),
    ),
    "exit-failed": lambda f: _(
        "%(resident)s has not passed: %(instrument)s (%(assessor)s).", **_form(f)
    ),
    "activity-planned": lambda f: _(
        "You are to speak on %(day)s: %(topic)s (planned: %(number)s).", **_on(f)
    ),
    "activity-moved": lambda f: _("Day, time or place have changed: %(topic)s, %(day)s.", **_on(f)),
    "activity-restored": lambda f: _("Planned again after all: %(topic)s, %(day)s.", **_on(f)),
    "activity-returned": lambda f: _(
        "The office returns your activity %(topic)s: %(because)s", **f
    ),
    "activity-you-speak": lambda f: _(
        "You speak on %(day)s %(time)s %(place)s: %(topic)s.", **_on(f)
    ),
    "activity-soon": lambda f: _(
        "Teaching activity on %(day)s %(time)s %(place)s: %(topic)s.", **_on(f)
    ),
    "activity-cancelled": lambda f: _("Your teaching activity is cancelled: %(topic)s.", **f),
    "research-handed-in": lambda f: _("%(name)s hands in: %(title)s.", **f),
    "research-approved": lambda f: _("Approved, and it counts: %(title)s.", **f),
    "research-returned": lambda f: _("Returned to you: %(title)s. %(reason)s", **f),
    "handbook-issued": lambda f: _(
        "Edition %(edition)s of your training handbook was issued.", **f
    ),
    "handbook-withdrawn": lambda f: _(
        "Edition %(edition)s of your training handbook was withdrawn: %(because)s", **f
    ),
    "handbooks-ready": lambda f: _(
        "The handbooks you asked for are ready: %(made)s made, %(failed)s failed.", **f
    ),
    "run-approved": lambda f: _("The incentives of %(month)s are approved.", **f),
    "course-changed": lambda f: _("%(resident)s: %(what)s, %(day)s.", **_course(f)),
    "course-undone": lambda f: _("%(resident)s: taken back: %(what)s, %(day)s.", **_course(f)),
    "department-closed": lambda f: _(
        "%(name)s is closed from %(first)s until %(last)s; residents affected: %(residents)s.",
        **_place(f),
    ),
    "department-opened": lambda f: _("%(name)s is open again.", **_place(f)),
    "places-changed": lambda f: _(
        "%(name)s takes %(most)s from %(month)s on; residents affected: %(residents)s.",
    ),
    "closure-asked": lambda f: _(
        "%(by)s asks for a closure or other places: %(name)s; residents affected: %(residents)s.",
    ),
    "closure-decided": lambda f: (
        _("The office grants what you asked for: %(name)s.", **_place(f))
        if f["granted"]
        else _("The office refuses what you asked for: %(name)s. %(reason)s", **_place(f))
    ),
    "agreement-ends": lambda f: (
        _("The agreement with %(name)s ended on %(day)s.", **_place(f))
        if f["is_over"]
        else _("The agreement with %(name)s ends on %(day)s.", **_place(f))
    ),
    "expert-posted": lambda f: _("You are sent to a site as an expert."),
    "log-waits": lambda f: _("Entries of the log wait for you: %(number)s.", **f),
    "log-asked": lambda f: _(
        "%(resident)s asks you to confirm entries of the log: %(number)s wait.", **f
    ),
    "log-appeal-opinion": lambda f: _(
        "%(resident)s says that %(item)s cannot be done here: your opinion is asked.", **f
    ),
    "log-appeal-decided": lambda f: (
        _("Your appeal about %(item)s was granted.", **f)
        if f["granted"]
        else _("Your appeal about %(item)s was refused.", **f)
    ),
    "noted-absent": lambda f: _(
        "You are noted absent on %(day)s. If that is wrong, appeal.", **_from(f)
    ),
    "attendance-appealed": lambda f: _(
        "%(resident)s appeals the attendance of %(day)s: please decide.", **_from(f)
    ),
    "appeal-decided": lambda f: (
        _("Your appeal about %(day)s is granted. %(reason)s", **_from(f))
        if f["granted"]
        else _("Your appeal about %(day)s is refused. %(reason)s", **_from(f))
    ),
    "month-to-close": lambda f: _(
        "Attendance of %(month)s in %(name)s is not closed yet.", **_month_of(f)
    ),
    "month-reopened": lambda f: _(
        "Attendance of %(month)s in %(name)s is open again: %(reason)s", **_month_of(f)
    ),
    "log-returned": lambda f: _("Entries of your log come back: %(reason)s", **f),
    "leave-granted": lambda f: _("Your leave from %(day)s is granted.", **_from(f)),
    "leave-refused": lambda f: _(
        "Your leave from %(day)s is refused. %(reason)s", **({"reason": ""} | _from(f))
    ),
    "leave-to-decide": lambda f: _(
        "%(resident)s asks for leave from %(day)s: it waits for you.", **_from(f)
    ),
    "leave-step-approved": lambda f: _(
        "Your leave from %(day)s is approved at one step, and goes on to the next.", **_from(f)
    ),
    "leave-recorded": lambda f: _("The office recorded your leave from %(day)s.", **_from(f)),
    "leave-corrected": lambda f: _("The office corrected your leave from %(day)s.", **_from(f)),
    "leave-revoked": lambda f: _("The office revoked your leave from %(day)s.", **_from(f)),
    "leave-return-reported": lambda f: _(
        "%(resident)s is back from the leave of %(day)s: please confirm.", **_from(f)
    ),
    "leave-return-confirmed": lambda f: _(
        "Your return from the leave of %(day)s is confirmed.", **_from(f)
    ),
    "end-date-moved": lambda f: _(
        "After your leave from %(day)s your training now ends on %(last)s.",
        **_from(f),
        last=last_day(date.fromisoformat(f["end"])),
    ),
    "arrival-confirmed": lambda f: _(
        "Your arrival in %(name)s on %(day)s is confirmed.",
        **_place(f) | {"day": day(date.fromisoformat(f["day"]))},
    ),
    "arrival-undone": lambda f: _(
        "Your arrival in %(name)s, %(first)s to %(last)s, was taken back: %(reason)s", **_place(f)
    ),
    "arrived-with-you": lambda f: _("They have arrived with you: %(names)s.", **f),
    "arrival-missed": lambda f: _(
        "%(resident)s did not come to %(name)s, %(first)s to %(last)s.", **_place(f)
    ),
    "arrivals-late": lambda f: _("Late or missing arrivals: %(number)s (%(names)s).", **f),
    "credit-approved": lambda f: _(
        "%(months)s months of earlier training in %(name)s count now.", **_credited(f)
    ),
    "credit-refused": lambda f: _(
        "%(months)s months of earlier training in %(name)s do not count. %(reason)s", **_credited(f)
    ),
    "leaving-ready": lambda f: _(
        "%(resident)s leaves %(name)s: please review and sign.", **_place(f)
    ),
    "leaving-sent-back": lambda f: _(
        "The leader sends back the leaving of %(resident)s, %(name)s: %(reason)s", **_place(f)
    ),
    "leaving-signed": lambda f: _(
        "The result of your rotation in %(name)s is there: please read and sign.", **_place(f)
    ),
    "leaving-failed": lambda f: _("%(resident)s has not passed %(name)s.", **_place(f)),
    "leaving-retake": lambda f: _(
        "Re-examination of %(resident)s, %(name)s, on %(on)s.",
        **_place(f),
        on=day(date.fromisoformat(f["day"])),
    ),
    "leaving-objection": lambda f: _(
        "%(resident)s objects to the result of %(name)s: please answer.", **_place(f)
    ),
    "leaving-answered": lambda f: _(
        "Your objection about %(name)s is answered: %(answer)s", **_place(f)
    ),
    "leaving-withdrawn": lambda f: _(
        "The office took back the review of %(resident)s, %(name)s: %(reason)s", **_place(f)
    ),
    "leaving-consequence": lambda f: (
        _("%(resident)s repeats %(name)s. %(reason)s", **_place(f))
        if f["what"] == "repeat"
        else _("%(resident)s goes on after %(name)s. %(reason)s", **_place(f))
    ),
    "leaving-late": lambda f: _("Late: %(what)s", what=_late(f)),
    "admitted-report-in": lambda f: _(
        "Welcome. Please report in by %(day)s.",
        day=last_day(date.fromisoformat(f["report_ends_on"])),
    ),
}


def sentence(kind: str, facts: dict) -> str:
    return SENTENCES[kind](facts)
