"""The county's network as a drawing and as a table, and the work at one site."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.network import tables
from trainingbase.network.queries import county as queries
from trainingbase.network.queries import posting
from trainingbase.network.routes import READERS, network
from trainingbase.network.rules.layout import HEIGHT, WIDTH, lines_of
from trainingbase.network.rules.posting import lasts_months
from trainingbase.network.words import WEEKDAYS, WORK
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import institution_for, may_tend
from trainingbase.sites.words import AGREEMENT_STATES
from trainingbase.thresholds.queries import whole
from trainingbase.words import LEVELS

SEE_COUNTY = (Role.OFFICE, Role.AUDITOR, Role.LEADER)


@network.get("/county")
@allow(*SEE_COUNTY)
def county():
    return render_template(
        "network/county.html",
        sites=queries.county(today=clock.today()),
        agreements=AGREEMENT_STATES,
        levels=LEVELS,
        width=WIDTH,
        height=HEIGHT,
        lines_of=lines_of,
    )


@network.get("/county/export/<string:kind>")
@allow(*SEE_COUNTY)
def export_county(kind: str):
    table = tables.of_county(queries.county(today=clock.today()))
    return download(table, kind, _("The network"))


@network.get("/sites/<int:institution_id>")
@allow(*READERS)
def site_work(institution_id: int):
    """Experts who come to a site, and staff it sends up."""
    one = institution_for(viewer(), institution_id)
    today = clock.today()
    page = page_of(posting.postings(viewer(), institution_id=one.id, today=today))
    least = whole("short_course_months")
    courses = page_of(posting.courses(viewer(), institution_id=one.id))
    return render_template(
        "network/site_work.html",
        institution=one,
        page=page,
        hours=posting.hours_held([two.id for two in page.items]),
        courses=[(two, lasts_months(two.starts_on, two.ends_on, least)) for two in courses.items],
        least=least,
        work=WORK,
        weekdays=WEEKDAYS,
        tends=may_tend(viewer(), one),
    )
