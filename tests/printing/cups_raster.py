"""Pages as CUPS hands them to a printer's driver: one bit a dot (https://www.cups.org/doc/spec-raster.html)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

HEADER = 1796
MM_PER_INCH = 25.4


class RasterPage(NamedTuple):
    """A page: dots to the inch across and down, its size in points, and its rows of bits."""

    dpi: tuple[int, int]
    size: tuple[int, int]
    rows: list[bytes]

    def ink(self) -> tuple[float, float, float, float]:
        """Where the first and the last ink is, in millimetres from the left and the upper edge of what the driver reaches."""
        seen = bytearray(len(self.rows[0]))
        inked = [at for at, row in enumerate(self.rows) if any(row)]
        for at in inked:
            for column, byte in enumerate(self.rows[at]):
                seen[column] |= byte
        bits = "".join(f"{byte:08b}" for byte in seen)
        across, down = (MM_PER_INCH / dpi for dpi in self.dpi)
        return bits.index("1") * across, inked[0] * down, bits.rindex("1") * across, inked[-1] * down


def pages_of_raster(data: bytes) -> Iterator[RasterPage]:
    """The pages of a raster of the third or the compressed second version, one bit a dot."""
    order = "<" if data[:4] in (b"2SaR", b"3SaR") else ">"
    packed, at = data[:4] in (b"2SaR", b"RaS2"), 4
    while at < len(data):
        head = data[at : at + HEADER]
        dpi, size = struct.unpack_from(f"{order}2I", head, 276), struct.unpack_from(f"{order}2I", head, 352)
        height, (length,) = struct.unpack_from(f"{order}2I", head, 372)[1], struct.unpack_from(f"{order}I", head, 392)
        assert struct.unpack_from(f"{order}I", head, 388)[0] == 1, "one bit a dot"
        at += HEADER
        rows: list[bytes] = []
        while len(rows) < height:
            count, line, at = _row(data, at, length) if packed else (1, data[at : at + length], at + length)
            rows += [line] * count
        yield RasterPage(dpi, size, rows)


def _row(data: bytes, at: int, length: int) -> tuple[int, bytes, int]:
    """How often a packed row stands, the row, and where the next begins."""
    count, line = data[at] + 1, bytearray()
    at += 1
    while len(line) < length:
        code = data[at]
        if code > 128:
            line += data[at + 1 : at + 258 - code]
            at += 258 - code
        elif code == 128:
            line += bytes(length - len(line))
            at += 1
        else:
            line += data[at + 1 : at + 2] * (code + 1)
            at += 2
    return count, bytes(line), at
