"""核定到哪些事项：选中的一项、它的一组，还是全部。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.groups import GROUPS

if TYPE_CHECKING:
    from counter_assistant.storage.content.catalogue_index import IndexEntry


class Scope(StrEnum):
    """Which items an approval or a withdrawal is about: the marked one, its group, or all."""

    ITEM = "item"
    GROUP = "group"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """The marked item, the day whose text is shown, and every item of the catalogue."""

    entry: IndexEntry
    day: date
    catalogue: Sequence[IndexEntry]

    def items(self, scope: Scope) -> list[IndexEntry]:
        """The items of a scope that have a text on that day; the marked one where none has."""
        begins = {Scope.ITEM: self.entry.id, Scope.GROUP: self.entry.id[0], Scope.ALL: ""}[scope]
        return [each for each in self.catalogue if each.valid_on(self.day) and each.id.startswith(begins)] or [
            self.entry
        ]

    def name(self, scope: Scope) -> str:
        """What a scope is called: B08 租赁市场住房提取, B 提取 18 项, 全部 48 项."""
        match scope:
            case Scope.ITEM:
                return f"{self.entry.id} {self.entry.name}"
            case Scope.GROUP:
                return f"{GROUPS[self.entry.id[0]]} {len(self.items(scope))} 项"
            case Scope.ALL:
                return f"全部 {len(self.items(scope))} 项"

    @property
    def names(self) -> dict[Scope, str]:
        """The name of each scope."""
        return {scope: self.name(scope) for scope in Scope}
