"""Where the templates, static files and migrations are, and where the portal keeps its data.

In a checkout they stand beside the package, at the top of the repository.
A wheel carries them inside the package (`force-include` in pyproject.toml).
"""

import os
from pathlib import Path

PACKAGE = Path(__file__).parent
HOME = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent

TEMPLATES = HOME / "templates"
STATIC = HOME / "static"
MIGRATIONS = HOME / "migrations"
TRANSLATIONS = PACKAGE / "translations"
DEMO_COUNTY = PACKAGE / "demo" / "county"


def instance() -> Path:
    """The folder of the database, the queue and the uploads; `TRAININGBASE_HOME` moves it."""
    folder = Path(os.environ.get("TRAININGBASE_HOME") or Path.cwd() / "instance")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
