"""One sheet and one script: what each is made of."""

import re

import pytest

from trainingbase import paths
from trainingbase.assets.scripts import bundled
from trainingbase.assets.sheet import PARTS, small
from trainingbase.assets.tree import files

SCRIPTS = paths.STATIC / "js"
WITHOUT_STATE = {"taken", "kept", "confirm"}
"""May be in memory twice, once with the script of all pages and once with one that comes later."""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "kept.js").write_text("export function read(key) {\n  return key;\n}\n")
    (tmp_path / "box.js").write_text(
        '// A box.\nimport { read } from "./kept.js"; // first\nexport async function full() {\n'
        '  return read("box");\n}\n'
    )
    return tmp_path


def test_a_script_carries_what_it_imports(folder):
    script = folder / "start.js"
    script.write_text(
        'import { full as isFull } from "./box.js";\nimport { read } from "./kept.js";\n'
        "export function start() {\n  return isFull() && read(1);\n}\n"
    )
    assert bundled(script) == (
        "const in_kept = (() => {\nfunction read(key) {\n  return key;\n}\n"
        "return { read };\n})();\n"
        "const in_box = (() => {\nconst { read } = in_kept;\nasync function full() {\n"
        '  return read("box");\n}\nreturn { full };\n})();\n'
        "const { full: isFull } = in_box;\nconst { read } = in_kept;\n"
        "export function start() {\n  return isFull() && read(1);\n}\n"
    )


@pytest.mark.parametrize("line", ["export const a = 1;\n", 'import a from "./kept.js";\n'])
def test_what_is_not_understood_is_refused(folder, line):
    (folder / "odd.js").write_text(line)
    script = folder / "start.js"
    script.write_text('import { a } from "./odd.js";\n')
    with pytest.raises(ValueError, match=r"odd\.js"):
        bundled(script)


def test_scripts_that_import_each_other_are_refused(folder):
    (folder / "kept.js").write_text('import { full } from "./box.js";\n')
    with pytest.raises(ValueError, match="itself"):
        bundled(folder / "box.js")


@pytest.mark.parametrize("path", sorted(path for path in files() if path.endswith(".js")))
def test_no_script_waits_for_another(path):
    assert not re.search(r"^import\b", files()[path].plain.decode(), re.MULTILINE)


def test_nothing_with_a_state_is_there_twice():
    loaded_later = re.findall(r'"\./([\w-]+)\.js"\]', (SCRIPTS / "portal.js").read_text())
    assert "charts" in loaded_later
    for name in loaded_later:
        inside = re.findall(r"^const in_(\w+)", bundled(SCRIPTS / f"{name}.js"), re.MULTILINE)
        assert set(inside) <= WITHOUT_STATE, name


def test_every_stylesheet_is_part_of_the_one_or_asked_for_by_its_pages():
    names = {file.stem for file in (paths.STATIC / "css").glob("*.css")}
    assert names == {*PARTS, "print", "attendance"}


def test_the_sheet_loses_no_rule():
    sheet = files()["css/portal.css"].plain.decode()
    assert sheet.count("{") == sheet.count("}")
    for part in (*PARTS, "print"):
        text = (paths.STATIC / "css" / f"{part}.css").read_text()
        assert small(text) in sheet
    assert "Copyright" in sheet and "/* " not in sheet.replace("/*!", "")


def test_small_keeps_licences_and_drops_remarks():
    assert small("/*! MIT */\na {\n  b: c; /* why */\n}\n\n") == "/*! MIT */\na {\nb: c; \n}"
