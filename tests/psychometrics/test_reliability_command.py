"""`trainingbase reliability` as somebody at a terminal uses it."""

import json
import random
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from tests.psychometrics.longform import DATA
from trainingbase.cli.reliability import command

WHOLE = "p,i,score\n" + "".join(
    f"{p},{i},{(3 * p + i * p % 5) % 9}\n" for p in range(8) for i in range(3)
)


def run(*arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


def answer(*arguments):
    ran = run(*arguments, "--json")
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.output)


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "ratings.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_study_is_told_as_json():
    found = answer(DATA / "brennan_syn1_p_i.csv", "--design", "p x i")
    assert found["components"] == pytest.approx({"p": 0.0574, "i": 0.0754, "pi": 0.1269}, abs=6e-5)
    assert (found["g"], found["phi"]) == pytest.approx((0.8445, 0.7731), abs=1.5e-4)
    assert found["sem_relative"] == pytest.approx(found["error_relative"] ** 0.5)
    assert found["sem_absolute"] == pytest.approx(found["error_absolute"] ** 0.5)
    (five,) = [one for one in found["d_study"] if one["i"] == 5]
    assert (five["g"], five["phi"]) == pytest.approx((0.693, 0.586), abs=1e-3)
    assert found["enough"]["phi"]["i"] == 15


def test_a_d_study_of_chosen_numbers_has_just_those():
    found = answer(
        *(DATA / "brennan_syn4_p_rt.csv", "--design", "p x (r:t)"),
        *("--n", "t=3,6", "--n", "r=1"),
    )
    assert [(one["t"], one["r"]) for one in found["d_study"]] == [(3, 1), (6, 1)]


def test_a_facet_can_be_fixed():
    found = answer(DATA / "brennan_syn4_p_rt.csv", "--design", "p x (r:t)", "--fixed", "t")
    assert (found["g"], found["phi"]) == pytest.approx((0.77, 0.72), abs=5e-3)


def test_two_columns_need_no_design_and_alpha_and_icc_come_together():
    found = answer(DATA / "shrout_fleiss_p_r.csv", "--alpha", "--icc")
    assert found["alpha"] == pytest.approx(0.9093, abs=5e-5)
    assert found["icc"]["2,1"] == pytest.approx(0.2898, abs=5e-5)
    assert found["icc_ci"]["2,1"] == pytest.approx([0.02, 0.76], abs=5e-3)
    low, high = found["ci"]
    assert low < found["alpha"] < high


def test_means_freed_of_leniency_stand_beside_the_raw_ones():
    found = answer(DATA / "shrout_fleiss_p_r.csv", "--adjusted")
    assert [one["raw"] for one in found["adjusted"]] == [6, 3, 6.5, 4, 7.5, 4.75]
    assert max(found["leniency"], key=lambda one: one["leniency"])["label"] == "J1"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh",
            ["方差分量", "概化系数 G 0.844", "可靠性指数 Φ 0.773", "大约还需 i +3（共 i 15）"],
        ),
        ("en", ["Variance components", "G 0.844", "Phi 0.773", "would reach 0.8 with about i +3"]),
    ],
)
def test_people_are_told_in_their_language(language, said):
    ran = run(DATA / "brennan_syn1_p_i.csv", "--design", "p x i", "--language", language)
    assert ran.exit_code == 0
    assert [one for one in said if one not in ran.output] == []


def test_every_other_figure_is_told_in_both_languages():
    for language in ("zh", "en"):
        ran = run(DATA / "attitude_p_i.csv", *("--alpha", "--icc", "--language", language))
        assert ran.exit_code == 0
        assert all(one in ran.output for one in ("0.843", "0.839", "critical  0.864", "ICC(3,k)"))
        ran = run(DATA / "shrout_fleiss_p_r.csv", *("--adjusted", "--language", language))
        assert "J2: 6  2.500  -2.704 ± 1.198" in ran.output
        ran = run(
            *(DATA / "brennan_syn4_p_rt.csv", "--design", "p x (r:t)", "--language", language)
        )
        assert "0.33/0.27" in ran.output


@pytest.mark.parametrize(
    ("content", "design", "said"),
    [
        ("", "p x i", "the file is empty"),
        ("\n\n", "p x i", "the file is empty"),
        ("p,i,score\n", "p x i", "there is no score in it"),
        ("p,i,score\n1,1,\n", "p x i", "there is no score in it"),
        ("p,i,score\n1,1,abc\n1,2,3\n2,1,inf\n", "p x i", "C2: 'abc' is not a number, C4: 'inf'"),
        ("p,i,score\n1,1,1_0\n", "p x i", "C2: '1_0' is not a number"),
        ("p,i,score\n1,1," + "x" * 500 + "\n", "p x i", "…' is not a number"),
        ("p,i,score\n" + "1,1,?\n" * 9, "p x i", "and 4 more"),
        ("p,i,score\n1,,3\n", "p x i", "B2 is empty"),
        ("p,i,score\n1,1,1e999\n", "p x i", "C2: '1e999' is too large for a score"),
        ("p,i,score\n1,1\n", "p x i", "row 2 has 2 columns, the header has 3"),
        (
            "p,i,score\n1,1,2\n\n1,1,3\n",
            "p x i",
            "rows 2 and 4 are the same cell (p 1, i 1); 1",
        ),
        ("p,i,score\n1,1,2\n", "p x r", "lacks the columns r; it has p, i, score"),
        ("p,i,points\n1,1,2\n", "p x i", "lacks the columns score"),
        ("p,i,comment,score\n1,1,x,2\n", "p x i", "has columns comment that the design p x i"),
        ("p,i,i,score\n1,1,1,2\n", "p x i", "column i stands there twice"),
        ("p,i,o,score\n1,1,1,2\n", None, "say the design with --design: the file has p, i, o"),
        (WHOLE, "p x", "the design 'p x' cannot be read"),
        ("p,i,score\n1,1,2\n1,2,3\n", "p x i", "only 1 of p: fewer than 5 can say nothing"),
        (
            "p,i,score\n" + "".join(f"{p},{i},4\n" for p in range(6) for i in range(3)),
            "p x i",
            "every score is the same",
        ),
        (b"PK\x03\x04\x00\x00\xff\xfe", "p x i", "is not a CSV text file"),
        (b"p,i,score\n\x00,1,2\n", "p x i", "is not a CSV text file"),
        (b"\xff\xff\xff", "p x i", "is not a CSV text file"),
        ('p,i,score\n"' + "x" * 200_000 + '",1,2\n', "p x i", "is not a CSV text file"),
    ],
)
def test_bad_input_is_named_without_a_traceback(file, content, design, said):
    path = file(content)
    ran = run(path, *(["--design", design] if design else []), "--language", "en")
    assert ran.exit_code == 1
    assert said in ran.output
    assert isinstance(ran.exception, SystemExit)
    chinese = run(path, *(["--design", design] if design else []))
    assert chinese.exit_code == 1
    assert any("一" <= letter <= "鿿" for letter in chinese.output)


def test_a_refusal_is_json_too_and_says_so_by_its_exit_status(file):
    ran = run(file("p,i,score\n1,1,2\n1,2,3\n"), "--design", "p x i", "--json")
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["refused"]["reason"] == "few_people"
    assert "只有 1 个 p" in ran.stderr


@pytest.mark.parametrize("options", [["--fixed", "z"], ["--fixed", "p"], ["--n", "z=3"]])
def test_a_facet_that_is_not_there_cannot_be_fixed_or_counted(file, options):
    ran = run(file(WHOLE), "--design", "p x i", *options, "--language", "en")
    assert ran.exit_code == 1


@pytest.mark.parametrize("option", ["i", "i=", "i=0", "i=x", "i=3,", "=3", "i=99999999999"])
def test_numbers_that_are_none_are_refused(file, option):
    assert run(file(WHOLE), "--design", "p x i", "--n", option).exit_code == 2


@pytest.mark.parametrize("flag", ["--alpha", "--icc", "--adjusted"])
def test_what_needs_a_table_refuses_other_designs(flag):
    ran = run(DATA / "brennan_syn4_p_rt.csv", "--design", "p x (r:t)", flag, "--language", "en")
    assert ran.exit_code == 1
    assert "two crossed facets" in ran.output


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.replace(",", ";"),
        WHOLE.replace(",", "\t"),
        "\ufeff" + WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("p,i,score", "P , I, Score"),
        WHOLE + "9,1,\n9,2,NA\n,,\n",
        WHOLE.replace("\n7,", "\n张，七,").encode("gb18030"),
    ],
)
def test_files_of_other_programmes_are_read_alike(file, content):
    expected = answer(file(WHOLE), "--design", "p x i")
    path = file(content)
    assert answer(path, "--design", "p x i")["components"] == expected["components"]


def test_a_million_scores_are_taken(tmp_path):
    path, chance = tmp_path / "large.csv", random.Random(1)
    with path.open("w") as lines:
        lines.write("p,i,score\n")
        for p in range(10_000):
            lines.writelines(f"p{p},i{i},{p % 7 + chance.randint(1, 9)}\n" for i in range(100))
    found = answer(path, "--design", "p x i")
    assert found["scores"] == 1_000_000
    assert found["g"] == pytest.approx(4 / (4 + 80 / 12 / 100), abs=0.01)


def test_three_hundred_by_twelve_by_three_with_gaps_takes_less_than_a_second(tmp_path):
    path, chance = tmp_path / "three.csv", random.Random(2)
    with path.open("w") as lines:
        lines.write("p,r,o,score\n")
        for p in range(300):
            for r in range(12):
                for o in range(3):
                    if chance.random() < 0.7:
                        lines.write(f"{p},{r},{o},{p % 5 + chance.randint(1, 9)}\n")
    run(path, "--design", "p x r x o")  # what is loaded once
    begun = time.process_time()
    found = answer(path, "--design", "p x r x o")
    assert time.process_time() - begun < 1
    assert found["balanced"] is False
    assert [one["note"] for one in found["notes"]][-2:] == ["unbalanced", "not_alike"]


def test_help_loads_neither_numpy_nor_the_web():
    code = (
        "import sys; from trainingbase.cli import main\n"
        "try: main(['reliability', '--help'])\n"
        "except SystemExit: print({'numpy', 'scipy', 'flask'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "set()"
