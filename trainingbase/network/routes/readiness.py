"""Whether sites have what is required, and the requirements themselves."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.network import actions, tables
from trainingbase.network.forms import RuleForm
from trainingbase.network.queries import readiness as queries
from trainingbase.network.routes import READERS, network
from trainingbase.network.routes.county import SEE_COUNTY
from trainingbase.network.words import CONFIDENCE, RULE_KINDS
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import institution_for, institutions_seen
from trainingbase.sites.words import FIELDS
from trainingbase.stale import Stale
from trainingbase.words import LEVELS


def _all():
    sites = [one for one in institutions_seen(viewer()) if not one.is_retired(clock.today())]
    return queries.readiness_of(sites, today=clock.today())


@network.get("/readiness")
@allow(*SEE_COUNTY)
def readiness():
    return render_template("network/readiness.html", sites=_all(), levels=LEVELS)


@network.get("/readiness/export/<string:kind>")
@allow(*SEE_COUNTY)
def export_readiness(kind: str):
    return download(tables.of_readiness(_all()), kind, _("Readiness"))


@network.get("/sites/<int:institution_id>/readiness")
@allow(*READERS)
def site_readiness(institution_id: int):
    one = institution_for(viewer(), institution_id)
    return render_template(
        "network/site_readiness.html",
        institution=one,
        ready=queries.readiness_of([one], today=clock.today())[0],
        kinds=RULE_KINDS,
        levels=LEVELS,
    )


@network.get("/sites/<int:institution_id>/readiness/export/<string:kind>")
@allow(*READERS)
def export_site_readiness(institution_id: int, kind: str):
    one = institution_for(viewer(), institution_id)
    found = queries.readiness_of([one], today=clock.today())
    return download(tables.of_readiness(found), kind, _("Readiness"))


@network.get("/requirements")
@allow(Role.OFFICE, Role.AUDITOR)
def rules():
    return render_template(
        "network/rules.html",
        rules=queries.all_rules(),
        kinds=RULE_KINDS,
        levels=LEVELS,
        confidence=CONFIDENCE,
    )


@network.route("/requirements/<int:rule_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_rule(rule_id: int):
    rule = queries.rule_by_id(rule_id)
    form = RuleForm(obj=rule)
    if request.method == "GET":
        form.words.data = "，".join(rule.what)
    stale = None
    if form.validate_on_submit():
        answers = {
            name: form[name].data for name in ("name", "name_en", "least", "source", "in_use")
        }
        answers["what"] = [one for one in re.split(r"[，,、;；\s]+", form.words.data or "") if one]
        try:
            actions.edit_rule(
                rule,
                answers,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
                why=form.why.data,
            )
        except Stale:
            stale = form.stale_against(rule, words="，".join(rule.what))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("network.rules"))
    page = render_template(
        "network/rule.html",
        form=form,
        rule=rule,
        stale=stale,
        changes=page_of(changes_of(rule)),
        labels=FIELDS
        | {
            "least": _("At least"),
            "what": _("Names that do"),
            "in_use": _("In use"),
            "source": _("Source"),
        },
    )
    return page, 200 if stale is None else 409
