"""Gathers the Chinese messages: `python -m trainingbase.catalogue [--check]`.

Sources are `translations/zh/<package>.po`.  Writes `translations/zh/LC_MESSAGES/messages.mo`,
and lists messages that have no translation, that nothing uses, or that two files translate
differently; with `--check` it writes nothing and fails when any is listed or the .mo is stale.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from trainingbase import paths

SOURCES = paths.TRANSLATIONS / "zh"
COMPILED = SOURCES / "LC_MESSAGES" / "messages.mo"
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the compiled file: the same messages give the same bytes."""

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def used() -> set[str]:
    """Every message in the code and the templates."""
    found = set()
    for folder, method in ((paths.PACKAGE, "python"), (paths.TEMPLATES, "jinja2")):
        suffix = "**.py" if method == "python" else "**.html"
        rows = extract_from_dir(
            str(folder),
            [(suffix, method)],
            {suffix: {"silent": "false"}},
            keywords=KEYWORDS,
            strip_comment_tags=True,
        )
        for _file, _line, message, _comments, _context in rows:
            found.update([message] if isinstance(message, str) else message[:1])
    return {message for message in found if message}


def gathered() -> tuple[Catalog, list[str]]:
    """All translations in one catalogue, and what is wrong with them."""
    whole, faults = Catalog(locale="zh", creation_date=ALWAYS, revision_date=ALWAYS), []
    for file in sorted(SOURCES.glob("*.po")):
        with file.open("rb") as source:
            part = read_po(source, locale="zh", abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            before = whole.get(message.id)
            if before and before.string != message.string:
                faults.append(f"translated twice: {message.id!r} ({file.name})")
            if not message.string or message.fuzzy:
                faults.append(f"empty: {message.id!r} ({file.name})")
            whole.add(message.id, message.string, flags=message.flags - {"fuzzy"})
    return whole, faults


def faults() -> tuple[Catalog, list[str]]:
    catalogue, found = gathered()
    have = {message.id for message in catalogue if message.id}
    need = used()
    found += [f"not translated: {message!r}" for message in sorted(need - have)]
    found += [f"not used: {message!r}" for message in sorted(have - need)]
    return catalogue, found


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    catalogue, found = faults()
    content = compiled(catalogue)
    if "--check" in arguments:
        if not COMPILED.exists() or COMPILED.read_bytes() != content:
            found.append(f"{Path(COMPILED.name)} is stale: run python -m trainingbase.catalogue")
    else:
        COMPILED.parent.mkdir(parents=True, exist_ok=True)
        COMPILED.write_bytes(content)
    print(*found, sep="\n")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
