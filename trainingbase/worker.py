"""What each queued job does, and what happens every day: `trainingbase worker`.

A separate process, because a hard plan takes longer than a page may, and because the web server
should not carry OR-Tools.
"""

import logging
from datetime import date

from trainingbase import clock, queue
from trainingbase.queue import job

log = logging.getLogger(__name__)


@job("solve-plan")
def solve_plan(plan_id: int) -> None:
    from trainingbase.rotations import solving

    solving.solve_plan(plan_id)


@job("revive-plans")
def revive_plans() -> None:
    """Plans whose worker was killed are taken up again."""
    from trainingbase.rotations import solving

    solving.revive(at=clock.real_now())


@job("make-handbooks")
def make_handbooks(order_id: int) -> None:
    from trainingbase.handbook import making

    making.make(order_id)


@job("revive-handbooks")
def revive_handbooks() -> None:
    """Orders of handbooks whose worker was killed are taken up again."""
    from trainingbase.handbook import making

    making.revive(at=clock.real_now())


@job("ask-for-assessments")
def ask_for_assessments() -> None:
    from trainingbase.assessments import asking

    asking.ask_and_remind(today=clock.today(), at=clock.now())


@job("send-mail")
def send_mail() -> None:
    from flask import current_app

    from trainingbase.careers.actions import writing
    from trainingbase.mailing import delivering
    from trainingbase.mailing.settings import settings_of

    settings, today = settings_of(current_app.config), clock.today()
    bodies = writing.bodies(settings, current_app.config["SECRET_KEY"], today=today)
    delivering.deliver(settings, today=today, at=clock.now(), bodies=bodies)


@job("expire-swaps")
def expire_swaps() -> None:
    from trainingbase.swaps import actions

    actions.expire(today=clock.today(), at=clock.now())


@job("remind-of-certificates")
def remind_of_certificates() -> None:
    from trainingbase.faculty import actions

    actions.remind_of_certificates(today=clock.today(), at=clock.now())


@job("close-accounts")
def close_accounts() -> None:
    """Of faculty whose last day has passed."""
    from trainingbase.supervision import actions

    actions.close_accounts(today=clock.today(), at=clock.now())


@job("tell-of-late-arrivals")
def tell_of_late_arrivals() -> None:
    """Once a day of each, so that running it again tells nobody twice."""
    from trainingbase.entering import actions

    actions.tell_of_late(today=clock.today(), at=clock.now())


@job("remind-of-agreements")
def remind_of_agreements() -> None:
    from trainingbase.network import actions

    actions.remind_of_agreements(today=clock.today(), at=clock.now())


@job("move-leavings")
def move_leavings() -> None:
    """Hand over what is ready, note who has left, close what nobody signs, remind."""
    from trainingbase.leaving import actions

    today, at = clock.today(), clock.now()
    actions.prepare_those_ready(today=today, at=at)
    actions.complete_those_over(today=today, at=at)
    actions.close_unsigned(today=today, at=at)
    actions.remind(today=today, at=at)


@job("remind-of-log")
def remind_of_log() -> None:
    """Supervisors for whom entries of the log wait."""
    from trainingbase.logbook.actions import deciding

    deciding.remind(at=clock.now(), path="/log/to-confirm")


@job("remind-of-months")
def remind_of_months() -> None:
    """Of attendance, after the base's deadline."""
    from trainingbase.attendance import actions

    actions.remind_of_months(today=clock.today(), at=clock.now())


@job("remind-of-activities")
def remind_of_activities() -> None:
    from trainingbase.training.actions import reminding

    reminding.remind(today=clock.today(), at=clock.now())


@job("count-figures")
def count_figures(*, whole: bool = False) -> None:
    """The monthly figures of training quality, where something has changed."""
    from trainingbase.quality import actions

    count = actions.count_anew if whole else actions.count_changed
    count(today=clock.today(), at=clock.now())


@job("verify-figures")
def verify_figures() -> None:
    """At night, when little changes: counted, and then compared with the rows."""
    from trainingbase.logbook.actions import keeping
    from trainingbase.quality import actions

    keeping.verify(at=clock.now())
    actions.count_changed(today=clock.today(), at=clock.now())
    actions.verify(at=clock.now())


@job("keep-completion")
def keep_completion() -> None:
    """Figures of completion under which something has changed."""
    from trainingbase.logbook.actions import keeping

    keeping.keep_changed(at=clock.now())


@job("compare-cohorts")
def compare_cohorts() -> None:
    """What the ratings of a cohort say together, where new ones have come."""
    from trainingbase.judging.actions import comparing

    comparing.keep(today=clock.today(), at=clock.now())


@job("make-report")
def make_report(kind: str, starts_on: str, tongue: str, by_id: int) -> None:
    from trainingbase.people.queries import person_by_id
    from trainingbase.reports import making

    start = date.fromisoformat(starts_on)
    making.make(kind, start, tongue, by=person_by_id(by_id), at=clock.now())


@job("make-monthly-report")
def make_monthly_report() -> None:
    from trainingbase.reports import making

    making.make_due("month", today=clock.today(), at=clock.now())


@job("make-yearly-report")
def make_yearly_report() -> None:
    from trainingbase.reports import making

    making.make_due("year", today=clock.today(), at=clock.now())


@job("move-ballots")
def move_ballots() -> None:
    """Anonymous opinions: close and release what is over, open what is due, remind, forget, mix."""
    from trainingbase.ballots import actions

    today, at = clock.today(), clock.now()
    actions.settle(today=today, at=at)
    actions.open_due(today=today, at=at)
    actions.remind(today=today, at=at)
    actions.forget_register(today=today, at=at)
    actions.mix(at=at)


@job("watch-residents")
def watch_residents() -> None:
    """Rules of early warning look at everybody."""
    from trainingbase.judging.actions import watching

    watching.watch(today=clock.today(), at=clock.now())


@job("follow-graduates")
def follow_graduates() -> None:
    """Who is to be asked today where they work, and what of their service was reached."""
    from trainingbase.careers.actions import following, milestones

    following.make_tasks(today=clock.today(), at=clock.now())
    milestones.tell_of_milestones(today=clock.today(), at=clock.now())


@job("anchor-audit")
def anchor_audit() -> None:
    from trainingbase.audit import anchors, queries

    anchors.drop(queries.end())


@job("forget-what-is-over")
def forget_what_is_over() -> None:
    from trainingbase.accounts import actions

    actions.forget_what_is_over(at=clock.real_now())


SCHEDULE = {
    "every_minute": (revive_plans, {"minute": "*"}),
    "handbooks": (revive_handbooks, {"minute": "*"}),
    "completion": (keep_completion, {"minute": "*"}),
    "every_hour": (ask_for_assessments, {"minute": "5"}),
    "cohorts": (compare_cohorts, {"minute": "*/10"}),
    "mail": (send_mail, {"minute": "*/5"}),
    "note_the_trail": (anchor_audit, {"minute": "10"}),
    "every_night": (forget_what_is_over, {"hour": "3", "minute": "40"}),
    "every_morning": (remind_of_certificates, {"hour": "5", "minute": "20"}),
    "after_midnight": (close_accounts, {"hour": "0", "minute": "10"}),
    "leavings": (move_leavings, {"hour": "5", "minute": "40"}),
    "ballots": (move_ballots, {"hour": "4", "minute": "10"}),
    "watch": (watch_residents, {"hour": "6", "minute": "0"}),
    "expire_swaps": (expire_swaps, {"minute": "15"}),
    "agreements": (remind_of_agreements, {"minute": "20"}),
    "log": (remind_of_log, {"hour": "17", "minute": "10"}),
    "late_arrivals": (tell_of_late_arrivals, {"minute": "25"}),
    "months": (remind_of_months, {"hour": "8", "minute": "30"}),
    "activities": (remind_of_activities, {"minute": "25"}),
    "figures": (count_figures, {"minute": "35"}),
    "verify_figures": (verify_figures, {"hour": "2", "minute": "50"}),
    "monthly_report": (make_monthly_report, {"day": "5", "hour": "4", "minute": "10"}),
    "yearly": (make_yearly_report, {"month": "1", "day": "10", "hour": "4", "minute": "20"}),
    "graduates": (follow_graduates, {"hour": "6", "minute": "10"}),
}
"""What is done by itself, and when: minutes, hours and days as `huey.crontab` has them."""


def run(app) -> None:
    """Work until told to stop (SIGINT, SIGTERM)."""
    from huey import crontab

    broker = queue.broker()
    for name, (function, when) in SCHEDULE.items():
        broker.periodic_task(crontab(**when), name=name)(in_app(app, function))
    jobs = {name: in_app(app, function) for name, function in queue.JOBS.items()}
    queue.JOBS.update(jobs)
    consumer = broker.create_consumer(
        workers=1, max_delay=1.0, initial_delay=0.1, worker_type="thread"
    )
    consumer.run()


def in_app(app, function):
    """The function within its own app context, so that no session outlives a job."""

    def called(**arguments):
        with app.app_context():
            return function(**arguments)

    return called
