"""A run as tables for a workbook, in the viewer's language."""

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.incentives.models import Run
from trainingbase.incentives.queries import runs as queries
from trainingbase.incentives.queries import uses
from trainingbase.incentives.words import (
    BASES,
    BENEFICIARIES,
    RULES,
    arithmetic,
    correction_reason,
    finding,
    price_of,
    rate_name,
    reason,
    source_name,
    what,
    whole_rule,
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


def schemes_table(schemes) -> Table:
    header = [_("Rule"), _("Who is paid"), _("Paid for"), _("In words"), _("Only if"),
              _("How much of it"), _("Amount"), _("Cap"), _("Version"), _("Since")]  # fmt: skip
    rows = [
        [
            scheme.name, str(BENEFICIARIES[scheme.beneficiary]), str(BASES[one.basis]),
            whole_rule(one), one.applies, one.quantity, price_of(one), one.cap, one.number,
            i18n.day(one.starts_on),
        ]
        for scheme in schemes
        for one in scheme.versions
    ]  # fmt: skip
    return Table(_("Rules"), header, rows)


def changes_table(changes) -> Table:
    """Of a supposition."""
    rows = [[one.payee, one.now, one.then, one.gain] for one in changes]
    header = [_("Payee"), _("Now"), _("Supposed"), _("Difference")]
    return Table(_("Who gains and who loses"), header, rows)
