"""Compiled functions. Only what the worker and the command line load imports this: numba is slow
to load.

The machine code is kept beside the source or in the user's cache; where neither can be written it
is made anew in every process, in some twenty seconds.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import config, njit

HERE = Path(__file__).parent
SOURCES = (
    "compiled",
    "proof/marking",
    "proof/sweeps",
    "search/desk",
    "search/driving",
    "search/moves",
    "search/rowwork",
)
"""The modules from which machine code is made."""


def _edition() -> str:
    """Changes with the sources: numba by itself looks only at the file of the outermost function,
    and would go on with the old code of those that it calls."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update((HERE / f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]


# numba sets its options while it loads
config.CACHE_DIR = str(HERE / "__pycache__" / f"machine-code-{_edition()}")  # type: ignore[attr-defined]


def compiled(function: Callable) -> Any:
    try:
        return njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # nowhere to keep it
        return njit(nogil=True, error_model="numpy")(function)


def inner(function: Callable) -> Any:
    """For functions that only compiled ones call: made in two thirds of the time."""
    options: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return njit(nogil=True, error_model="numpy", **options)(function)


def inlined(function: Callable) -> Any:
    """For small functions in the innermost loops: calling one counts references to each array."""
    return njit(nogil=True, error_model="numpy", inline="always")(function)


def is_at_hand(function: Any) -> bool:
    """Whether machine code was kept. True also where nothing can be kept: waiting is no use."""
    try:
        return bool(function._cache._cache_file._load_index())
    except (AttributeError, OSError):
        return True
