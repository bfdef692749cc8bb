"""Of the training record: entering, attendance, activities, log, leaving, research, handbooks."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from trainingbase.i18n import day
from trainingbase.notices.words.filling import form, late, month_of, on_day, place, until

SENTENCES: dict[str, Callable[[dict], str]] = {
    "self-assessment-task": lambda f: _(
        "A task for indicator %(item)s until %(day)s: %(what)s.",
        **{**f, "day": day(date.fromisoformat(f["due_on"]))},
    ),
    "report-made": lambda f: _("The report of %(month)s is made.", **f),
    "figures-differ": lambda f: _(
        "Monthly figures of %(n)s indicators do not agree with their rows.", **f
    ),
    "completion-differs": lambda f: _(
        "Kept completion of %(n)s residents did not agree with the rows; it was reckoned anew.", **f
    ),
    "ballots-open": lambda f: _(
        "You may say, anonymously, how it was, until %(day)s. Nobody has to.", **until(f)
    ),
    "ballots-not-yet": lambda f: _(
        "You have not yet said how it was. You may until %(day)s.", **until(f)
    ),
    "ballots-released": lambda f: _("%(answers)s anonymous opinions were released to you.", **f),
    "guest-waits": lambda f: _(
        "%(guest)s has not answered yet: %(instrument)s about %(resident)s. Contact: %(contact)s.",
        **form(f),
    ),
    "activity-planned": lambda f: _(
        "You are to speak on %(day)s: %(topic)s (planned: %(number)s).", **on_day(f)
    ),
    "activity-moved": lambda f: _(
        "Day, time or place have changed: %(topic)s, %(day)s.", **on_day(f)
    ),
    "activity-restored": lambda f: _("Planned again after all: %(topic)s, %(day)s.", **on_day(f)),
    "activity-returned": lambda f: _(
        "The office returns your activity %(topic)s: %(because)s", **f
    ),
    "activity-you-speak": lambda f: _(
        "You speak on %(day)s %(time)s %(place)s: %(topic)s.", **on_day(f)
    ),
    "activity-soon": lambda f: _(
        "Teaching activity on %(day)s %(time)s %(place)s: %(topic)s.", **on_day(f)
    ),
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
        "You are noted absent on %(day)s. If that is wrong, appeal.", **on_day(f)
    ),
    "attendance-appealed": lambda f: _(
        "%(resident)s appeals the attendance of %(day)s: please decide.", **on_day(f)
    ),
    "appeal-decided": lambda f: (
        _("Your appeal about %(day)s is granted. %(reason)s", **on_day(f))
        if f["granted"]
        else _("Your appeal about %(day)s is refused. %(reason)s", **on_day(f))
    ),
    "month-to-close": lambda f: _(
        "Attendance of %(month)s in %(name)s is not closed yet.", **month_of(f)
    ),
    "month-reopened": lambda f: _(
        "Attendance of %(month)s in %(name)s is open again: %(reason)s", **month_of(f)
    ),
    "arrival-confirmed": lambda f: _(
        "Your arrival in %(name)s on %(day)s is confirmed.",
        **place(f) | {"day": day(date.fromisoformat(f["day"]))},
    ),
    "arrival-undone": lambda f: _(
        "Your arrival in %(name)s, %(first)s to %(last)s, was taken back: %(reason)s", **place(f)
    ),
    "arrived-with-you": lambda f: _("They have arrived with you: %(names)s.", **f),
    "arrival-missed": lambda f: _(
        "%(resident)s did not come to %(name)s, %(first)s to %(last)s.", **place(f)
    ),
    "arrivals-late": lambda f: _("Late or missing arrivals: %(number)s (%(names)s).", **f),
    "leaving-ready": lambda f: _(
        "%(resident)s leaves %(name)s: please review and sign.", **place(f)
    ),
    "leaving-sent-back": lambda f: _(
        "The leader sends back the leaving of %(resident)s, %(name)s: %(reason)s", **place(f)
    ),
    "leaving-signed": lambda f: _(
        "The result of your rotation in %(name)s is there: please read and sign.", **place(f)
    ),
    "leaving-failed": lambda f: _("%(resident)s has not passed %(name)s.", **place(f)),
    "leaving-retake": lambda f: _(
        "Re-examination of %(resident)s, %(name)s, on %(on)s.",
        **place(f),
        on=day(date.fromisoformat(f["day"])),
    ),
    "leaving-objection": lambda f: _(
        "%(resident)s objects to the result of %(name)s: please answer.", **place(f)
    ),
    "leaving-answered": lambda f: _(
        "Your objection about %(name)s is answered: %(answer)s", **place(f)
    ),
    "leaving-withdrawn": lambda f: _(
        "The office took back the review of %(resident)s, %(name)s: %(reason)s", **place(f)
    ),
    "leaving-consequence": lambda f: (
        _("%(resident)s repeats %(name)s. %(reason)s", **place(f))
        if f["what"] == "repeat"
        else _("%(resident)s goes on after %(name)s. %(reason)s", **place(f))
    ),
    "leaving-late": lambda f: _("Late: %(what)s", what=late(f)),
}
