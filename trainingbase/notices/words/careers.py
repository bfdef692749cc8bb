"""Of service that is owed, places of work, follow-ups and awards."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import day, language, money


def _amount(facts: dict) -> dict:
    found = {**facts, "amount": money(Decimal(facts["amount"]))}
    if "left" in facts:
        found["left"] = money(Decimal(facts["left"]))
    return found


def _since(facts: dict) -> dict:
    return {**facts, "day": day(date.fromisoformat(facts["since"]))}


SENTENCES: dict[str, Callable[[dict], str]] = {
    "employment-claimed": lambda f: _("%(name)s is said to work at %(place)s: decide on it.", **f),
    "employment-decided": lambda f: (
        _("Your place of work %(place)s was approved: it counts.", **f)
        if f["granted"]
        else _("Your place of work %(place)s was not approved. %(reason)s", **f)
    ),
    "bond-broken": lambda f: _(
        "A breach of your service obligation was declared: %(amount)s yuan.", **_amount(f)
    ),
    "bond-breach-cancelled": lambda f: _(
        "The breach of your service obligation was taken back: %(because)s", **f
    ),
    "waiver-asked": lambda f: _(
        "%(by)s proposes to waive %(amount)s yuan of %(name)s: decide on it.", **_amount(f)
    ),
    "waiver-decided": lambda f: (
        _("Waived: %(amount)s yuan of %(name)s.", **_amount(f))
        if f["granted"]
        else _("Not waived: %(amount)s yuan of %(name)s.", **_amount(f))
    ),
    "bond-paid": lambda f: _(
        "Your payment of %(amount)s yuan was entered; %(left)s yuan are open.", **_amount(f)
    ),
    "bond-payment-reversed": lambda f: _(
        "Your payment of %(amount)s yuan was reversed: %(because)s", **_amount(f)
    ),
    "bond-milestone": lambda f: _("%(percent)s %% of your service is done.", **f),
    "bond-served": lambda f: _("Your service obligation is fulfilled."),
    "bond-served-of": lambda f: _("%(name)s has fulfilled a service obligation: certify it.", **f),
    "bond-late": lambda f: _(
        "Your service is late since %(day)s: say where you work, or speak to the office.",
        **_since(f),
    ),
    "bond-late-of": lambda f: _("The service of %(name)s is late since %(day)s.", **_since(f)),
    "bond-certified": lambda f: _("The certificate of your service is ready."),
    "follow-ups-due": lambda f: _("Graduates to ask where they work: %(number)s.", **f),
    "graduate-answered": lambda f: (
        _("%(name)s has moved to another place of work.", **f)
        if f["moved"]
        else _("%(name)s does not work at present.", **f)
    ),
    "promotion-ready": lambda f: _(
        "You meet every condition of “%(scheme)s”: see the evidence.",
        scheme=f["scheme_en"] if language() == "en" else f["scheme"],
    ),
    "award-given": lambda f: _("An award was entered for you: %(award)s.", **f),
}
