"""程序里的一样东西：叫什么、哪一版、按什么许可、许可的全文在哪里."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Part(StrEnum):
    """What a component is, in the order in which components are listed."""

    PROGRAM = "program"
    PYTHON = "python"
    PACKAGE = "package"
    LIBRARY = "library"
    FONT = "font"
    DATA = "data"

    @property
    def label(self) -> str:
        """What the clerk reads over them."""
        return _LABELS[self]


_LABELS = {
    Part.PROGRAM: "本程序",
    Part.PYTHON: "运行环境",
    Part.PACKAGE: "程序库",
    Part.LIBRARY: "程序库里的部分",
    Part.FONT: "字体",
    Part.DATA: "汉字资料",
}


class Text(NamedTuple):
    """The text of a licence: what its file is called, with / in it where it came out of a folder, and where it lies now."""

    name: str
    path: Path

    def read(self) -> str:
        """What stands there; what is no UTF-8 is shown as �.

        Raises:
            OSError: the file cannot be read.
        """
        return self.path.read_text("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Component:
    """`licence` is an SPDX expression; `version` is empty where nobody says it; `within` is the package that it is a part of."""

    name: str
    version: str
    licence: str
    part: Part
    texts: tuple[Text, ...]
    within: str = ""


def in_order(components: Iterable[Component]) -> tuple[Component, ...]:
    """As they are listed: what they are, then by name."""
    order = list(Part)
    return tuple(sorted(components, key=lambda each: (order.index(each.part), each.name.casefold())))


def without_terms(components: Iterable[Component]) -> list[str]:
    """What may not be passed on as it is: nobody says its licence, or the text of that is not beside it."""
    return [each.name for each in components if not (each.licence and each.texts)]
