"""选字：the file that draws each character, opened when the character first occurs.

What is remembered is bounded, because a desk runs all day and prints many names.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from threading import Lock
from unicodedata import category

from counter_assistant.paper.coverage import Coverage
from counter_assistant.paper.truetype import FontFile

GETA = "〓"  # the typesetters' mark for a missing character; only a preview ever shows it
OPEN_FONTS = 8
KNOWN_CHARACTERS = 20_000
UNDRAWN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # control, format and private-use characters, surrogates, separators


class FontFallback:
    """All font files of one folder, each opened when a character needs it; only a few stay open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: OrderedDict[str, FontFile] = OrderedDict()
        self._opening = Lock()  # the desk previews while a worker sets a batch
        self.files = (_Files(self, strong=False), _Files(self, strong=True))
        self.advances = (_Advances(self, strong=False), _Advances(self, strong=True))

    @cached_property
    def coverage(self) -> Coverage:
        """Which file draws which character."""
        return Coverage.load(self._folder / "coverage.json")

    def font(self, file: str) -> FontFile:
        """The opened file. Where too many are open, the one unused for longest is closed."""
        with self._opening:
            found = self._open.get(file)
            if found is None:
                found = self._open[file] = FontFile(self._folder / file)
                if len(self._open) > OPEN_FONTS:
                    self._open.popitem(last=False)
            self._open.move_to_end(file)
            return found

    def shown(self, file: str, text: str) -> str:
        """The numbers of a text's glyphs in a file, as the hexadecimal string of a PDF operator without its brackets."""
        return text.translate(self.font(file).numbers).encode("utf-16-be", "surrogatepass").hex()

    def missing(self, text: str) -> list[str]:
        """The characters without a glyph, each once, in the order of the text. A line end needs none."""
        if all(map(self.files[0].__getitem__, set(text) - {"\n"})):
            return []
        return [char for char in dict.fromkeys(text) if char != "\n" and not self.files[0][char]]


class _Files(dict[str, str]):
    """Maps a character to a file name, empty where no font has it; filled as characters occur."""

    def __init__(self, fonts: FontFallback, *, strong: bool) -> None:
        super().__init__()
        self._fonts, self._strong = fonts, strong

    def __missing__(self, char: str) -> str:
        if len(self) > KNOWN_CHARACTERS:
            self.clear()
        coverage = self._fonts.coverage
        found = coverage.font_for(char, self._strong) or coverage.font_for(char, False) or ""
        self[char] = "" if category(char) in UNDRAWN else found
        return self[char]


class _Advances(dict[str, int]):
    """Maps a character to its advance in thousandths of an em; filled as characters occur."""

    def __init__(self, fonts: FontFallback, *, strong: bool) -> None:
        super().__init__()
        self._fonts, self._files = fonts, fonts.files[strong]

    def __missing__(self, char: str) -> int:
        if len(self) > KNOWN_CHARACTERS:
            self.clear()
        self[char] = self._fonts.font(self._files[char]).advance(ord(char))
        return self[char]
