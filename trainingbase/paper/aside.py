"""Setting a document in a process of its own.

typst remembers what it has set: after two dozen thick documents a process holds two gigabytes. A
process for each gives that back, and what goes wrong in it, however badly, is one document's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

from trainingbase.paper.blocks import Document
from trainingbase.paper.letters import font_file
from trainingbase.paper.press import files_of, settings_of

SETTER = Path(__file__).with_name("setter.py")
SECONDS = 120


class NotSet(Exception):
    """The document could not be set: what typst says of it, or that it took too long."""


def pdf_aside(document: Document, *, seconds: float = SECONDS) -> bytes:
    """As `pdf`, without keeping anything in this process.  Raises `NotSet`."""
    files = {name: b64encode(content).decode() for name, content in files_of(document).items()}
    order = {"files": files, "fonts": str(font_file().parent), "settings": settings_of(document)}
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(SETTER)],
            input=json.dumps(order).encode(),
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise NotSet(f"not set after {seconds} seconds") from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotSet(said[-1] if said else f"ended by {done.returncode}")
    return done.stdout
