"""A run as tables for a workbook, in the viewer's language."""

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.incentives.models import Run
from trainingbase.incentives.queries import runs as queries
from trainingbase.incentives.queries import uses
from trainingbase.incentives.words import (
    RULES,
    arithmetic,
    correction_reason,
    finding,
    rate_name,
    reason,
    source_name,
    what,
)
from trainingbase.sheets.write import Table


def tables_of(run: Run) -> list[Table]:
    """Lines, sums by payee, sums by source, rates that nothing could use, cases without a rate."""
    return [_lines(run), _payees(run), _sources(run), _rates(run), _findings(run)]


def _lines(run: Run) -> Table:
    header = [
        _("Month"), _("Payee"), _("For what"), _("Item"), _("Why"), _("Quantity"),
        _("Unit amount"), _("Cap"), _("Amount"), _("Arithmetic"), _("Funding source"),
    ]  # fmt: skip
    rows = [
        [
            f"{run.month_on:%Y-%m}", line.paid_name, str(RULES.get(line.rule) or what(line)),
            what(line), reason(line), line.quantity, line.unit_amount, line.cap,
            line.amount, arithmetic(line), source_name(line.source),
        ]
        for line in queries.all_lines(run)
    ]  # fmt: skip
    return Table(_("Lines"), header, rows)


def _payees(run: Run) -> Table:
    rows = queries.payee_rows(run)
    return Table(
        _("Sums by payee"),
        [_("Payee"), _("Lines"), _("Amount")],
        [[name, lines, amount] for _id, name, lines, amount in rows],
    )


def _sources(run: Run) -> Table:
    rows = [
        [source_name(source), lines, amount]
        for source, lines, amount in queries.sums_by_source(run)
    ]
    total = queries.totals_of(run)
    rows.append([_("Total"), total.lines, total.amount])
    return Table(_("Sums by source"), [_("Funding source"), _("Lines"), _("Amount")], rows)


def _rates(run: Run) -> Table:
    rows = [
        [rate_name(use.rate), use.rate.amount, i18n.day(use.rate.starts_on),
         _("used") if use.lines else _("nothing this month") if use.is_usable
         else _("no rule can use it"), use.lines, use.amount]
        for use in uses.rate_uses(run)
    ]  # fmt: skip
    header = [_("Rate"), _("Amount"), _("Since"), _("Use"), _("Lines"), _("Sum")]
    return Table(_("Rates"), header, rows)


def _findings(run: Run) -> Table:
    rows = [[finding(one["kind"], one["facts"])] for one in run.findings]
    return Table(_("Cases without a rate"), [_("Case")], rows)


def corrections_table(rows) -> Table:
    header = [_("Corrected month"), _("Payee"), _("Item"), _("Amount"), _("Why"), _("By"),
              _("Paid with")]  # fmt: skip
    return Table(
        _("Corrections"),
        header,
        [
            [
                f"{one.run.month_on:%Y-%m}", one.payee.name if one.payee else "—", what(one),
                one.amount, correction_reason(one.reason), one.made_by.name,
                f"{one.settled_run.month_on:%Y-%m}" if one.settled_run else "",
            ]
            for one in rows
        ],
    )  # fmt: skip
