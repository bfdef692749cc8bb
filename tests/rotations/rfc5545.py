"""A parser of calendars by the letter of RFC 5545, which shares nothing with the one that writes
them: lines are unfolded (3.1), names and parameters split (3.1, 3.2), texts unescaped (3.3.11).

It is strict: what breaks the grammar is a `ValueError`.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

LONGEST = 75
"""Octets of a line without its end (3.1)."""


@dataclass
class Component:
    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list["Component"]:
        return [one for one in self.parts if one.name == name]

    def value(self, name: str) -> str:
        [found] = [value for key, _parameters, value in self.properties if key == name]
        return found

    def text(self, name: str) -> str:
        return unescaped(self.value(name))

    def day(self, name: str) -> date:
        [parameters] = [those for key, those, _value in self.properties if key == name]
        if parameters.get("VALUE") != "DATE":
            raise ValueError(f"{name} is no day: {parameters}")
        return datetime.strptime(self.value(name), "%Y%m%d").date()


def parsed(content: bytes) -> Component:
    """The one calendar in it."""
    top = Component("")
    open_ones = [top]
    for line in unfolded(content):
        name, parameters, value = split(line)
        if name == "BEGIN":
            part = Component(value)
            open_ones[-1].parts.append(part)
            open_ones.append(part)
        elif name == "END":
            if open_ones.pop().name != value:
                raise ValueError(f"END:{value} closes another component")
        else:
            open_ones[-1].properties.append((name, parameters, value))
    if len(open_ones) != 1 or [one.name for one in top.parts] != ["VCALENDAR"]:
        raise ValueError("not one calendar")
    return top.parts[0]


def unfolded(content: bytes) -> list[str]:
    if not content.endswith(b"\r\n"):
        raise ValueError("the last line has no end")
    lines: list[bytes] = []
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        if len(line) > LONGEST or b"\n" in line or b"\r" in line:
            raise ValueError(f"not a line: {line!r}")
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode() for line in lines]


def split(line: str) -> tuple[str, dict[str, str], str]:
    found = re.match(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$', line)
    if not found:
        raise ValueError(f"not a content line: {line!r}")
    name, parameters, value = found.groups()
    pairs = re.findall(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)', parameters)
    return name.upper(), {key.upper(): text.strip('"') for key, text in pairs}, value


def unescaped(text: str) -> str:
    if not re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", text):
        raise ValueError(f"not escaped: {text!r}")
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)
