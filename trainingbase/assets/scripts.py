"""Each script is sent with what it imports inside it: on a slow network every further file is one
more wait.  What a script imports while it runs, `import("./charts.js")`, stays a file of its own.

Only what our own scripts do is understood: imports and exports that stand at the beginning of a
line, and exports that are functions.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";.*\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function (\w+))", re.MULTILINE)
COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)


def bundled(script: Path) -> str:
    """The script, behind all that it imports, directly and on the way."""
    inner = {}  # in the order in which they run
    _gather(script, inner, ())
    own = inner.pop(script.stem)
    return "".join(_as_a_value(name, text) for name, text in inner.items()) + _taking(own)


def _gather(script: Path, found: dict[str, str], above: tuple[str, ...]) -> None:
    if script.stem in above:
        raise ValueError(f"{script.name} imports itself, by way of {above}")
    if script.stem in found:
        return
    text = COMMENT.sub("", script.read_text(encoding="utf-8"))
    for _names, name in IMPORT.findall(text):
        _gather(script.with_name(f"{name}.js"), found, (*above, script.stem))
    found[script.stem] = text


def _as_a_value(name: str, text: str) -> str:
    body, exported = EXPORT.sub("", _taking(text)), EXPORT.findall(text)
    if re.search(r"^(import|export)\b", body, re.MULTILINE):
        raise ValueError(f"{name}.js imports or exports in a way that is not understood")
    return (
        f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"
    )


def _taking(text: str) -> str:
    """With `import { a as b } from "./x.js"` as `const { a: b } = in_x`."""
    return IMPORT.sub(
        lambda one: f"const {{{one[1].replace(' as ', ': ')}}} = {_variable(one[2])};\n", text
    )


def _variable(name: str) -> str:
    return "in_" + name.replace("-", "_")
