"""Having handbooks made, watching how far that is, and taking them all as one archive."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import cohorts, resident_of
from trainingbase.form import options
from trainingbase.handbook import actions, tables
from trainingbase.handbook.forms import LineListForm, OneForm, OrderForm
from trainingbase.handbook.models import HandbookOrder, OrderLine, Over
from trainingbase.handbook.queries import handbooks, orders
from trainingbase.handbook.routes.blueprint import EVERY_READER, MAKERS, handbook
from trainingbase.handbook.routes.issued import words
from trainingbase.handbook.rules.archive import Member, archive, member
from trainingbase.handbook.words import (
    EVERYBODY,
    IN_TRAINING,
    LINE_KINDS,
    LINE_STATES,
    ORDER_KINDS,
    ORDER_STATES,
)
from trainingbase.i18n import language, named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sheets import write


def _order(residents, form: OneForm, title: str) -> HandbookOrder:
    return actions.order(
        residents,
        title=title,
        language=form.language.data,
        address=url_for("handbook.verify", _external=True),
        by=viewer(),
        at=clock.now(),
        request_key=form.form_key.data,
    )


@handbook.post("/mine")
@allow(Role.RESIDENT)
def make_mine():
    form = OneForm()
    if not form.validate_on_submit():
        return redirect(url_for("handbook.mine"))
    resident = resident_of(viewer())
    made = _order([resident], form, resident.name)
    return redirect(url_for("handbook.order", order_id=made.id))


@handbook.route("/new", methods=["GET", "POST"])
@allow(Role.FACULTY, Role.OFFICE)
def new():
    """Of one resident, of a cohort, of everybody; of which, the address may have chosen."""
    chosen = request.args.get("resident", "")
    usual = {"whose": f"resident-{chosen}", "language": language()}
    form = OrderForm(data=usual if request.method == "GET" else None)
    form.whose.choices = options(_whom())
    if form.validate_on_submit():
        residents, title = _chosen(form.whose.data)
        if residents:
            made = _order(residents, form, title)
            return redirect(url_for("handbook.order", order_id=made.id))
        form.refuse("whose", _("There is nobody here."))
    return render_template("handbook/new.html", form=form)


def _whom() -> dict[str, str]:
    found = {}
    if viewer().holds(Role.OFFICE):
        found = {IN_TRAINING: _("Everybody in training"), EVERYBODY: _("Everybody")}
        found |= {f"cohort-{one.id}": named(one) for one in cohorts()}
    found |= {
        f"resident-{one.id}": f"{one.name} · {named(one.cohort)}"
        for one in handbooks.residents_to_make_for(viewer())
    }
    return found


def _chosen(whose: str) -> tuple[list[Resident], str]:
    kind, _dash, key = whose.partition("-")
    if kind == "resident":
        residents = handbooks.residents_to_make_for(viewer(), ids=[int(key)])
        return list(residents), residents[0].name if residents else ""
    residents = handbooks.residents_to_make_for(
        viewer(), cohort_id=int(key) if key else 0, in_training=kind == IN_TRAINING
    )
    return list(residents), _whom()[whose]


@handbook.get("/orders")
@allow(*EVERY_READER)
def all_orders():
    page = page_of(orders.visible_to(viewer()))
    return render_template(
        "handbook/orders.html",
        page=page,
        counts=orders.counts([one.id for one in page.items]),
        **_order_words(),
    )


def _order_words() -> dict:
    return words() | {
        "order_states": ORDER_STATES,
        "order_kinds": ORDER_KINDS,
        "line_states": LINE_STATES,
        "line_kinds": LINE_KINDS,
    }


@handbook.get("/orders/<int:order_id>", endpoint="order")
@allow(*EVERY_READER)
def one_order(order_id: int):
    order = orders.order_for(viewer(), order_id)
    form = LineListForm()
    if request.args.get("poll") and order.is_over:  # it ended since the page was opened
        return "", 200, {"HX-Refresh": "true"}
    silent = order.alive_at is not None and clock.real_now() - order.alive_at > actions.SILENCE
    return render_template(
        "handbook/_progress.html" if request.args.get("poll") else "handbook/order.html",
        order=order,
        form=form,
        page=page_of(orders.lines(order, viewer(), state=form.state.data or "")),
        counts=orders.counts([order.id])[order.id],
        silent=silent,
        **_order_words(),
    )


@handbook.get("/orders/<int:order_id>/export/<string:kind>")
@allow(*EVERY_READER)
def export_order(order_id: int, kind: str):
    order = orders.order_for(viewer(), order_id)
    rows = orders.lines(order, viewer(), state=LineListForm().state.data or "")
    return download(tables.of_lines(handbooks.all_of(rows)), kind, order.title)


@handbook.post("/orders/<int:order_id>/stop")
@allow(*MAKERS)
def stop(order_id: int):
    order = orders.order_for(viewer(), order_id)
    try:
        actions.stop(order, by=viewer(), at=clock.now())
    except Over:
        flash(_("This order was over before."), "info")
    else:
        flash(_("Stopped. What was made stays."), "success")
    return redirect(url_for("handbook.order", order_id=order_id))


@handbook.get("/orders/<int:order_id>/archive")
@allow(*EVERY_READER)
def take_archive(order_id: int):
    """What is made so far, with a list of it and of what failed, written as it is read."""
    order = orders.order_for(viewer(), order_id)
    if not orders.made_for(order, viewer()):
        abort(404)
    listing = tables.of_lines(handbooks.all_of(orders.lines(order, viewer())))
    # On the disk: the answer closes it, and it is gone.
    held = TemporaryFile()  # noqa: SIM115
    for piece in archive(_members(order, write.csv_text(listing))):
        held.write(piece)
    held.seek(0)
    name = f"handbooks-{order.id}.zip"
    return send_file(held, mimetype="application/zip", as_attachment=True, download_name=name)


def _members(order: HandbookOrder, listing: bytes) -> Iterator[Member]:
    yield member("index.csv", listing, order.asked_at.astimezone(clock.LOCAL))
    for line in orders.packed_lines(order, viewer()):
        yield _member(line)


def _member(line: OrderLine) -> Member:
    stored = line.handbook.file
    at = line.handbook.issued_at.astimezone(clock.LOCAL)
    return Member(tables.name_in_archive(line), line.packed, stored.size, line.crc, at)
