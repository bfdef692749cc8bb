"""Where the templates, static files and migrations are, and where the portal keeps its data.

In a checkout they stand beside the package, at the top of the repository.
A wheel carries them inside the package (`force-include` in pyproject.toml).
"""

import os
from contextlib import suppress
from pathlib import Path

PACKAGE = Path(__file__).parent
HOME = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent

TEMPLATES = HOME / "templates"
STATIC = HOME / "static"
MIGRATIONS = HOME / "migrations"
TRANSLATIONS = PACKAGE / "translations"
DEMO_COUNTY = PACKAGE / "demo" / "county"


def private(file: Path) -> Path:
    """The file; where there is none, an empty one is made that only its owner reads."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return file


def is_open_to_others(file: Path) -> bool:
    """Whether anybody with an account on this machine can read it; not if it is not there."""
    file = file.absolute()
    return (
        file.exists()
        and bool(file.stat().st_mode & 0o004)
        and all(folder.stat().st_mode & 0o001 for folder in file.parents)
    )


def instance() -> Path:
    """The folder of the database, the queue and the uploads; `TRAININGBASE_HOME` moves it."""
    folder = Path(os.environ.get("TRAININGBASE_HOME") or Path.cwd() / "instance")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
