"""What a web process must not pay for at its start."""

import subprocess
import sys

import pytest

HEAVY = [
    "pandas",
    "numpy",
    "scipy",
    "numba",
    "ortools",
    "plotly",
    "openpyxl",
    "xlsxwriter",
    "alembic",
]

LOADED_BY_THE_PORTAL = """
import sys
from trainingbase.app import create_app
create_app(SECRET_KEY="long enough for a test", DATABASE_URL="sqlite://")
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules of a process that did nothing but make the app."""
    home = tmp_path_factory.mktemp("instance")
    answer = subprocess.run(
        [sys.executable, "-c", LOADED_BY_THE_PORTAL],
        env={"PATH": "", "PYTHONPATH": ":".join(filter(None, sys.path)), "TRAININGBASE_HOME": home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return set(answer.stdout.split())


@pytest.mark.parametrize("module", HEAVY)
def test_the_portal_starts_without(module, loaded):
    assert "trainingbase.app" in loaded
    assert module not in loaded
