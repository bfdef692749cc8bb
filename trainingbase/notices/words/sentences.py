"""Of residents, sites, faculty, programmes, plans and money."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from trainingbase.i18n import last_day
from trainingbase.notices.words.filling import (
    course,
    form,
    lapsing,
    named,
    offered,
    on_day,
    place,
    told,
    until,
)

SENTENCES: dict[str, Callable[[dict], str]] = {
    "version-moved": lambda f: _(
        "You now train by another version of your programme: %(name)s %(code)s.", **named(f)
    ),
    "plan-published": lambda f: _("Your rotations were published: %(title)s.", **f),
    "placement-changed": lambda f: told(_("Your rotations changed: %(title)s.", **f), f),
    "placements-withdrawn": lambda f: _(
        "The plan “%(title)s” was withdrawn: what has not begun is cancelled.", **f
    ),
    "supervising-changed": lambda f: told(_("Whom you supervise has changed: %(title)s.", **f), f),
    "supervising-named": lambda f: told(_("Whom you supervise has changed."), f),
    "supervisor-named": lambda f: _(
        "Your supervisor in %(name)s, %(first)s to %(last)s, is %(supervisor)s.", **offered(f)
    ),
    "supervisor-gone": lambda f: _(
        "You have no supervisor in %(name)s, %(first)s to %(last)s, for now.", **offered(f)
    ),
    "certificate-lapses": lambda f: _(
        "Your certificate %(number)s lapses on %(day)s: renew it in time.", **lapsing(f)
    ),
    "certificate-of-lapses": lambda f: _(
        "The certificate %(number)s of %(name)s lapses on %(day)s.", **lapsing(f)
    ),
    "certificate-lapsed": lambda f: _(
        "Your certificate %(number)s has lapsed on %(day)s.", **lapsing(f)
    ),
    "certificate-of-lapsed": lambda f: _(
        "The certificate %(number)s of %(name)s has lapsed on %(day)s.", **lapsing(f)
    ),
    "tutor-changed": lambda f: _("Your tutor is now %(name)s.", **f),
    "tutees-handed-over": lambda f: _("You are now the tutor of %(names)s.", **f),
    "wishes-asked": lambda f: _("Your wishes are asked for until %(day)s: %(title)s.", **until(f)),
    "wishes-deadline": lambda f: _("Wishes can now be given until %(day)s: %(title)s.", **until(f)),
    "wishes-wanted": lambda f: _(
        "You have not given your wishes yet; the last day is %(day)s: %(title)s.", **until(f)
    ),
    "wishes-entered": lambda f: _("The office entered your wishes: %(title)s.", **f),
    "swap-offered": lambda f: _(
        "%(resident)s offers %(name)s, %(first)s to %(last)s, for a swap with you.", **offered(f)
    ),
    "swap-accepted": lambda f: _(
        "Your offer of %(name)s, %(first)s to %(last)s, is taken; the office decides.",
        **offered(f),
    ),
    "swap-waits": lambda f: _(
        "A swap of %(resident)s waits for you: %(name)s, %(first)s to %(last)s.", **offered(f)
    ),
    "swap-done": lambda f: _("The swap of %(name)s, %(first)s to %(last)s, is made.", **offered(f)),
    "swap-refused": lambda f: _(
        "The office refused the swap of %(name)s, %(first)s to %(last)s. %(reason)s", **offered(f)
    ),
    "swap-withdrawn": lambda f: _(
        "The swap of %(name)s, %(first)s to %(last)s, was withdrawn.", **offered(f)
    ),
    "swap-expired": lambda f: _(
        "Nobody took your offer of %(name)s, %(first)s to %(last)s, in time.", **offered(f)
    ),
    "swap-void": lambda f: _(
        "The swap of %(name)s, %(first)s to %(last)s, is void: the plan has changed.",
        **offered(f),
    ),
    "swap-undone": lambda f: _(
        "The office took back the swap of %(name)s, %(first)s to %(last)s.", **offered(f)
    ),
    "plan-solved": lambda f: _("The plan “%(title)s” is solved.", **f),
    "plan-not-solved": lambda f: _("No lawful plan was found for “%(title)s”.", **f),
    "assessment-asked": lambda f: _("%(resident)s: %(instrument)s is asked of you.", **form(f)),
    "guests-to-ask": lambda f: _(
        "%(resident)s: ask %(n)s guests (%(instrument)s). Print the sheets or send links.",
        **form(f),
    ),
    "assessment-late": lambda f: _("%(resident)s: %(instrument)s is late.", **form(f)),
    "assessment-soon": lambda f: _("%(resident)s: %(instrument)s is due soon.", **form(f)),
    "assessments-wait": lambda f: _("Assessments that wait for you: %(n)s.", **f),
    "assessments-late-here": lambda f: _(
        "Assessments of your department that are long late: %(n)s.", **f
    ),
    "assessments-late-long": lambda f: _("Assessments that are long late: %(n)s.", **f),
    "assessments-expired": lambda f: _("Assessments that have expired unanswered: %(n)s.", **f),
    "assessment-declined": lambda f: _(
        "%(assessor)s did not work with %(resident)s: %(instrument)s. Ask somebody else.",
        **form(f),
    ),
    "assessment-replied": lambda f: _("%(resident)s has replied: %(instrument)s.", **form(f)),
    "assessment-cancelled": lambda f: _(
        "%(resident)s: %(instrument)s is not asked of you any more.", **form(f)
    ),
    "assessment-received": lambda f: _("%(assessor)s has submitted: %(instrument)s.", **form(f)),
    "assessment-amended": lambda f: _("%(assessor)s has amended: %(instrument)s.", **form(f)),
    "exit-failed": lambda f: _(
        "%(resident)s has not passed: %(instrument)s (%(assessor)s).", **form(f)
    ),
    "activity-cancelled": lambda f: _("Your teaching activity is cancelled: %(topic)s.", **f),
    "run-to-approve": lambda f: _("The incentives of %(month)s wait for your approval.", **f),
    "incentive-asked": lambda f: _("%(name)s asks about an amount of %(month)s.", **f),
    "incentive-answered": lambda f: _("Your question about %(month)s is answered.", **f),
    "run-approved": lambda f: _("The incentives of %(month)s are approved.", **f),
    "course-changed": lambda f: _("%(resident)s: %(what)s, %(day)s.", **course(f)),
    "course-undone": lambda f: _("%(resident)s: taken back: %(what)s, %(day)s.", **course(f)),
    "department-closed": lambda f: _(
        "%(name)s is closed from %(first)s until %(last)s; residents affected: %(residents)s.",
        **place(f),
    ),
    "department-opened": lambda f: _("%(name)s is open again.", **place(f)),
    "places-changed": lambda f: _(
        "%(name)s takes %(most)s from %(month)s on; residents affected: %(residents)s.",
    ),
    "closure-asked": lambda f: _(
        "%(by)s asks for a closure or other places: %(name)s; residents affected: %(residents)s.",
    ),
    "closure-decided": lambda f: (
        _("The office grants what you asked for: %(name)s.", **place(f))
        if f["granted"]
        else _("The office refuses what you asked for: %(name)s. %(reason)s", **place(f))
    ),
    "agreement-ends": lambda f: (
        _("The agreement with %(name)s ended on %(day)s.", **place(f))
        if f["is_over"]
        else _("The agreement with %(name)s ends on %(day)s.", **place(f))
    ),
    "expert-posted": lambda f: _("You are sent to a site as an expert."),
    "log-returned": lambda f: _("Entries of your log come back: %(reason)s", **f),
    "leave-granted": lambda f: _("Your leave from %(day)s is granted.", **on_day(f)),
    "leave-refused": lambda f: _(
        "Your leave from %(day)s is refused. %(reason)s", **({"reason": ""} | on_day(f))
    ),
    "leave-to-decide": lambda f: _(
        "%(resident)s asks for leave from %(day)s: it waits for you.", **on_day(f)
    ),
    "leave-step-approved": lambda f: _(
        "Your leave from %(day)s is approved at one step, and goes on to the next.", **on_day(f)
    ),
    "leave-recorded": lambda f: _("The office recorded your leave from %(day)s.", **on_day(f)),
    "leave-corrected": lambda f: _("The office corrected your leave from %(day)s.", **on_day(f)),
    "leave-revoked": lambda f: _("The office revoked your leave from %(day)s.", **on_day(f)),
    "leave-return-reported": lambda f: _(
        "%(resident)s is back from the leave of %(day)s: please confirm.", **on_day(f)
    ),
    "leave-return-confirmed": lambda f: _(
        "Your return from the leave of %(day)s is confirmed.", **on_day(f)
    ),
    "end-date-moved": lambda f: _(
        "After your leave from %(day)s your training now ends on %(last)s.",
        **on_day(f),
        last=last_day(date.fromisoformat(f["end"])),
    ),
    "credit-approved": lambda f: _(
        "%(months)s months of earlier training in %(name)s count now.", **named(f)
    ),
    "credit-refused": lambda f: _(
        "%(months)s months of earlier training in %(name)s do not count. %(reason)s", **named(f)
    ),
    "admitted-report-in": lambda f: _(
        "Welcome. Please report in by %(day)s.",
        day=last_day(date.fromisoformat(f["report_ends_on"])),
    ),
}
