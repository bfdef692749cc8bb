"""The pages of the faculty roster."""

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow
from trainingbase.faculty import queries, rules
from trainingbase.faculty.forms import RosterSearchForm
from trainingbase.faculty.words import FINDINGS
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions
from trainingbase.thresholds.queries import whole

faculty = Blueprint("faculty", __name__, url_prefix="/faculty")

READERS = (Role.OFFICE, Role.AUDITOR, Role.LEADER)
AHEAD = timedelta(days=90)


@faculty.get("/")
@allow(*READERS)
def roster():
    form, today, years = RosterSearchForm(), clock.today(), whole("certificate_years")
    form.institution.choices = options({0: _("All")} | {i.id: named(i) for i in institutions()})
    rows = queries.roster(
        search=form.search.data or "",
        institution_id=form.institution.data,
        certificate=form.certificate.data or "",
        lapsed_before=rules.years_before(today, years),
        lapsing_before=rules.years_before(today + AHEAD, years),
        sort=request.args.get("sort", ""),
    )
    return render_template(
        "faculty/roster.html", form=form, page=page_of(rows), findings=_findings(today, years)
    )


@faculty.get("/<int:member_id>")
@allow(*READERS)
def member(member_id: int):
    today, years = clock.today(), whole("certificate_years")
    return render_template(
        "faculty/member.html",
        member=queries.member_by_id(member_id),
        findings=_findings(today, years),
        lapse=lambda issued_on: rules.lapse(issued_on, years),
    )


def _findings(today, years):
    """For a template: what stands against a member supervising, in words."""

    def of(member) -> list[str]:
        issued = [certificate.issued_on for certificate in member.certificates]
        found = rules.findings(member.title, issued, today=today, soon=today + AHEAD, years=years)
        return [str(FINDINGS[one]) for one in found]

    return of
