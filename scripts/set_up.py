"""Makes `.venv` in the checkout: `set_up.py run` for the portal, `set_up.py dev` for its tests.

Installs exactly what the locks say, with hashes; with uv where it runs, else with pip. A second
call finds that nothing changed and returns at once (`--ready` only answers whether it would).
Uses the standard library alone, and any Python from 3.11.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
VENV = HOME / ".venv"
CACHE = HOME / ".cache"
STAMP = VENV / "installed.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
LOCKS = {"run": "requirements.lock", "dev": "dev.lock"}


def main(arguments: list[str]) -> int:
    level = "dev" if "dev" in arguments or kept_level() == "dev" else "run"
    if "--ready" in arguments:
        return 0 if is_ready(level) else 1
    with one_at_a_time():
        if is_ready(level):
            return 0
        begun = time.monotonic()
        try:
            set_up(level)
        except subprocess.CalledProcessError as failure:
            command = " ".join(str(part) for part in failure.cmd[:6])
            print(f"Setting up failed at: {command} … (exit {failure.returncode})", file=sys.stderr)
            return 1
        print(f"Ready after {time.monotonic() - begun:.0f} s.", flush=True)
    return 0


def set_up(level: str) -> None:
    steps = 5 if level == "run" else 6
    say(1, steps, f"Virtual environment .venv (Python {sys.version.split()[0]})")
    make_venv()
    say(2, steps, "Installer, from tools.lock")
    uv = install_tools()
    say(3, steps, f"Packages, from {LOCKS[level]}" + (" (a few minutes)" if not uv else ""))
    install_packages(LOCKS[level], uv)
    say(4, steps, "trainingbase itself")
    install_portal()
    say(5, steps, "Planner, made ready for this machine (half a minute)")
    run(PYTHON, "-m", "trainingbase.planner.prepare")
    if level == "dev":
        say(6, steps, "Browser for the tests")
        run(PYTHON, "-m", "tests.browser.chromium")
    STAMP.write_text(json.dumps({"level": level, "print": fingerprint()}))


def say(step: int, steps: int, what: str) -> None:
    print(f"[{step}/{steps}] {what}", flush=True)


def stamp() -> dict:
    """What was installed last, and from what; empty when nothing was, or not to the end."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def kept_level() -> str | None:
    """A developer's environment stays one when the portal is started in it."""
    return stamp().get("level")


def is_ready(level: str) -> bool:
    last = stamp()
    return last.get("print") == fingerprint() and last["level"] in ("dev", level)


def fingerprint() -> str:
    """Changes with the locks, the package's description and the place of the checkout."""
    parts = [str(HOME).encode()]
    parts += [(HOME / name).read_bytes() for name in (*LOCKS.values(), "tools.lock")]
    parts.append((HOME / "pyproject.toml").read_bytes())
    parts.append(Path(__file__).read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@contextlib.contextmanager
def one_at_a_time():
    CACHE.mkdir(exist_ok=True)
    with open(CACHE / "set_up.lock", "w") as lock:
        if os.name != "nt":
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Waiting for another set-up of this checkout to end …", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(*command, **options) -> subprocess.CompletedProcess:
    environment = {**os.environ, **options.pop("env", {})}
    environment.pop("PYTHONPATH", None)
    environment.pop("VIRTUAL_ENV", None)
    return subprocess.run(
        [str(part) for part in command], check=True, cwd=HOME, env=environment, **options
    )


def make_venv() -> None:
    """A new one where there is none, or where its Python has gone or was made elsewhere."""
    STAMP.unlink(missing_ok=True)
    asked = "import sys, pip; print(sys.prefix)"
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        answer = run(PYTHON, "-c", asked, capture_output=True, text=True)
        launcher = BIN / "pip"
        if Path(answer.stdout.strip()) == VENV and str(VENV) in launcher.read_text()[:500]:
            return
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)


def pip(*arguments, **options):
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input", "--cache-dir", CACHE / "pip")
    return run(PYTHON, "-m", "pip", *arguments[:1], *quiet, *arguments[1:], **options)


def install_tools() -> Path | None:
    """The path of uv; None where it has no wheel for this machine or does not run."""
    lock = HOME / "tools.lock"
    hashed = ("install", "--require-hashes", "--only-binary", ":all:", "-r")
    try:
        pip(*hashed, lock, stderr=subprocess.DEVNULL)
        uv = BIN / "uv"
        run(uv, "--version", stdout=subprocess.DEVNULL)
        return uv
    except (OSError, subprocess.CalledProcessError):
        print("    uv cannot be used here; pip installs everything", flush=True)
    blocks = lock.read_text().replace("\\\n", "\\\0").splitlines()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as rest:
        kept = (block for block in blocks if not block.startswith("uv=="))
        rest.write("\n".join(kept).replace("\\\0", "\\\n") + "\n")
        rest.flush()
        pip(*hashed, rest.name)
    return None


def install_packages(lock: str, uv: Path | None) -> None:
    if uv:
        try:
            run(
                *(uv, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode"),
                *("--python", PYTHON, *without_network()),
                *([lock] if lock == "dev.lock" else [lock, "tools.lock"]),
                env=uv_environment(),
            )
            return
        except subprocess.CalledProcessError:
            print("    uv could not; trying pip (a few minutes)", flush=True)
    pip("install", "--require-hashes", "-r", lock)


def uv_environment() -> dict[str, str]:
    """uv reads no pip configuration: tell it of the mirror and the certificates in use."""
    settings = {
        "UV_SYSTEM_CERTS": "true",
        "UV_NO_CONFIG": "1",
        "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR") or str(CACHE / "uv"),
    }
    if "UV_DEFAULT_INDEX" not in os.environ and (mirror := pip_setting("index-url")):
        settings["UV_DEFAULT_INDEX"] = mirror
    return settings


def without_network() -> list[str]:
    """Where pip is told to take wheels from a folder only, so is uv."""
    if not pip_setting("no-index"):
        return []
    return ["--no-index", "--find-links", pip_setting("find-links")]


def pip_setting(name: str) -> str:
    if given := os.environ.get("PIP_" + name.upper().replace("-", "_")):
        return given
    command = (PYTHON, "-m", "pip", "config", "list")
    listed = run(*command, capture_output=True, text=True).stdout
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        if key in (f"global.{name}", f"install.{name}"):
            return value.strip("'\"")
    return ""


def install_portal() -> None:
    """Linked to the checkout, and built by the hatchling of tools.lock: nothing is fetched."""
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", HOME)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped; run it again to go on.")
