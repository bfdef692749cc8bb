"""What publishing a plan changes among the placements that people act on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from trainingbase.rotations.rules.rows import Row, by_resident


@dataclass(frozen=True)
class Live:
    """A placement in force: its id and its row."""

    id: int
    row: Row


@dataclass
class Changes:
    """`kept` and `moved_end` pair a live placement's id with its new row; `dropped` are ids;
    `added` are rows without a placement yet."""

    kept: list[tuple[int, Row]] = field(default_factory=list)
    moved_end: list[tuple[int, Row]] = field(default_factory=list)
    dropped: list[Live] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)

    @property
    def residents(self) -> set[int]:
        """Those whose timetable is not what it was."""
        changed = [row for _, row in self.moved_end] + self.added
        return {row.resident for row in changed} | {one.row.resident for one in self.dropped}


def reconcile(live: Sequence[Live], rows: Iterable[Row], *, today: date) -> Changes:
    """`live` are the placements of the residents concerned that reach into the plan.

    A placement with the same first day, department and standard department is the same one.
    What has begun by `today` stays, whatever the plan says, until the plan has them elsewhere
    after today; the past is not rewritten.
    """
    changes = Changes()
    wanted = by_resident(rows)
    present: dict[int, list[Live]] = {}
    for one in live:
        present.setdefault(one.row.resident, []).append(one)
    for resident in sorted(wanted.keys() | present.keys()):
        _one_resident(changes, present.get(resident, []), wanted.get(resident, []), today)
    return changes


def _one_resident(changes: Changes, live: list[Live], rows: list[Row], today: date) -> None:
    left = {_same(row): row for row in rows}
    begun: list[Live] = []
    for one in sorted(live, key=lambda each: each.row.starts_on):
        row = left.pop(_same(one.row), None)
        if row is not None:
            same = row.ends_on == one.row.ends_on
            (changes.kept if same else changes.moved_end).append((one.id, row))
            begun.append(Live(one.id, row))
        elif one.row.starts_on <= today:
            begun.append(one)
            later = [row.starts_on for row in left.values() if row.starts_on > today]
            cut = min((day for day in later if day < one.row.ends_on), default=one.row.ends_on)
            if cut < one.row.ends_on:
                changes.moved_end.append((one.id, one.row._replace(ends_on=cut)))
                begun[-1] = Live(one.id, one.row._replace(ends_on=cut))
            else:
                changes.kept.append((one.id, one.row))
        else:
            changes.dropped.append(one)
    changes.added += [
        row
        for row in left.values()
        if not any(one.row.overlaps(row.starts_on, row.ends_on) for one in begun)
    ]


def _same(row: Row) -> tuple[int, date, int, int]:
    return row.resident, row.starts_on, row.department, row.standard
