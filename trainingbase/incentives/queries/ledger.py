"""A month computed from the facts, and whether the ledger still says the same."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.incentives.models import Correction, Line, Posting, Run, Snapshot
from trainingbase.incentives.queries.book import book_of
from trainingbase.incentives.queries.facts import activity_kinds, facts_of
from trainingbase.incentives.rules import Draft, Finding, Price, computed, unusable
from trainingbase.incentives.rules.packing import amounts_sealed, digest, unpacked
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution

CORRECTION = "correction"
"""The rule of lines that no rule computes: they settle an earlier month."""
ZERO = Decimal(0)


def computed_month(month_on: date, *, today: date) -> tuple[list[Draft], list[Finding]]:
    """The lines of a month as the facts say now, and the cases without a rate.  Saves nothing."""
    return computed(facts_of(month_on, today=today), book_of(month_on))


def unusable_in(month_on: date) -> list[Price]:
    """Rates in force that no rule can use."""
    return unusable(activity_kinds(), book_of(month_on))


@dataclass(frozen=True)
class Difference:
    """An amount in the ledger (with what corrected it) against the one computed now; None where
    there is no line.  `subject` says whose it is and what for: the line as computed now, else
    the one in the ledger, else its last correction."""

    identity: str
    payee: str
    kept: Decimal | None
    now: Decimal | None
    line: Line | None
    subject: Draft | Line | Correction

    @property
    def due(self) -> Decimal:
        return (self.now or ZERO) - (self.kept or ZERO)

    @property
    def rule(self) -> str:
        return self.identity.split("/")[1] if "/" in self.identity else CORRECTION

    @property
    def facts(self) -> dict:
        return self.subject.facts


def differences(run: Run, *, today: date) -> list[Difference]:
    """What the facts would make of a run now.  Empty: recomputing equals the ledger."""
    drafts, _findings = computed_month(run.month_on, today=today)
    return compared(run, drafts)


def compared(run: Run, drafts: Sequence[Draft]) -> list[Difference]:
    """Corrections that a fact made necessary count as if the run had paid them."""
    lines = {row.present_identity: row for row in lines_of(run) if row.rule != CORRECTION}
    kept = {identity: row.amount for identity, row in lines.items()}
    corrections_made = corrections_of(run)
    corrections = {one.identity: one for one in corrections_made}
    for one in corrections_made:
        kept[one.identity] = kept.get(one.identity, ZERO) + one.amount
    now = {draft.identity: draft for draft in drafts}
    subjects: dict[str, Draft | Line | Correction] = {**corrections, **lines, **now}
    differing = [
        identity
        for identity in sorted(subjects)
        if kept.get(identity, ZERO) != (now[identity].amount if identity in now else ZERO)
    ]
    names = payee_names([subjects[one] for one in differing])
    return [
        Difference(
            identity=one,
            payee=names.get(subjects[one].identity, "—"),
            kept=kept.get(one),
            now=now[one].amount if one in now else None,
            line=lines.get(one),
            subject=subjects[one],
        )
        for one in differing
    ]


def corrections_of(run: Run) -> Sequence[Correction]:
    """For changed facts, the oldest first."""
    return db.session.scalars(
        select(Correction)
        .where(
            Correction.run_id == run.id,
            Correction.kind == "fact",
            Correction.dropped_at.is_(None),
        )
        .order_by(Correction.id)
    ).all()


def payee_names(rows: Sequence[Draft | Line | Correction]) -> dict[str, str]:
    """By identity: of people, departments and sites."""
    wanted: dict[Any, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.payee_id is not None:
            wanted[Person][row.identity] = row.payee_id
        elif row.identity.startswith("department") and row.department_id is not None:
            wanted[Department][row.identity] = row.department_id
        elif row.institution_id is not None:
            wanted[Institution][row.identity] = row.institution_id
    found: dict[str, str] = {}
    for model, ids in wanted.items():
        named = select(model.id, model.name).where(model.id.in_(set(ids.values())))
        names = dict(db.session.execute(named).all())
        found |= {identity: names[number] for identity, number in ids.items() if number in names}
    return found


def lines_of(run: Run) -> Sequence[Line]:
    return db.session.scalars(
        select(Line).where(Line.run_id == run.id).order_by(Line.identity)
    ).all()


def approved_runs() -> Sequence[Run]:
    return db.session.scalars(
        select(Run).where(Run.approved_at.is_not(None)).order_by(Run.month_on)
    ).all()


def unkept_runs() -> Sequence[Run]:
    """Locked before what a run was computed from was kept with it."""
    return [one for one in approved_runs() if db.session.get(Snapshot, one.id) is None]


def broken(run: Run) -> list[str]:
    """What of a run does not follow from its own rules and kept facts (or, of a month that was only
    sealed, from its amounts as they were then), or does not add up."""
    kept = db.session.execute(
        select(Snapshot.content, Snapshot.digest).where(Snapshot.run_id == run.id)
    ).one_or_none()
    lines = {row.identity: row.amount for row in lines_of(run) if row.rule != CORRECTION}
    found = []
    if kept is not None:
        if digest(kept.content) != kept.digest:
            found.append("the facts it was computed from were tampered with")
        now = amounts_sealed(kept.content)
        if now is None:
            drafts, _findings = computed(*unpacked(kept.content))
            now = {draft.identity: draft.amount for draft in drafts}
        found += [
            f"{one}: {lines.get(one)} in the ledger, {now.get(one)} by what was kept"
            for one in sorted(lines.keys() | now.keys())
            if lines.get(one) != now.get(one)
        ]
    return found + _out_of_balance(run)


def is_posted(run: Run) -> bool:
    """Whether the accounts know of it."""
    return bool(db.session.scalar(select(func.count(Posting.id)).where(Posting.run_id == run.id)))


def _out_of_balance(run: Run) -> list[str]:
    rows = db.session.execute(
        select(Posting.source_id, Posting.account, func.sum(Posting.amount))
        .where(Posting.run_id == run.id)
        .group_by(Posting.source_id, Posting.account)
    ).all()
    if not rows:
        return []
    total = sum((amount for _source, _account, amount in rows), ZERO)
    found = [f"its entries do not balance: {total}"] if total else []
    if not run.is_current:
        held = sum((amount for _source, name, amount in rows if name == "committed"), ZERO)
        return [*found, f"it was replaced, but holds {held}"] if held else found
    account = "spent" if run.is_approved else "committed"
    posted = {source: amount for source, name, amount in rows if name == account}
    paid = dict(
        db.session.execute(
            select(Line.source_id, func.sum(Line.amount))
            .where(Line.run_id == run.id)
            .group_by(Line.source_id)
        ).all()
    )
    return found + [
        f"source {source}: lines {paid.get(source, ZERO)}, {account} {posted.get(source, ZERO)}"
        for source in paid.keys() | posted.keys()
        if paid.get(source, ZERO) != posted.get(source, ZERO)
    ]
