"""`trainingbase import` says what a file would do, with no database and no server."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tests.sheets.test_county import COUNTY, EXPECTED, FILES
from trainingbase.cli.imports import command


def run(*arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


def with_files(*kinds):
    return [part for kind in kinds for part in ("--with", f"{kind}={COUNTY / FILES[kind]}")]


@pytest.mark.parametrize(
    ("kind", "others"),
    [
        ("residents", ()),
        ("faculty", ()),
        ("sites", ("programme",)),
        ("plan", ("residents",)),
        ("leaves", ("residents",)),
        ("exams", ("residents",)),
        ("activities", ("plan", "faculty", "residents")),
        ("incentives", ("programme",)),
    ],
)
def test_a_dry_run_gives_the_expected_counts_and_refusals_as_json(kind, others):
    path = COUNTY / FILES[kind]
    ran = run(
        kind, path, "--dry-run", "--json", "--on", EXPECTED["judged_on"], *with_files(*others)
    )
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.output)
    sheets = EXPECTED["workbooks"][FILES[kind]]["sheets"]
    assert found["sheets"] == {
        name: {
            "rows": one["data_rows"],
            "accepted": one["accepted"],
            "corrected": one["corrected"],
            "refused": one["refused"],
        }
        for name, one in sheets.items()
    }
    for part, key in (("refused", "refusals"), ("warnings", "warnings")):
        assert [
            (one["sheet"], one["row"], one["column"], one["category"]) for one in found[part]
        ] == [
            (name, one["row"], one["column"], one["category"])
            for name, sheet in sheets.items()
            for one in sheet[key]
        ]
        assert all(one["reason"] for one in found[part])
    keys = ("sheet", "row", "column", "from", "to", "category")
    assert sorted(json.dumps([one[key] for key in keys]) for one in found["corrected"]) == sorted(
        json.dumps([name, *[one[key] for key in ("row", "column", "raw", "value", "category")]])
        for name, sheet in sheets.items()
        for one in sheet["corrections"]
    )


def test_for_people_it_names_each_refused_cell_in_their_language():
    path = COUNTY / FILES["residents"]
    assert "拒绝 住培学员 D62" in run("residents", path, "--dry-run").output
    english = run("residents", path, "--dry-run", "--language", "en").output
    assert "refused 住培学员 D62: wrong ID number" in english


def test_a_file_that_cannot_be_read_fails_with_what_was_found(tmp_path):
    bad = tmp_path / "x.xlsx"
    bad.write_bytes(b"%PDF-1.7 \x00\x01\x02\x03\x04\x05")
    ran = run("residents", bad, "--dry-run", "--json")
    assert ran.exit_code == 1
    assert "PDF" in ran.output
    wrong = run("sites", COUNTY / FILES["leaves"], "--dry-run")
    assert wrong.exit_code == 1
    assert "机构名称" in wrong.output


def test_wrong_arguments_are_explained():
    path = COUNTY / FILES["leaves"]
    assert "KIND=FILE" in run("leaves", path, "--dry-run", "--with", "residents").output
    assert run("leaves", path, "--dry-run", "--with", "poems=x").exit_code == 2
    assert run("poems", path, "--dry-run").exit_code == 2
    assert run("leaves", "absent.xlsx", "--dry-run").exit_code == 2


def test_reading_a_csv_loads_neither_a_workbook_library_nor_the_web():
    code = (
        "import sys; from trainingbase.sheets import *; import trainingbase.cli.imports;"
        "import trainingbase.sheets.write, trainingbase.sheets.write_plan;"
        "heavy = ('openpyxl', 'xlsxwriter', 'flask', 'sqlalchemy', 'pandas');"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
