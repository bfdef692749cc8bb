"""What holds for every template, stylesheet and script, read from their text."""

import json
import re

import pytest

from trainingbase import navigation, paths

TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))
OWN_CSS = sorted((paths.STATIC / "css").glob("*.css"))
OWN_JS = sorted((paths.STATIC / "js").glob("*.js"))
VENDOR = paths.STATIC / "vendor"
SPRITE = (VENDOR / "bootstrap-icons-1.13.2" / "sprite.svg").read_text()
TOKENS = (paths.STATIC / "css" / "tokens.css").read_text()

PLAIN_TEXT, LARGE_OR_GRAPHIC = 4.5, 3
PAIRS = [
    *((text, ground, PLAIN_TEXT) for text in ("text", "quiet") for ground in ("bg", "surface")),
    ("text", "surface-2", PLAIN_TEXT),
    ("quiet", "surface-2", PLAIN_TEXT),
    ("text", "accent-soft", PLAIN_TEXT),
    ("accent", "bg", PLAIN_TEXT),
    ("accent", "surface", PLAIN_TEXT),
    ("on-accent", "accent", PLAIN_TEXT),
    ("on-accent", "accent-strong", PLAIN_TEXT),
    ("accent-strong", "accent-soft", PLAIN_TEXT),
    ("on-danger", "danger", PLAIN_TEXT),
    ("bad", "surface", PLAIN_TEXT),
    ("surface", "bad", PLAIN_TEXT),
    *(
        (kind, f"{kind}-soft", PLAIN_TEXT)
        for kind in ("good", "warning", "bad", "info", "waiting", "neutral")
    ),
    ("line-strong", "surface", LARGE_OR_GRAPHIC),
    ("focus", "bg", LARGE_OR_GRAPHIC),
    ("focus", "surface", LARGE_OR_GRAPHIC),
]


def named(files):
    return pytest.mark.parametrize("file", files, ids=lambda file: file.name)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): ([^;]+);", block))


LIGHT, DARK, DARK_OF_THE_DEVICE = (
    tokens(block) for block in re.findall(r":root[^{]*\{([^}]*)\}", TOKENS)[:3]
)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_colours_that_meet_can_be_told_apart(theme, text, ground, least):
    assert contrast(theme[text], theme[ground]) >= least


def test_dark_is_the_same_whether_chosen_or_asked_for_by_the_device():
    assert DARK == DARK_OF_THE_DEVICE


def test_every_colour_has_a_dark_counterpart():
    assert {name for name, value in LIGHT.items() if value.startswith("#")} <= set(DARK)


@named(TEMPLATES)
def test_templates_hold_nothing_the_content_security_policy_forbids(file):
    text = file.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|\|\s*safe\b", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"https?://(?!example\.org)", text)


@named([*OWN_CSS, *OWN_JS])
def test_styles_and_scripts_are_our_own_or_vendored(file):
    assert not re.search(r"https?://|@import|//[a-z]+\.[a-z]+/", file.read_text())


@named(OWN_CSS)
def test_styles_need_nothing_newer_than_the_oldest_browser(file):
    """Chrome 109, the last for Windows 7."""
    newer = r":has\(|@layer|@container|@scope|color-mix|light-dark|oklch|\d[sdl]v[hw]\b|&"
    text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)
    assert not re.search(newer, text)


@named([*OWN_CSS, *OWN_JS])
def test_styles_use_only_tokens_that_exist(file):
    used = set(re.findall(r"var\(--([a-z0-9-]+)", file.read_text()))
    assert {one for one in used if not one.startswith("bs-")} <= set(LIGHT) | {"hue"}


def classes(template: str) -> set[str]:
    """The names written out in full; one like `status-{{ kind }}` is left out."""
    text = re.sub(r"\{%.*?%\}|\{#.*?#\}", " ", template, flags=re.S)
    text = re.sub(r"\{\{.*?\}\}", "-", text, flags=re.S)
    names = {name for one in re.findall(r'class="([^"]*)"', text) for name in one.split()}
    return {name.rstrip("-") for name in names if not re.search(r"[a-z]-(-|$)", name)} - {""}


def classes_of(*sheets) -> set[str]:
    return {
        name for sheet in sheets for name in re.findall(r"\.([a-zA-Z][\w-]*)", sheet.read_text())
    }


OWN_CLASSES = classes_of(*OWN_CSS)
BOOTSTRAPS = classes_of(VENDOR / "bootstrap-5.3.9" / "bootstrap.min.css")
TRIMMED = classes_of(VENDOR / "bootstrap-5.3.9" / "bootstrap.used.css")
HOOKS = {"outbox", "choices", "rating", "progress-label", "cell-empty", "half-mark"}
"""Names that say what a part is and need no style of their own."""


@named(TEMPLATES)
def test_templates_use_only_classes_that_exist(file):
    unknown = classes(file.read_text()) - OWN_CLASSES - HOOKS
    assert unknown <= BOOTSTRAPS
    assert unknown <= TRIMMED, "run scripts/trim"


def test_every_icon_is_in_the_sprite(app):
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
    asked = {
        name
        for file in TEMPLATES
        for name in re.findall(r'(?:icon\(|picture=)"([a-z0-9-]+)"', file.read_text())
    }
    with app.test_request_context():
        asked |= {icon for _endpoint, _label, icon in navigation.entries()}
    assert asked <= drawn


def test_every_vendored_folder_says_its_version_and_licence():
    versions = json.loads((VENDOR / "versions.json").read_text())
    folders = {folder.name for folder in VENDOR.iterdir() if folder.is_dir()}
    assert set(versions) == folders
    for name in folders:
        assert (VENDOR / name / "LICENSE").exists()
        assert all(name.endswith(entry["version"]) for entry in versions[name])


@pytest.mark.parametrize(
    "file", ["plotly-4.1.1/plotly-cartesian.min.js", "bootstrap-5.3.9/bootstrap.min.css"]
)
def test_large_files_travel_compressed(app, file):
    gzipped = {"Accept-Encoding": "gzip"}
    answer = app.test_client().head(f"/static/vendor/{file}", headers=gzipped)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < (VENDOR / file).stat().st_size / 2


def test_every_macro_is_in_the_documentation():
    kit = (paths.TEMPLATES / "ui" / "kit.html").read_text()
    macros = {name.split(".")[1] for name in re.findall(r"\b_[a-z]+\.[a-z_]+", kit)}
    documented = set(
        re.findall(r"`([a-z_]+)\(", (paths.HOME / "docs/design-system.md").read_text())
    )
    assert macros <= documented


def test_every_template_asked_for_exists():
    asked = {
        name
        for file in TEMPLATES
        for name in re.findall(r'{%-? (?:extends|import|from|include) "([^"]+)"', file.read_text())
    }
    assert {name for name in asked if not (paths.TEMPLATES / name).exists()} == set()
