"""Who is paid where, as tables for a file; of an account only what the page shows of it."""

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.incentives.words import PAYEE_KINDS, PAYOUT_STATES
from trainingbase.sheets.write import Table


def payouts_table(payouts) -> Table:
    header = [_("Payee"), _("Kind"), _("State"), _("Bank and branch"), _("Account ends in"),
              _("Of this month"), _("Carried over"), _("Amount")]  # fmt: skip
    rows = [
        [
            one.name, str(PAYEE_KINDS[one.kind]), str(PAYOUT_STATES[one.state]), one.bank,
            one.account[-4:], one.due, one.carried, one.amount,
        ]
        for one in payouts
    ]  # fmt: skip
    return Table(_("Payment"), header, rows)


def places_table(places) -> Table:
    header = [_("Name"), _("Kind"), _("Institution"), _("Account holder"), _("Bank and branch"),
              _("Account ends in"), _("Paid so far")]  # fmt: skip
    rows = [
        [
            i18n.named(one), str(PAYEE_KINDS[one.kind]), one.of or "", one.holder or "",
            one.bank or "", (one.number or "")[-4:], one.paid,
        ]
        for one in places
    ]  # fmt: skip
    return Table(_("Accounts of departments and sites"), header, rows)
