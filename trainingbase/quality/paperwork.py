"""The state of the base as a document."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from trainingbase.i18n import day, language
from trainingbase.paper import Block, Document, Facts, Heading, Table, Text
from trainingbase.quality import words
from trainingbase.quality.figures import Asking, Figure
from trainingbase.quality.figures.finding import Finding
from trainingbase.quality.state import State, before_said, change_said


def document(asking: Asking, state: State, *, base: str, at: datetime) -> Document:
    return Document(
        title=_("State of the training base"),
        subtitle=base,
        language=language(),
        blocks=blocks(asking, state),
        footer=_("Computed on %(day)s", day=day(asking.today)),
        made_at=at,
    )


def blocks(asking: Asking, state: State) -> list[Block]:
    last = asking.scope.ends_on - timedelta(days=1)
    made: list[Block] = [
        Facts(rows=[(_("Period"), f"{asking.scope.starts_on:%Y-%m} – {last:%Y-%m}")]),
        Heading(_("Three things to do")),
    ]
    made += [Text(f"{n}. {one.sentence}") for n, one in enumerate(state.tasks, 1)]
    if not state.tasks:
        made.append(Text(_("Nothing misses its target.")))
    for title, some in (
        (_("Slipping"), state.slipping),
        (_("Going well"), state.good),
        (_("What it costs"), state.costs),
        (_("Everything else"), state.others),
    ):
        if some:
            made += [Heading(title), _table(some)]
    made.append(Text(_("Changes are named where chance hardly explains them."), small=True))
    return made


def comparison(figure: Figure, *, base: str, asking: Asking, at: datetime) -> Document:
    """Two sides beside each other."""
    rows = [["—" if cell is None else str(cell) for cell in row] for row in figure.rows]
    return Document(
        title=_("Comparison"),
        subtitle=base,
        language=language(),
        blocks=[
            Text(figure.title),
            Table(head=figure.columns, rows=rows, widths=[4, 2, 2, 2, 2, 2, 2, 3]),
            Text(figure.of, small=True),
        ],
        footer=_("Computed on %(day)s", day=day(asking.today)),
        made_at=at,
        landscape=True,
    )


def _table(some: list[Finding]) -> Table:
    return Table(
        head=[
            _("Indicator"), _("Value"), _("Interval (95 in 100)"), _("Target"),
            _("Period before"), _("Change seen"),
        ],
        rows=[
            [
                str(one.indicator.name), one.value, words.between(one.interval),
                one.target_said or "—", before_said(one), change_said(one)[1],
            ]
            for one in some
        ],
        widths=[4, 2, 2, 2, 2, 2],
    )  # fmt: skip
