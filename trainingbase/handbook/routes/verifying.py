"""Verifying a handbook: open to everybody who holds one."""

from flask import render_template, request

from trainingbase import clock
from trainingbase.access import public
from trainingbase.handbook.forms import VerificationForm
from trainingbase.handbook.queries import handbooks as queries
from trainingbase.handbook.routes.blueprint import handbook
from trainingbase.handbook.routes.issued import words
from trainingbase.handbook.rules.content import agrees, as_checksum, as_code, veiled
from trainingbase.signatures.actions import note_miss
from trainingbase.signatures.queries import is_guessing


@handbook.get("/verify")
@public
def verify():
    """Only code and checksum together say anything; wrong ones all say the same."""
    form, address = VerificationForm(), request.remote_addr or ""
    asked = "code" in request.args
    book = None
    if asked and is_guessing(address, at=clock.real_now()):
        return render_template("signatures/too_many.html"), 429
    if asked and form.validate():
        found = queries.by_code(as_code(form.code.data))
        if found is not None and agrees(as_checksum(form.checksum.data), found.digest):
            book = found
        else:
            note_miss(address, at=clock.real_now())
    page = render_template(
        "handbook/verify.html",
        form=form,
        asked=asked and not form.errors,
        book=book,
        intact=book is not None and book.is_intact,
        veiled=veiled,
        **words(),
    )
    return page, 404 if asked and book is None else 200
