"""What is sent of static/, as it is sent: put together once, kept in memory, packed once."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property, lru_cache

from trainingbase import paths
from trainingbase.assets.scripts import bundled
from trainingbase.assets.sheet import sheet, small


@dataclass(frozen=True)
class File:
    plain: bytes
    kind: str
    """Content-Type."""

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.plain, compresslevel=9, mtime=0)

    @cached_property
    def tag(self) -> str:
        return hashlib.sha256(self.plain).hexdigest()[:16]


@lru_cache(maxsize=1)
def files() -> dict[str, File]:
    """By path below static/: our own files and the sprite, which grows with the pages.

    The rest of static/vendor has its version in its path and is sent from where it lies.
    """
    texts = {"css/portal.css": sheet(paths.STATIC)}
    texts["css/attendance.css"] = small(_text("css/attendance.css"))
    for script in sorted((paths.STATIC / "js").glob("*.js")):
        texts[f"js/{script.name}"] = bundled(script)
    for name in ("coach.json", "mark.svg", "vendor/bootstrap-icons-1.13.2/sprite.svg"):
        texts[name] = _text(name)
    return {path: File(text.encode(), _kind(path)) for path, text in texts.items()}


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Of all files together, because they belong together."""
    sums = "".join(f"{path} {file.tag}\n" for path, file in sorted(files().items()))
    return hashlib.sha256(sums.encode()).hexdigest()[:16]


def _text(path: str) -> str:
    return (paths.STATIC / path).read_text(encoding="utf-8")


def _kind(path: str) -> str:
    if path.endswith(".js"):
        return "text/javascript; charset=utf-8"  # whatever the machine's tables say
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
