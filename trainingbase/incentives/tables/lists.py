"""Lists about incentives as tables for a file, in the viewer's language."""

from collections import defaultdict
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.incentives.queries import runs as queries
from trainingbase.incentives.words import (
    BASES,
    BENEFICIARIES,
    account_names,
    arithmetic,
    correction_reason,
    price_of,
    source_name,
    what,
    whole_rule,
)
from trainingbase.sheets.write import Table


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


def shifts_table(shifts) -> Table:
    """Of a run beside the month before it."""
    rows = [
        [
            one.payee, one.before, one.now, one.gain, what(step.line), step.before, step.now,
            arithmetic(step.line) if step.now else "",
        ]
        for one in shifts
        for step in one.steps
    ]  # fmt: skip
    header = [_("Payee"), _("Before"), _("Now"), _("Difference"), _("For what"),
              _("Before, for this"), _("Now, for this"), _("Arithmetic")]  # fmt: skip
    return Table(_("Differences to last month"), header, rows)


def bank_table(payouts, columns, run) -> Table:
    """As the bank wants it: only the columns that the office chose, and who holds the account."""
    used = [one for one in columns if one.is_used]
    note = _("Incentives of %(month)s", month=f"{run.month_on:%Y-%m}")
    rows = [
        [
            {"note": note, "name": payout.holder}.get(one.field) or getattr(payout, one.field)
            for one in used
        ]
        for payout in payouts
    ]
    return Table(_("Bank file"), [one.header for one in used], rows)


def payroll_tables(run) -> list[Table]:
    """A row for each payee with a column for each thing paid for; then sums by department, site
    and source.  Every table ends in the same total."""
    lines = queries.all_lines(run)
    kinds = sorted({what(line) for line in lines})
    amounts: dict[tuple, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        amounts[line.payee_id or line.identity, line.paid_name][what(line)] += line.amount
    total = sum((line.amount for line in lines), Decimal(0))
    rows = [
        [name, *(by_kind.get(kind) for kind in kinds), sum(by_kind.values(), Decimal(0))]
        for (_who, name), by_kind in sorted(amounts.items(), key=lambda one: one[0][1])
    ]
    sums = [sum((by[kind] for by in amounts.values()), Decimal(0)) for kind in kinds]
    payroll = Table(_("Payroll"), [_("Payee"), *kinds, _("Total")],
                    [*rows, [_("Total"), *sums, total]])  # fmt: skip
    return [
        payroll,
        _sums(_("By department"), lines, lambda line: _name(line.department), total),
        _sums(_("By site"), lines, lambda line: _name(line.institution), total),
        _sums(_("By funding source"), lines, lambda line: source_name(line.source), total),
    ]


def _name(place) -> str:
    return i18n.named(place) if place is not None else _("no department or site")


def _sums(heading: str, lines, of, total: Decimal) -> Table:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[of(line)] += line.amount
    rows = [[name, amount] for name, amount in sorted(sums.items())]
    return Table(heading, [heading, _("Amount")], [*rows, [_("Total"), total]])


def appraisals_table(rows) -> Table:
    header = [_("Month"), _("Department"), _("Person"), _("Quality score"), _("Efficiency score"),
              _("Reward"), _("Deduction"), _("Points for teaching"), _("All points"),
              _("Note")]  # fmt: skip
    return Table(
        _("Monthly appraisals"),
        header,
        [
            [f"{one.month_on:%Y-%m}", i18n.named(one.department),
             one.person.name if one.person else "", one.quality, one.efficiency, one.reward,
             one.deduction, one.teaching_points, one.total_points, one.note or ""]
            for one in rows
        ],
    )  # fmt: skip


def entries_table(rows, sources) -> Table:
    names = account_names()
    header = [_("Entry"), _("Year"), _("Funding source"), _("Account"), _("Amount"), _("Posted")]
    return Table(
        _("Entries"),
        header,
        [
            [one.entry, one.year, source_name(sources.get(one.source_id)), names[one.account],
             one.amount, i18n.moment(one.posted_at)]
            for one in rows
        ],
    )  # fmt: skip
