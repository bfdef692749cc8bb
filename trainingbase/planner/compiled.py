"""Compiled functions. Only what the worker and the command line load imports this: numba is slow
to load.

The machine code is kept beside the source or in the user's cache; where neither can be written it
is made anew in every process, in some twenty seconds. It is found by the file of the outermost
function alone: who changes a function that others call deletes `__pycache__` beside it.
"""

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable) -> Any:
    try:
        return njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # nowhere to keep it
        return njit(nogil=True, error_model="numpy")(function)


def inner(function: Callable) -> Any:
    """For functions that only compiled ones call: made in two thirds of the time."""
    options: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return njit(nogil=True, error_model="numpy", **options)(function)


def is_at_hand(function: Any) -> bool:
    """Whether machine code was kept. True also where nothing can be kept: waiting is no use."""
    try:
        return bool(function._cache._cache_file._load_index())
    except (AttributeError, OSError):
        return True
