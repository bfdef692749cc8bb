"""What a person gets who installs the portal: the wheel, the locks, the first lines to type."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from trainingbase import paths

LOCKS = ["requirements.lock", "dev.lock", "tools.lock"]

WALK_THROUGH = """
import sys
from pathlib import Path
from trainingbase import cli, paths
from trainingbase.app import create_app
app = create_app(SECRET_KEY="long enough for a test")
with app.app_context():
    from flask_migrate import upgrade
    upgrade()
page = app.test_client().get("/", follow_redirects=True)
print(page.status_code, Path(paths.__file__).parent)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=paths.HOME,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_that_the_portal_needs(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in (paths.TEMPLATES, paths.STATIC, paths.MIGRATIONS, paths.PACKAGE):
        files = [file for file in folder.rglob("*") if file.is_file()]
        assert files
        for file in files:
            if "__pycache__" not in file.parts:
                where = file.relative_to(paths.PACKAGE if folder == paths.PACKAGE else paths.HOME)
                assert f"trainingbase/{where.as_posix()}" in inside


def test_the_portal_runs_from_the_wheel_alone(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    packages = [path for path in sys.path if "site-packages" in path]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), *packages]),
        "TRAININGBASE_HOME": str(tmp_path / "instance"),
    }
    answer = subprocess.run(
        [sys.executable, "-c", WALK_THROUGH],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == ["200", str(tmp_path / "site" / "trainingbase")]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_what_but_not_from_where(lock):
    text = (paths.HOME / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^[ \t]*-(?!-hash=sha256:)", text, re.MULTILINE)
    blocks = re.split(r"^(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.M)
    pins = [block for block in blocks if block.strip()]
    assert pins
    for pin in pins:
        assert re.match(r"[a-z0-9-]+==\S+ ", pin) and "--hash=sha256:" in pin, pin


REGISTRIES = re.compile(
    r"(pypi|npmjs|debian|ubuntu)[.](org|com)/|pythonhosted|unpkg[.]com|jsdelivr|cdnjs|googleapis"
)
NOT_OURS = {".git", ".venv", ".cache", "instance", "node_modules", "vendor", "__pycache__"}


def test_no_file_names_a_registry_or_a_content_network():
    naming = []
    for folder, folders, files in os.walk(paths.HOME):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for name in files:
            if name.endswith(TEXT) and name != "test_packaging.py":
                text = Path(folder, name).read_text(errors="replace")
                naming += [f"{name}: {found.group()}" for found in REGISTRIES.finditer(text)]
    assert naming == []


TEXT = (".py", ".html", ".js", ".css", ".md", ".toml", ".lock", ".json", ".yaml", ".txt", ".po")


def test_every_dependency_is_locked():
    project = tomllib.loads((paths.HOME / "pyproject.toml").read_text())["project"]
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (paths.HOME / "requirements.lock").read_text(), re.M)
    )
    wanted = {re.match(r"[a-z0-9-]+", one.lower()).group() for one in project["dependencies"]}
    assert wanted <= locked


NOT_IMPORTED = {
    "gunicorn",  # serves the portal on Linux, when asked to
    "tzdata",  # the time zones, where the system has none
}


def test_the_portal_imports_what_is_declared_and_nothing_else():
    project = tomllib.loads((paths.HOME / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for extra in extras.values() for one in extra)]
    declared = {re.match(r"[a-z0-9-]+", one.lower()).group() for one in wanted}
    of_module = packages_distributions()
    imported = {
        name.lower().replace("_", "-")
        for module in imported_modules()
        for name in of_module.get(module, [module])
    }
    brought_along = {"alembic", "babel", "click", "jinja2", "markupsafe", "werkzeug"}
    assert imported - declared <= brought_along | {"trainingbase"}
    assert declared - imported <= NOT_IMPORTED | {"psycopg", "redis"}  # named in addresses


def imported_modules() -> set[str]:
    """The first part of every module that the portal imports, anywhere in its code."""
    found = set()
    for file in [*paths.PACKAGE.rglob("*.py"), *paths.MIGRATIONS.rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names)


def test_the_readme_begins_with_the_two_commands():
    top = "\n".join((paths.HOME / "README.md").read_text().splitlines()[:15])
    assert "make demo" in top and "make test" in top
