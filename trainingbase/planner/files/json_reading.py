"""Reading JSON with the path of every fault: `residents[3].fixed[0].department: unknown ...`."""

import json
from pathlib import Path
from typing import Any

MOST_BYTES = 256 * 2**20
MOST_NUMBER = 10**9  # of anything counted or weighed


class FormatError(ValueError):
    """A file is not in its format. `path` is the JSON path of the fault, `reason` a sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path or '$'}: {reason}")
        self.path = path or "$"
        self.reason = reason


def parsed(path: str | Path) -> Any:
    """The JSON document of a file in UTF-8, with or without a byte order mark."""
    size = Path(path).stat().st_size
    if size > MOST_BYTES:
        raise FormatError("", f"is {size / 2**20:.0f} MiB, read are at most {MOST_BYTES >> 20}")
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise FormatError("", f"is not JSON: no UTF-8 text at byte {error.start}") from error
    except RecursionError as error:
        raise FormatError("", "is nested too deeply") from error
    except FormatError:
        raise
    except ValueError as error:  # a JSONDecodeError, or a number of thousands of digits
        raise FormatError("", f"is not JSON: {error}") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise FormatError("", f"an object has the key {double!r} twice")
    return made


def _no_number(name: str) -> Any:
    raise FormatError("", f"is not JSON: {name} is no number")


class At:
    """A value of a JSON document together with where it stands."""

    def __init__(self, value: Any, path: str = "") -> None:
        self.value = value
        self.path = path

    def fault(self, reason: str) -> FormatError:
        return FormatError(self.path, reason)

    def has(self, key: str) -> bool:
        return self.mapping().get(key) is not None

    def get(self, key: str, default: Any = ...) -> "At":
        """The member `key`; a missing one is a fault unless a default is given."""
        mapping = self.mapping()
        path = f"{self.path}.{key}" if self.path else key
        if mapping.get(key) is None:
            if default is ...:
                raise FormatError(path, "is missing")
            return At(default, path)
        return At(mapping[key], path)

    def mapping(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.fault(f"expected an object, found {_kind(self.value)}")
        return self.value

    def items(self) -> "list[At]":
        if not isinstance(self.value, list | tuple):
            raise self.fault(f"expected a list, found {_kind(self.value)}")
        return [At(value, f"{self.path}[{i}]") for i, value in enumerate(self.value)]

    def entries(self) -> "list[tuple[str, At]]":
        return [
            (key, At(value, f"{self.path}.{key}" if self.path else key))
            for key, value in self.mapping().items()
        ]

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.fault(f"expected text, found {_kind(self.value)}")
        try:
            self.value.encode()
        except UnicodeEncodeError as error:
            raise self.fault("has half a character (a lone surrogate)") from error
        return self.value

    def name(self) -> str:
        """Text that is not empty."""
        if not self.text():
            raise self.fault("is empty")
        return self.text()

    def integer(self, least: int | None = None, most: int | None = None) -> int:
        value = self.value
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole:
            raise self.fault(f"expected a whole number, found {_kind(value)}")
        value = int(value)
        if abs(value) > MOST_NUMBER:
            raise self.fault(f"is {_kind(value)}, too large a number")
        if least is not None and value < least:
            raise self.fault(f"is {value}, must be at least {least}")
        if most is not None and value > most:
            raise self.fault(f"is {value}, must be at most {most}")
        return value

    def number(self, least: float | None = None, most: float = MOST_NUMBER) -> float:
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self.fault(f"expected a number, found {_kind(value)}")
        if value in (float("inf"), float("-inf")):
            raise self.fault("expected a finite number")
        if least is not None and value < least:
            raise self.fault(f"is {value}, must be at least {least}")
        if abs(value) > most:
            raise self.fault(f"is {_kind(value)}, must be at most {most:,}")
        return value

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fault(f"expected true or false, found {_kind(self.value)}")
        return self.value

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def one_of(self, known: Any, what: str) -> str:
        """The text here, which must be among `known`."""
        value = self.text()
        if value not in known:
            raise self.fault(f"unknown {what} {_short(value)!r}")
        return value


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    if value is None:
        return "nothing"
    if isinstance(value, int) and abs(value) >= 10**18:
        return f"a number of {len(str(value)) if abs(value) < 10**4000 else 'thousands of'} digits"
    return names.get(type(value), f"{value!r}")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
