"""Commands about money and figures."""

import json
import sys
from datetime import date, datetime
from decimal import Decimal

import click

from trainingbase import clock
from trainingbase.cli.database import portal


def month_of(_context, _parameter, text: str) -> date:
    """2026-10 as its first day."""
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=clock.LOCAL).date()
    except ValueError as wrong:
        raise click.BadParameter("Give the month as 2026-10.") from wrong


@click.command("run-incentives")
@click.argument("month", callback=month_of)
@click.option("--preview", is_flag=True, help="Compute and show, but keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Every line, as JSON.")
def run_incentives(month: date, preview: bool, as_json: bool) -> None:
    """Compute the incentives of MONTH (2026-10) from what happened.

    A computation that was not approved is replaced; an approved month is refused.
    """
    from trainingbase.incentives import actions
    from trainingbase.incentives.models import AlreadyApproved
    from trainingbase.incentives.queries import ledger

    app = portal()
    with app.app_context():
        if month > clock.today():
            raise click.ClickException("This month has not begun.")
        drafts, findings = ledger.computed_month(month, today=clock.today())
        if not preview:
            try:
                actions.compute_run(month, by=None, at=clock.now())
            except AlreadyApproved:
                raise click.ClickException("This month is approved and locked.") from None
        told = _told(month, drafts, findings, ledger.unusable_in(month), preview=preview)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else _text(told))


def _told(month, drafts, findings, idle, *, preview: bool) -> dict:
    total = sum((draft.amount for draft in drafts), Decimal(0))
    return {
        "month": f"{month:%Y-%m}",
        "kept": not preview,
        "total": str(total),
        "payees": len({draft.payee_id for draft in drafts}),
        "lines": [
            {
                "payee_id": draft.payee_id,
                "rule": draft.rule,
                "key": draft.key,
                "quantity": str(draft.quantity),
                "unit_amount": str(draft.unit_amount),
                "cap": None if draft.cap is None else str(draft.cap),
                "amount": str(draft.amount),
                "source_id": draft.source_id,
                "evidence": [list(row) for row in draft.evidence],
            }
            for draft in drafts
        ],
        "without_a_rate": [
            {"kind": one.kind, **one.facts, "evidence": [list(row) for row in one.evidence]}
            for one in findings
        ],
        "rates_no_rule_can_use": [
            {"id": price.id, "item": price.item, "condition": price.condition} for price in idle
        ],
    }


def _text(told: dict) -> str:
    sums: dict[str, tuple[int, Decimal]] = {}
    for line in told["lines"]:
        count, amount = sums.get(line["rule"], (0, Decimal(0)))
        sums[line["rule"]] = count + 1, amount + Decimal(line["amount"])
    kept = "kept" if told["kept"] else "preview, nothing kept"
    return "\n".join(
        [
            f"{told['month']}: {told['total']} yuan to {told['payees']} people ({kept})",
            *(f"  {rule:<20} {n:>5} lines {amount:>14,}" for rule, (n, amount) in sums.items()),
            f"  cases without a rate: {len(told['without_a_rate'])}",
            "  rates no rule can use: "
            + (", ".join(one["item"] for one in told["rates_no_rule_can_use"]) or "none"),
        ]
    )


@click.command("verify-ledger")
def verify_ledger() -> None:
    """Compute every locked month again: from its own rules and the facts kept with it, which must
    give the ledger to the cent; and from the facts as they are now, which says what to correct."""
    from trainingbase.incentives.queries import ledger

    app = portal()
    differing, broken = 0, 0
    with app.app_context():
        runs = ledger.approved_runs()
        for run in runs:
            for said in ledger.broken(run):
                broken += 1
                click.echo(f"{run.month_on:%Y-%m}: BROKEN: {said}", err=True)
            for one in ledger.differences(run, today=clock.today()):
                differing += 1
                click.echo(
                    f"{run.month_on:%Y-%m}: {one.payee}, {one.identity}: "
                    f"{one.kept} in the ledger, {one.now} computed now",
                    err=True,
                )
        unkept = len(ledger.unkept_runs())
    click.echo(f"{len(runs)} locked months, {broken} broken, {differing} corrections proposed")
    if unkept:
        click.echo(f"{unkept} of them without the facts they stand on: run keep-locked-months once")
    sys.exit(2 if broken else 1 if differing else 0)


@click.command("keep-locked-months")
def keep_locked_months() -> None:
    """Keep, once, what `verify-ledger` needs of months that were locked before it was kept with
    them: today's facts where they still give the month to the cent, else a seal on its amounts."""
    from trainingbase.incentives.actions.keeping import keep_old_months

    app = portal()
    with app.app_context():
        for run, is_whole in keep_old_months(today=clock.today(), at=clock.now()):
            how = "kept with the facts" if is_whole else "sealed, since the facts changed meanwhile"
            click.echo(f"{run.month_on:%Y-%m}: {how}")


@click.command("count-figures")
@click.argument("indicators", nargs=-1)
def count_figures(indicators: tuple[str, ...]) -> None:
    """Count the monthly figures of training quality anew, of all INDICATORS or of those named."""
    from trainingbase.quality import actions
    from trainingbase.quality.indicators import INDICATORS

    unknown = [one for one in indicators if one not in INDICATORS]
    if unknown:
        raise click.BadParameter(f"Not an indicator: {', '.join(unknown)}")
    app = portal()
    with app.app_context():
        kept = actions.count_anew(today=clock.today(), at=clock.now(), only=indicators or None)
    click.echo(f"{kept} monthly figures kept.")


@click.command("verify-figures")
def verify_figures() -> None:
    """Compare the monthly figures with their rows; exit 1 where they differ."""
    from trainingbase.quality import actions

    app = portal()
    with app.app_context():
        found = actions.verify(at=clock.now(), warn=lambda said: click.echo(said, err=True))
    click.echo(f"{len(found)} indicators differ from their rows.")
    if found:
        sys.exit(1)
