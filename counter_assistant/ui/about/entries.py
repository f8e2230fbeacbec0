"""关于里左边的每一行，和按输入的字留下哪几行；不用 Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from counter_assistant.domain.formatting import listed
from counter_assistant.storage.licences.component import Component, Part

VERSIONS, DIAGNOSIS = "版本", "诊断"
PROGRAM = "柜台助手"
"""What the program is called; its component is called as its package is."""


class Entry(NamedTuple):
    """A row: what it is called, under which head it stands, and the component whose licence it shows; versions and diagnosis are none."""

    title: str
    head: str = ""
    component: Component | None = None

    @property
    def hint(self) -> str:
        """The licence, in short."""
        return self.component.licence if self.component else ""

    def fits(self, typed: str) -> bool:
        """Whether it is searched for by this: its name, its licence, its head, or what it is a part of."""
        within = self.component.within if self.component else ""
        return typed.casefold() in listed((self.title, self.head, self.hint, within), "\n").casefold()


def entries(components: Iterable[Component]) -> tuple[Entry, ...]:
    """Versions and diagnosis, then everything inside."""
    inside = (
        Entry(PROGRAM if each.part is Part.PROGRAM else each.name, f"许可：{each.part.label}", each)
        for each in components
    )
    return (Entry(VERSIONS), Entry(DIAGNOSIS), *inside)


def found(rows: Iterable[Entry], typed: str) -> tuple[Entry, ...]:
    """The rows that fit what is typed; all of them while nothing is."""
    return tuple(each for each in rows if each.fits(typed.strip()))


def terms_of(component: Component) -> str:
    """The texts of a licence one after the other, each under its name where there are several.

    Raises:
        OSError: one of them cannot be read.
    """
    several = len(component.texts) > 1
    return "\n\n\n".join(f"【{text.name}】\n\n{text.read()}" if several else text.read() for text in component.texts)


def about_component(component: Component) -> str:
    """What stands over its text: its version, its licence, what it is a part of."""
    within = f"{component.within} 里的一部分" if component.within else ""
    return listed((component.version, component.licence, within), "　")
