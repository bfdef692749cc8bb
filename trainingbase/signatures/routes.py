"""Whether something that was signed here is what was signed: open to anybody who holds it."""

from flask import Blueprint, redirect, render_template, request, url_for

from trainingbase import clock
from trainingbase.access import public, signed_in, viewer, viewer_or_none
from trainingbase.downloads import download
from trainingbase.paging import page_of
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.signatures import actions, queries, tables
from trainingbase.signatures.forms import DigestForm
from trainingbase.signatures.models import Signature
from trainingbase.signatures.rules import in_groups, read_digest
from trainingbase.signatures.words import KINDS

signatures = Blueprint("signatures", __name__, url_prefix="/signatures")


@signatures.get("/verify")
@public
def verify():
    form = DigestForm()
    wanted = read_digest(form.digest.data or "")
    if wanted is not None:
        return redirect(url_for("signatures.verify_one", digest=wanted))
    return render_template(
        "signatures/verify.html", form=form, unreadable=bool(request.args.get("digest"))
    )


@signatures.get("/verify/<string:digest>")
@public
def verify_one(digest: str):
    wanted, address = read_digest(digest), request.remote_addr or ""
    if queries.is_guessing(address, at=clock.real_now()):
        return render_template("signatures/too_many.html"), 429
    found = queries.with_digest(wanted) if wanted else []
    if not found:
        actions.note_miss(address, at=clock.real_now())
    intact = bool(found) and all(queries.is_intact(one) for one in found)
    page = render_template(
        "signatures/verified.html",
        digest=in_groups(wanted) if wanted else digest,
        found=found,
        intact=intact,
        stands=any(one.stands for one in found),
        names={one.id for one in found if _may_read_names(viewer_or_none(), one)},
        kinds=KINDS,
    )
    return page, 200 if found else 404


@signatures.get("/mine")
@signed_in
def mine():
    """What this person has signed, the newest first."""
    return render_template(
        "signatures/mine.html", page=page_of(queries.given_by(viewer())), kinds=KINDS
    )


@signatures.get("/mine/export/<string:kind>")
@signed_in
def export(kind: str):
    rows = queries.all_of(queries.given_by(viewer()))
    return download(tables.of_signatures(rows), kind, "signatures")


def _may_read_names(person: Person | None, signature: Signature) -> bool:
    """Strangers learn that it holds, not who signed."""
    if person is None:
        return False
    return person.holds(Role.OFFICE, Role.AUDITOR) or person.id == signature.signer_id
