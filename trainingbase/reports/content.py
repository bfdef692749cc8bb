"""What stands in a report: figures of the base, without names or figures of few people."""

from datetime import date, datetime

from flask_babel import gettext as _

from trainingbase.community.queries import known
from trainingbase.community.tables import table as community_table
from trainingbase.enrolment.queries import cohorts
from trainingbase.i18n import day, language, named
from trainingbase.paper import Block, Document, Heading, Text
from trainingbase.paper import Table as PaperTable
from trainingbase.quality import listing, paperwork
from trainingbase.quality.figures import VIEWS, Asking
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.scope import Scope, places
from trainingbase.quality.state import state
from trainingbase.reports.rules import YEAR, period
from trainingbase.sheets.write import Table, plain


def asking_of(kind: str, starts_on: date, today: date) -> Asking:
    return Asking(
        scope=Scope(*period(kind, starts_on)),
        places=places(),
        today=today,
        sees_names=False,
        cohorts={one.id: named(one) for one in cohorts()},
    )


def tables_of(kind: str, asking: Asking) -> list[Table]:
    """Indicators and the community; of a year also every indicator by month and by site."""
    tables = [Table(_("Indicators"), listing.columns(), listing.rows(asking))]
    if kind == YEAR:
        for key, views in VIEWS.items():
            for view in ("months", "sites"):
                if view in views:
                    made = views[view](INDICATORS[key], asking)
                    tables.append(Table(f"{INDICATORS[key].name} {view}", made.columns, made.rows))
        return tables
    month = asking.scope.starts_on
    return [*tables, community_table(known(month, asking.today), month)]


def frozen(tables: list[Table]) -> list[dict]:
    """Plain content, for the digest."""
    return [
        {
            "title": str(one.title),
            "head": [str(name) for name in one.header],
            "rows": [[str(plain(cell)) for cell in row] for row in one.rows],
        }
        for one in tables
    ]


def title_of(kind: str, starts_on: date) -> str:
    if kind == YEAR:
        return _("Training quality %(year)s", year=starts_on.year)
    return _("Training quality %(month)s", month=f"{starts_on:%Y-%m}")


def document_of(
    kind: str, asking: Asking, tables: list[Table], *, base: str, digest: str, at: datetime
) -> Document:
    blocks: list[Block] = list(paperwork.blocks(asking, state(asking)))
    for one in tables[1:]:
        blocks += [Heading(str(one.title)), _table(one)]
    blocks.append(Text(_("Digest of the figures: %(digest)s", digest=digest), small=True))
    return Document(
        title=title_of(kind, asking.scope.starts_on),
        subtitle=base,
        language="en" if language() == "en" else "zh",
        blocks=blocks,
        footer=_("Computed on %(day)s", day=day(asking.today)),
        made_at=at,
        landscape=kind == YEAR,
    )


def _table(one: Table) -> PaperTable:
    rows = [["" if cell is None else str(cell) for cell in row] for row in one.rows]
    return PaperTable(head=[str(name) for name in one.header], rows=rows)
