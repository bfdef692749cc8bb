"""The self-assessment as content to be kept, and as a document."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase.i18n import day, language, number
from trainingbase.paper import Block, Document, Facts, Heading, Table, Text
from trainingbase.selfassessment import tables
from trainingbase.selfassessment.models import IndicatorEvidence
from trainingbase.selfassessment.queries import Standing
from trainingbase.sheets.write import plain


def frozen(make, languages=("zh", "en")) -> dict:
    """`make()`, which gives a list of tables, in each language, as plain content.  Findings are
    said in the language they are asked in, so everything is computed once for each."""
    content = {}
    for tongue in languages:
        with force_locale(tongue):
            content[tongue] = [_plain(table) for table in make()]
    return content


def _plain(table) -> dict:
    rows = [["" if cell is None else str(plain(cell)) for cell in row] for row in table.rows]
    return {"title": str(table.title), "head": [str(one) for one in table.header], "rows": rows}


def document(
    one: Standing, evidence: list[IndicatorEvidence], *, at: datetime, base: str
) -> Document:
    blocks: list[Block] = [
        Facts(rows=[(str(label), str(value)) for label, value in tables.of_sum(one).rows]),
    ]
    chapter = ""
    for item in one.items:
        if item.item.chapter != chapter:
            chapter = item.item.chapter
            title = item.item.section_en if language() == "en" else item.item.section
            blocks.append(Heading(f"{chapter} {title}"))
        reached = item.reached
        name = item.item.name_en if language() == "en" else item.item.name
        core = " ★" if item.item.is_core else ""
        blocks.append(
            Heading(
                f"{item.item.code} {name}{core}: {number(reached.points)}/{number(reached.of)}", 2
            )
        )
        table = tables.of_items([item])
        kept = (4, 5, 6, 8, 9, 10)
        blocks.append(
            Table(
                head=[str(table.header[n]) for n in kept],
                rows=[["" if row[n] is None else str(row[n]) for n in kept] for row in table.rows],
            )
        )
    if one.conditions:
        blocks += [Heading(_("Basic conditions")), _cells(tables.of_conditions(one.conditions))]
    blocks += [Heading(_("Evidence")), _evidence(evidence)]
    return Document(
        title=_("Self-assessment %(year)s", year=one.year),
        subtitle=base,
        language=language(),
        blocks=blocks,
        footer=_("Computed on %(day)s", day=day(at.date())),
        made_at=at,
    )


def _evidence(rows: list[IndicatorEvidence]) -> Block:
    if not rows:
        return Text(_("None is kept."))
    return _cells(tables.of_evidence(rows))


def _cells(table) -> Block:
    return Table(
        head=[str(one) for one in table.header],
        rows=[["" if cell is None else str(cell) for cell in row] for row in table.rows],
    )
