"""An archive (ZIP) of files that are packed already, written as it is read.

Nothing is packed or held twice: an archive of three hundred handbooks needs the memory of one.
The standard library's writer cannot take what was deflated before.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

UTF8_NAME = 1 << 11
DEFLATED = 8
VERSION = 20
LARGEST = 2**32 - 1


class TooLarge(Exception):
    """More than an archive without the 64-bit extension can hold."""


@dataclass(frozen=True)
class Member:
    """One file: `packed` is its raw deflate stream, `size` and `crc` are of the unpacked file."""

    name: str
    packed: bytes
    size: int
    crc: int
    at: datetime


def packed_file(content: bytes) -> tuple[bytes, int]:
    """The raw deflate stream and the checksum of a file."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(), zlib.crc32(content)


def member(name: str, content: bytes, at: datetime) -> Member:
    stream, crc = packed_file(content)
    return Member(name, stream, len(content), crc, at)


def archive(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of the archive, one piece after the other."""
    place, entries = 0, []
    for one in members:
        name = one.name.encode()
        shared = struct.pack(
            "<HHHHHIIIHH",
            VERSION, UTF8_NAME, DEFLATED, *_dos(one.at), one.crc, len(one.packed), one.size,
            len(name), 0,
        )  # fmt: skip
        entries.append(
            b"PK\x01\x02" + struct.pack("<H", VERSION) + shared
            + struct.pack("<HHHII", 0, 0, 0, 0, place) + name
        )  # fmt: skip
        piece = b"PK\x03\x04" + shared + name + one.packed
        place += len(piece)
        if place > LARGEST:
            raise TooLarge
        yield piece
    directory = b"".join(entries)
    yield directory
    yield b"PK\x05\x06" + struct.pack(
        "<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), place, 0
    )


def _dos(at: datetime) -> tuple[int, int]:
    """Time and day as archives have them: to two seconds, from 1980."""
    return (
        at.hour << 11 | at.minute << 5 | at.second // 2,
        max(at.year - 1980, 0) << 9 | at.month << 5 | at.day,
    )
