"""Finds a Chromium for the browser tests, or installs one; `python -m tests.browser.chromium`.

Looks, in order, for: the `CHROMIUM` variable, one on the PATH, one unpacked into `.cache/` before.
Installs, in order: with apt-get (as root, or with sudo that asks no password), or from the npm
package @sparticuz/chromium, which carries a headless Chromium and its libraries.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_PACKAGE = "@sparticuz/chromium@147.0.0"  # the last for node 20
NPM_SHA512 = (
    "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
)
ADVICE = """\
No Chromium was found for the browser tests, and none could be installed.
Install Chromium or Google Chrome with your system's packages, or set CHROMIUM to its path,
then run `make test` again."""


@dataclass
class Chromium:
    path: str
    environment: dict[str, str] = field(default_factory=dict)


def find() -> Chromium | None:
    """The first browser that starts."""
    if given := os.environ.get("CHROMIUM"):
        return Chromium(given)
    for name in NAMES:
        if (path := shutil.which(name)) and _starts(path):
            return Chromium(path)
    if (unpacked := CACHE / "chromium").exists():
        return Chromium(str(unpacked), {"LD_LIBRARY_PATH": str(CACHE / "al2023" / "lib")})
    return None


def find_or_install() -> Chromium:
    """Raises `RuntimeError`, saying what to do, where there is none and none can be had."""
    if found := find():
        return found
    for install in (_with_apt, _with_npm):
        try:
            install()
        except (OSError, subprocess.SubprocessError, ValueError) as failure:
            print(f"    {failure}", file=sys.stderr)
        if found := find():
            return found
    raise RuntimeError(ADVICE)


def _starts(path: str) -> bool:
    """Ubuntu's `chromium` without snap is a script that only says what to install."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _with_apt() -> None:
    if not shutil.which("apt-get"):
        return
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become and (
        not shutil.which("sudo")
        or subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        return
    print("    installing chromium with apt-get", flush=True)
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*become, "apt-get", "update", "-qq"], **quiet)
    subprocess.run(
        [
            *(*become, *environment, "apt-get", "install", "-y", "-qq"),
            *("--no-install-recommends", "chromium"),
        ],
        **quiet,
    )


def _with_npm() -> None:
    if not shutil.which("npm"):
        return
    print(f"    unpacking {NPM_PACKAGE} into .cache/chromium", flush=True)
    shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir(parents=True)
    subprocess.run(
        ["npm", "pack", "--silent", "--cache", CACHE / "npm", NPM_PACKAGE],
        cwd=CACHE,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    archive = next(CACHE.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != NPM_SHA512:
        raise ValueError(f"{NPM_PACKAGE} is not the file that was expected")
    _unpack(archive, CACHE)
    for name in ("swiftshader.tar", "al2023.tar"):
        packed = _unbrotli(CACHE / "package" / "bin" / f"{name}.br", CACHE / name)
        _unpack(packed, CACHE if "swift" in name else CACHE / "al2023")
        packed.unlink()
    program = _unbrotli(CACHE / "package" / "bin" / "chromium.br", CACHE / "chromium.part")
    program.chmod(0o755)
    program.rename(CACHE / "chromium")
    archive.unlink()
    for folder in ("package", "npm"):
        shutil.rmtree(CACHE / folder, ignore_errors=True)


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as files:
        if hasattr(tarfile, "data_filter"):
            files.extractall(folder, filter="data")
        else:  # Python before 3.11.4; the archive is the one whose digest was checked
            files.extractall(folder)


def _unbrotli(packed: Path, unpacked: Path) -> Path:
    """Python has no brotli of its own; node, which npm runs on, has."""
    script = (
        "const fs = require('fs'), [, from, to] = process.argv;"
        "require('stream').pipeline(fs.createReadStream(from),"
        " require('zlib').createBrotliDecompress(), fs.createWriteStream(to),"
        " (error) => { if (error) throw error; });"
    )
    subprocess.run(["node", "-e", script, str(packed), str(unpacked)], check=True)
    return unpacked


def chinese_fonts() -> dict[str, str]:
    """What to add to the browser's environment so that Chinese is drawn; empty where it is."""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
        if listed.stdout.strip():
            return {}
    from noto_cjk_sans_otc import FONT_PATH

    CACHE.mkdir(parents=True, exist_ok=True)
    settings = CACHE / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        "  <dir>/usr/share/fonts</dir>\n"
        f"  <dir>{Path(str(FONT_PATH)).parent}</dir>\n"
        f"  <cachedir>{CACHE / 'fonts'}</cachedir>\n</fontconfig>\n"
    )
    return {"FONTCONFIG_FILE": str(settings)}


if __name__ == "__main__":
    try:
        print(f"    {find_or_install().path}")
    except RuntimeError as unavailable:
        sys.exit(str(unavailable))
