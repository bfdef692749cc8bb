"""The page of one leave: its chain, what it does, and what this viewer may do with it."""

from dataclasses import dataclass

from flask import abort, render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.models import Leave
from trainingbase.files.sending import send
from trainingbase.form import Form
from trainingbase.history.queries import changes_of
from trainingbase.i18n import moment, named
from trainingbase.leave.forms import BackForm, ConfirmBackForm, DecisionForm, HandOverForm, WhyForm
from trainingbase.leave.models import Step
from trainingbase.leave.queries import deciding, ledger
from trainingbase.leave.queries import leaves as queries
from trainingbase.leave.queries.standing import preview_of
from trainingbase.leave.routes import leave
from trainingbase.leave.rules.judging import Wanted
from trainingbase.leave.words import FIELDS, PASSED, STATE_KINDS, STATES, STEPS
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.words import LEAVE_KINDS

SEEING = (
    Role.RESIDENT,
    Role.FACULTY,
    Role.SECRETARY,
    Role.SITE_COORDINATOR,
    Role.OFFICE,
    Role.AUDITOR,
)


@dataclass
class Forms:
    """What this viewer may fill in; None is not theirs now."""

    decision: Form | None = None
    handing_over: Form | None = None
    back: Form | None = None
    confirmation: Form | None = None
    revocation: Form | None = None


@leave.get("/<int:leave_id>", endpoint="one")
@allow(*SEEING)
def one_leave(leave_id: int):
    return page_of_leave(queries.leave_for(viewer(), leave_id))


def page_of_leave(leave: Leave, status: int = 200, **sent: Form):
    """`sent` are forms that came back with errors, in place of empty ones."""
    forms = _forms(leave)
    for name, form in sent.items():
        setattr(forms, name, form)
    steps = queries.chain(leave)
    papers = queries.papers_of(leave)
    page = render_template(
        "leave/one.html",
        one=leave,
        forms=forms,
        own=leave.resident.person_id == viewer().id,
        seen=_seen(leave) if forms.decision else None,
        unknown_years=[],
        step_names=STEPS,
        steps=[_shown(step, leave) for step in steps],
        has_returned=leave.returned_on is not None,
        papers=papers if deciding.may_read_papers(viewer(), leave) else [],
        papers_hidden=len(papers),
        end_dates=ledger.changes_for(leave),
        changes=page_of(changes_of(leave)) if viewer().holds(Role.OFFICE, Role.AUDITOR) else None,
        labels=FIELDS,
        kinds=LEAVE_KINDS,
        states=STATES,
        state_kinds=STATE_KINDS,
    )
    return page, status


def _seen(leave: Leave):
    """What the leave would do, for who decides on it."""
    wanted = Wanted(leave.kind, leave.starts_on, leave.ends_on, by_office=True)
    return preview_of(leave.resident, wanted, today=clock.today(), besides=leave.id)


def _forms(leave: Leave) -> Forms:
    forms, person, now = Forms(), viewer(), clock.now()
    version = {"version": leave.version}
    if deciding.may_decide(person, leave, at=now):
        forms.decision = DecisionForm(formdata=None, data=version)
        step = deciding.present_step(leave)
        if step and not step.is_the_offices and deciding.asks(step, person):
            forms.handing_over = HandOverForm(formdata=None, data=version)
    back = leave.granted is True and leave.returned_on is None
    if back and leave.resident.person_id == person.id:
        data = {"back_on": leave.reported_on or leave.ends_on}
        forms.back = BackForm(formdata=None, data=data)
    begun = leave.starts_on <= clock.today() or leave.reported_on is not None
    if begun and deciding.may_confirm(person, leave):
        data = version | {"back_on": leave.reported_on or leave.ends_on}
        forms.confirmation = ConfirmBackForm(formdata=None, data=data)
    if back and person.holds(Role.OFFICE):
        forms.revocation = WhyForm(formdata=None, data=version)
    return forms


def _shown(step: Step, leave: Leave) -> dict:
    """A step of the chain as the timeline shows it."""
    whose = step.person.name if step.person else None
    if step.step == "secretary" and step.department:
        whose = named(step.department)
    title = f"{STEPS[step.step]}: {whose}" if whose else str(STEPS[step.step])
    said = [step.reason or ""]
    if step.passed_because:
        said.insert(0, str(PASSED[step.passed_because]))
    if step.decided_at:
        when = f"{moment(step.decided_at)} · {step.decided_by.name}"
        kind = "good" if step.approved else "bad"
        title = f"{title} – {_('approved') if step.approved else _('refused')}"
    elif leave.granted is None and step.opened_at:
        when, kind = _("asked since %(moment)s", moment=moment(step.opened_at)), "waiting"
    else:
        when = _("comes later") if leave.granted is None else _("not asked any more")
        kind = "neutral"
    current = kind == "waiting"
    text = ". ".join(part for part in said if part)
    return {"title": title, "when": when, "kind": kind, "text": text, "current": current}


@leave.get("/<int:leave_id>/papers/<int:paper_id>")
@allow(*SEEING)
def paper(leave_id: int, paper_id: int):
    one = queries.leave_for(viewer(), leave_id)
    if not deciding.may_read_papers(viewer(), one):
        abort(404)
    return send(queries.paper_of(one, paper_id).file)
