"""Gathers the Chinese messages: `python -m trainingbase.catalogue [--check]`.

Sources are `translations/zh/<package>.po`.  Writes `translations/zh/LC_MESSAGES/messages.mo`,
and lists messages that have no translation, that nothing uses, that two files translate
differently, or whose translation is filled in otherwise; with `--check` it writes nothing and
fails when any is listed or the .mo is stale.
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Mapping
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

PLACEHOLDER = re.compile(r"%(?:\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%)?")

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def used() -> dict[str, bool]:
    """Every message in the code and the templates, and whether a template says it: those fill in
    even what has no names, so that a single % there is an error."""
    found: dict[str, bool] = {}
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
            said = message if isinstance(message, str) else message[0]
            if said:
                found[said] = found.get(said, False) or method == "jinja2"
    return found


def placeholders(text: str) -> Counter[str]:
    """How often each name is filled in; "%" counts what only looks like a placeholder."""
    every = (one for one in PLACEHOLDER.finditer(text) if one[0] != "%%")
    return Counter(one[1] or "%" for one in every)


def broken(message: str, translated: str, *, in_template: bool = False) -> bool:
    """Whether the translation would be filled in otherwise than the message: with other names, or
    with a % that stands for nothing where anything is filled in."""
    asked, given = placeholders(message), placeholders(translated)
    strays = asked.pop("%", 0) + given.pop("%", 0)
    return asked.keys() != given.keys() or bool(strays and (asked or in_template))


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


def _pairs(message: str | tuple, translated: str | tuple) -> list[tuple[str, str]]:
    """Of a plural, each form beside the one it is said for."""
    if isinstance(message, str):
        return [(message, str(translated))] if translated else []
    return [(message[-1], one) for one in translated if one]


def faults() -> tuple[Catalog, list[str]]:
    catalogue, found = gathered()
    have = {message.id for message in catalogue if message.id}
    need = used()
    found += [f"not translated: {message!r}" for message in sorted(need.keys() - have)]
    found += [f"not used: {message!r}" for message in sorted(have - need.keys())]
    found += wrongly_filled(catalogue, need)
    return catalogue, found


def wrongly_filled(whole: Catalog, need: Mapping[str, bool]) -> list[str]:
    return [
        f"placeholders differ: {message.id!r}"
        for message in whole
        if any(
            broken(one, two, in_template=need.get(one, False))
            for one, two in _pairs(message.id, message.string)
        )
    ]


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
