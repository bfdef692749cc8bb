"""The self-assessment explained item by item, and the text about the demo county in docs."""

import re
from decimal import Decimal
from functools import partial

import pytest
from click.testing import CliRunner
from flask_babel import force_locale

from tests.cast import LONG_AGO, add
from trainingbase import clock, paths
from trainingbase.cli import explaining
from trainingbase.db import db
from trainingbase.selfassessment import queries
from trainingbase.selfassessment.explained import explained
from trainingbase.selfassessment.models import IndicatorEvidence, IndicatorTask, OwnScore
from trainingbase.selfassessment.rules import Bar, Reached, summed, verdict
from trainingbase.selfassessment.tables import to_gain
from trainingbase.selfassessment.words import failed

HEADING = re.compile(r"^### (\d\.\d\.\d) (.+?)( ★)?: ([\d.]+)/([\d.]+) · (.+)$", re.M)
CHAPTER = re.compile(r"^## (\d) .+ \(([\d.]+)/([\d.]+)\)$", re.M)
PART = re.compile(r"^\|.*\| (\S.*?)/([\d.]+) \| (.*) \|$", re.M)


@pytest.fixture
def edition(county):
    return queries.edition_by_code("E21")


def text_of(edition, tongue: str) -> str:
    with force_locale(tongue):
        return explained(
            queries.standing(edition, 2026, today=clock.today()),
            queries.evidence_list(edition, 2026),
            queries.all_of(queries.tasks(edition, 2026)),
            base="Willow County",
            on=clock.today(),
            is_fictional=True,
        )


def block(text: str, code: str) -> str:
    return text[text.index(f"### {code} ") :].partition("\n### ")[0]


def test_each_item_says_its_rule_figure_points_and_what_is_missing(edition, office):
    item = next(one for one in edition.items if one.code == "3.1.1")
    said = {"year": 2026, "said_at": LONG_AGO, "said_by_id": office.id}
    add(OwnScore(part_id=item.parts[0].id, points=Decimal(1), why="Minutes | of May", **said))
    kept = {"item_id": item.id, "year": 2026, "request_key": None}
    add(IndicatorEvidence(**kept, what="Minutes", dated_on=clock.today(), owner="Wu",
                          kept_at=LONG_AGO, kept_by_id=office.id))  # fmt: skip
    add(IndicatorTask(**kept, what="Put it into the plan", owner_id=office.id, made_at=LONG_AGO,
                      due_on=clock.today(), made_by_id=office.id))  # fmt: skip
    text = text_of(edition, "en")
    mine = block(text, "3.1.1")
    assert "### 3.1.1 Leader responsible ★: 1/3 · Not known yet" in mine
    assert "Said by the base: Minutes \\| of May | 1/1.5 | 0.5 points are left" in mine
    assert "not known yet/1.5 | Keep the evidence and enter the points" in mine
    assert "- Evidence: Minutes (" in mine and "- Task: Put it into the plan (Wu, until" in mine
    assert "From 90 % all, from 85 % half" in block(text, "3.1.5")
    assert "No supervisor has more than 2 residents" in block(text, "2.1.1")
    assert "全科, 内科" in block(text, "2.2.1") and "全科、内科" in block(
        text_of(edition, "zh"), "2.2.1"
    )


def test_the_text_has_the_figures_of_the_page(edition):
    text = text_of(edition, "zh")
    with force_locale("zh"):
        one = queries.standing(edition, 2026, today=clock.today())
        missing = {item.item.code: [to_gain(part) for part in item.parts] for item in one.items}
    assert {code: Decimal(points) for code, _n, _c, points, _of, _s in HEADING.findall(text)} == {
        item.item.code: item.points for item in one.items
    }
    for code, said in missing.items():
        assert [row[2].strip() for row in PART.findall(block(text, code))] == said, code


def test_the_command_writes_both_languages(app, county, monkeypatch, tmp_path):
    monkeypatch.setattr(explaining, "portal", lambda: app)
    db.session.rollback()  # on SQLite the test's own transaction would keep the command waiting
    run = partial(CliRunner().invoke, explaining.explain_self_assessment)
    assert run(["--into", str(tmp_path)]).exit_code == 0
    assert {file.name for file in tmp_path.iterdir()} == {"zh.md", "en.md"}
    said = run(["--language", "en", "--year", "2025"])
    assert said.exit_code == 0 and said.output.startswith("# Self-assessment 2025")
    refused = run(["--edition", "E99"])
    assert refused.exit_code == 1 and "no such edition" in refused.output


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_text_about_the_demo_county_fits_the_form_and_itself(edition, tongue):
    """Its figures change with the county, but every item is there and every sum is right."""
    text = (paths.HOME / "docs" / "self-assessment" / f"{tongue}.md").read_text(encoding="utf-8")
    items = HEADING.findall(text)
    form = {one.code: one for one in edition.items}
    assert [one[0] for one in items] == list(form)
    for code, name, core, points, of, _state in items:
        mine = form[code]
        assert name == (mine.name if tongue == "zh" else mine.name_en)
        assert bool(core) == mine.is_core and Decimal(of) == mine.points
        parts = PART.findall(block(text, code))
        assert [Decimal(part[1]) for part in parts] == [part.points for part in mine.parts]
        reached = [Decimal(part[0]) for part in parts if re.fullmatch(r"[\d.]+", part[0])]
        assert sum(reached, Decimal(0)) == Decimal(points), code
        assert all(
            part[2].strip() or part[0] == part[1] or code in ("4.2.1", "4.2.2") for part in parts
        ), code
    for chapter, points, of in CHAPTER.findall(text):
        mine = [one for one in items if one[0].startswith(chapter)]
        assert sum(Decimal(one[3]) for one in mine) == Decimal(points)
        assert sum(Decimal(one[4]) for one in mine) == Decimal(of)
    assert said_in(text, tongue) == verdict_of(edition, items, tongue)


def said_in(text: str, tongue: str) -> tuple[Decimal, str]:
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text, re.M))
    score, said = ("评分", "结论") if tongue == "zh" else ("Score", "Verdict")
    return Decimal(rows[score]), rows[said]


def verdict_of(edition, items, tongue: str) -> tuple[Decimal, str]:
    reached = [
        Reached(code, Decimal(points), Decimal(of), bool(core), known=True)
        for code, _name, core, points, of, _state in items
    ]
    total = summed(
        reached,
        quality_section=edition.quality_section,
        core_met_share=edition.core_met_share,
        unknown=Decimal(0),
    )
    bars = [Bar(one.total, one.quality, one.core) for one in edition.verdicts]
    number = verdict(total, bars)
    with force_locale(tongue):
        if number is None:
            return total.total, failed(edition)
        bar = edition.verdicts[number]
        return total.total, bar.name if tongue == "zh" else bar.name_en
