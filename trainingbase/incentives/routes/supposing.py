"""What if: a rule or an amount were another one.  Nothing is kept."""

from dataclasses import replace
from decimal import Decimal

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow
from trainingbase.downloads import download
from trainingbase.form import number_or_none
from trainingbase.incentives import words as said
from trainingbase.incentives.forms.supposing import WhatIfForm
from trainingbase.incentives.queries import trying
from trainingbase.incentives.queries.book import book_of, rates_in, terms_of, versions_in
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.rules import Book
from trainingbase.incentives.tables import changes_table
from trainingbase.paging import page_of_list


def _form() -> WhatIfForm:
    form = WhatIfForm()
    months = trying.last_months(clock.today())
    form.month.choices = [(f"{one:%Y-%m}", i18n.month(one)) for one in months]
    return form


def _supposition(form: WhatIfForm):
    """What is asked, as a book of rules and rates; None where nothing is chosen yet."""
    months = trying.last_months(clock.today())
    month_on = next((one for one in months if f"{one:%Y-%m}" == form.month.data), months[0])
    running = versions_in(month_on)
    drafts = [one for scheme in trying.schemes() for one in scheme.versions if one.is_draft]
    own = [one for one in running if one.pay != "rate"]
    rates = rates_in(month_on)
    form.what.choices = [
        ("", _("Choose")),
        *((f"draft-{one.id}", _("Draft: %(name)s", name=i18n.named(one.scheme))) for one in drafts),
        *(
            (f"rule-{one.id}", f"{i18n.named(one.scheme)} ({i18n.money(one.amount)})")
            for one in own
        ),
        *((f"rate-{one.id}", f"{said.rate_name(one)} ({i18n.money(one.amount)})") for one in rates),
    ]
    if form.version.data and not form.what.data:
        form.what.data = f"rule-{form.version.data}"
    book = _book(form, book_of(month_on), [*drafts, *own])
    return trying.supposed(book, month_on, today=clock.today()) if book is not None else None


def _priced(name: str, amount: Decimal) -> str:
    return f"{name} ({i18n.money(amount)})"


def _book(form: WhatIfForm, book: Book, versions) -> Book | None:
    kind, _dash, number = (form.what.data or "").partition("-")
    amount: Decimal | None = form.amount.data if form.validate() else None
    rate_id = number_or_none(number)
    if kind == "rate" and amount is not None and rate_id is not None:
        return trying.with_rate(book, rate_id, amount)
    this = next((one for one in versions if str(one.id) == number), None)
    if this is None or kind not in ("draft", "rule"):
        return None
    terms = terms_of(this)
    if amount is not None:
        terms = replace(terms, amount=amount)
    elif kind == "rule":
        return None
    return trying.with_version(book, terms)


@incentives.get("/what-if")
@allow(*READERS)
def what_if():
    form = _form()
    found = _supposition(form)
    return render_template(
        "incentives/what_if.html",
        form=form,
        found=found,
        page=page_of_list(found.changes) if found else None,
        said=said,
    )


@incentives.get("/what-if/export/<string:kind>")
@allow(*READERS)
def what_if_export(kind: str):
    found = _supposition(_form())
    return download(changes_table(found.changes if found else []), kind, "what-if")
