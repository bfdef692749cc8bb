"""The leader's signature, the resident's, and what was signed as it was signed."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options
from trainingbase.leaving import actions
from trainingbase.leaving.forms import ReviewForm, SeenForm
from trainingbase.leaving.models import NotNow, Vetoed
from trainingbase.leaving.printing import sections
from trainingbase.leaving.queries import deciding as queries
from trainingbase.leaving.queries import standing_of
from trainingbase.leaving.queries.duties import RESIDENT, SIGNER, SUPERVISOR
from trainingbase.leaving.routes.blueprint import SEEING, leaving, seen, with_duty
from trainingbase.leaving.routes.one import WORDS
from trainingbase.leaving.rules.content import changed, lines_of
from trainingbase.leaving.words import SIGNERS, stopping
from trainingbase.roles import Role
from trainingbase.signatures.queries import is_intact
from trainingbase.signatures.rules import digest, in_groups
from trainingbase.stale import Stale


@leaving.route("/<int:placement_id>/review", methods=["GET", "POST"])
@allow(Role.FACULTY)
def review(placement_id: int):
    placement, duties = with_duty(placement_id, SIGNER)
    current = queries.current(placement.id)
    if current is None or current.state != "ready":
        flash(_("There is nothing to sign here now."), "info")
        return redirect(url_for("leaving.one", placement_id=placement_id))
    standing = standing_of([placement.id])[placement.id]
    ready = queries.to_review(placement, standing, today=clock.today())
    seen_now = digest(ready.content)
    form, status = _review_form(current, standing, ready, seen_now), 200
    if form.validate_on_submit():
        try:
            if form.signs(lambda proof: _review(current, form, proof)):
                flash(_("Signed, and the resident is told."), "success")
                return redirect(url_for("leaving.one", placement_id=placement_id))
        except Vetoed:
            form.refuse("verdict", " ".join(stopping(standing.vetoes, standing.unentered)))
        except actions.Deviates:
            form.refuse("reason", _("Say why: the rules propose another verdict."))
        except Stale:
            status = 409
            form.seen.raw_data, form.seen.data = None, seen_now
            form.version.raw_data, form.version.data = None, current.version
        except NotNow:
            flash(_("There is nothing to sign here now."), "info")
            return redirect(url_for("leaving.one", placement_id=placement_id))
    page = render_template(
        "leaving/review.html",
        placement=placement,
        form=form,
        current=current,
        standing=standing,
        sections=sections(ready.content["fields"]),
        content=ready.content,
        alone=SUPERVISOR in duties,
        stops=stopping(standing.vetoes, standing.unentered),
        stale=status == 409,
        **WORDS,
    )
    return page, status


def _review_form(current, standing, ready, seen_now: str) -> ReviewForm:
    form = ReviewForm(
        data={
            "version": current.version,
            "seen": seen_now,
            "verdict": standing.proposed,
            "reviewers": [one.id for one in ready.reviewers],
        }
    )
    form.reviewers.choices = options({one.id: one.name for one in ready.reviewers})
    return form


def _review(current, form: ReviewForm, proof):
    return actions.review(
        current,
        form.given(),
        seen=form.seen.data or "",
        proof=proof,
        version=form.version.data,
        by=viewer(),
        at=clock.now(),
    )


@leaving.route("/<int:placement_id>/signature", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def sign(placement_id: int):
    placement, _duties = with_duty(placement_id, RESIDENT)
    current = queries.current(placement.id)
    if current is None or not current.is_signed or current.seen_at is not None:
        flash(_("There is nothing to sign here now."), "info")
        return redirect(url_for("leaving.one", placement_id=placement_id))
    form = SeenForm(data={"version": current.version})
    if form.validate_on_submit() and not form.errors:
        try:
            if form.signs(
                lambda proof: actions.see(
                    current,
                    remark=form.remark.data or None,
                    objects=form.objects.data,
                    proof=proof,
                    version=form.version.data,
                    by=viewer(),
                    at=clock.now(),
                )
            ):
                flash(_("Signed."), "success")
                return redirect(url_for("leaving.one", placement_id=placement_id))
        except (NotNow, Stale):
            flash(_("The result has changed meanwhile: look at it again."), "error")
            return redirect(url_for("leaving.one", placement_id=placement_id))
    return render_template(
        "leaving/sign.html",
        placement=placement,
        form=form,
        current=current,
        sections=sections(current.content["fields"]),
        **WORDS,
    )


@leaving.get("/<int:placement_id>/signed/<int:leaving_id>")
@allow(*SEEING)
def signed(placement_id: int, leaving_id: int):
    """Word for word what was signed, and what has changed since."""
    placement = seen(placement_id)
    row = next((one for one in queries.rounds(placement.id) if one.id == leaving_id), None)
    if row is None or row.content is None:
        abort(404)
    standing = standing_of([placement.id])[placement.id]
    lines = lines_of(row.content["lines"])
    given = [one for one in (row.signature, row.view_signature) if one is not None]
    return render_template(
        "leaving/signed.html",
        placement=placement,
        row=row,
        lines=lines,
        changed=changed(lines, standing.lines),
        sections=sections(row.content["fields"]),
        signatures=given,
        intact=all(is_intact(one) for one in given),
        signers=SIGNERS,
        in_groups=in_groups,
        **WORDS,
    )
