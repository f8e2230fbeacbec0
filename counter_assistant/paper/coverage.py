"""Which bundled font draws a character, known without opening a font.

A character that a font lacks is drawn as an empty box, without a warning. So whatever goes on paper is checked
here first: `Coverage.missing` names what no bundled font can draw, so that issuing stops and the hand-written way is
offered; `Coverage.font_for` names the file to load for the rest. The figures come from
``resources/fonts/coverage.json``, which is made together with the fonts by ``packaging/fonts/build_fonts.py``.
"""

import json
import struct
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Face:
    """The characters of one face and the files that draw them."""

    regular: str
    bold: str | None
    starts: tuple[int, ...]  # first code of each range, ascending
    ends: tuple[int, ...]  # last code of each range

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        bounds = bytes.fromhex(" ".join(entry["ranges"]))
        codes = struct.unpack(f">{len(bounds) // 4}I", bounds)
        return cls(entry["regular"], entry["bold"], codes[::2], codes[1::2])

    def __contains__(self, code: int) -> bool:
        at = bisect_right(self.starts, code) - 1
        return at >= 0 and code <= self.ends[at]


class Coverage:
    """The faces for paper, in order of preference: body, rest of the same face, rare ideographs, Tai scripts."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._faces = tuple(faces)
        self._found: dict[str, Face | None] = {}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads ``coverage.json``."""
        content = json.loads(path.read_bytes())
        return cls([Face.from_json(entry) for entry in content["paper"]])

    @property
    def files(self) -> tuple[str, ...]:
        """The regular file of every face, in order of preference."""
        return tuple(face.regular for face in self._faces)

    def font_for(self, char: str, strong: bool) -> str | None:
        """The file in ``resources/fonts`` that draws this one character, or None where no font does.

        Where the face has no bold (rare ideographs, Tai scripts), `strong` returns the regular file.
        """
        face = self._face(char)
        if face is None:
            return None
        return face.bold if strong and face.bold else face.regular

    def missing(self, text: str) -> list[str]:
        """The characters of `text` that no font draws, in order of first appearance, each once.

        Control characters, line feeds among them, have no glyph and are listed: split lines before asking.
        """
        return [char for char in dict.fromkeys(text) if self._face(char) is None]

    def _face(self, char: str) -> Face | None:
        try:
            return self._found[char]
        except KeyError:
            code = ord(char)
            face = next((face for face in self._faces if code in face), None)
            self._found[char] = face
            return face
