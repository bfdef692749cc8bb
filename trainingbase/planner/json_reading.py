"""Reading JSON with the path of every fault: `residents[3].fixed[0].department: unknown ...`."""

from typing import Any


class FormatError(ValueError):
    """A file is not in its format. `path` is the JSON path of the fault, `reason` a sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path or '$'}: {reason}")
        self.path = path or "$"
        self.reason = reason


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
        return self.value

    def integer(self, least: int | None = None, most: int | None = None) -> int:
        value = self.value
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole:
            raise self.fault(f"expected a whole number, found {_kind(value)}")
        value = int(value)
        if least is not None and value < least:
            raise self.fault(f"is {value}, must be at least {least}")
        if most is not None and value > most:
            raise self.fault(f"is {value}, must be at most {most}")
        return value

    def number(self, least: float | None = None) -> float:
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self.fault(f"expected a number, found {_kind(value)}")
        if value in (float("inf"), float("-inf")):
            raise self.fault("expected a finite number")
        if least is not None and value < least:
            raise self.fault(f"is {value}, must be at least {least}")
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
            raise self.fault(f"unknown {what} {value!r}")
        return value


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    if value is None:
        return "nothing"
    return names.get(type(value), f"{value!r}")
