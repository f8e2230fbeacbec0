"""What a screen reader is told, over AT-SPI: a program of its own, for the system's Python, which has `gi`.

It reads one JSON value a line and answers with one a line. It belongs to no package and knows nothing of the program.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

OURS = "counter-assistant"
FOLLOWED = ("object:announcement", "object:state-changed:focused")
STATES = ("focusable", "focused", "checked", "checkable", "selected", "enabled", "showing", "editable")
LISTS = ("list", "table", "tree", "tree table")
MOST_CHILDREN = 80


class Listener:
    """Keeps what was said since it was last asked, and what has the focus."""

    def __init__(self) -> None:
        Atspi.init()
        self.said: list[str] = []
        self.focused: Any = None
        self.moves = 0
        self._listener = Atspi.EventListener.new(self._hear)
        for event in FOLLOWED:
            self._listener.register(event)

    def _hear(self, event: Any) -> None:
        if event.type.startswith("object:announcement"):
            self.said.append(str(event.any_data))
        elif event.detail1:
            self.focused = event.source
            self.moves += 1

    def answer(self, asked: dict[str, Any]) -> object:
        """The answer to one question."""
        more = {key: value for key, value in asked.items() if key != "ask"}
        return getattr(self, f"_{asked['ask']}")(**more)

    def _tree(self) -> object:
        return [whole(frame) for frame in self._frames()]

    def _ready(self) -> object:
        return bool(self._frames())

    def _focus(self) -> object:
        """What has the focus: the last that was told, or what says so of itself."""
        try:
            if self.focused is not None and "focused" in states(self.focused):
                return described(self.focused)
        except GLib.Error:
            self.focused = None
        return next((found for frame in self._frames() if (found := find_focused(frame))), None)

    def _grab(self, role: str, name: str) -> object:
        """Gives the first that is called so the focus; False where there is none."""
        found = next(
            (
                one
                for frame in self._frames()
                for one in seen(frame)
                if (one.get_role_name(), one.get_name()) == (role, name)
            ),
            None,
        )
        return found is not None and bool(found.get_component_iface().grab_focus())

    def _moves(self) -> object:
        """How often the focus has moved."""
        return self.moves

    def _said(self) -> object:
        said, self.said = self.said, []
        return said

    def _frames(self) -> list[Any]:
        desktop = Atspi.get_desktop(0)
        programs = [desktop.get_child_at_index(n) for n in range(desktop.get_child_count())]
        ours = [one for one in programs if one is not None and one.get_name() == OURS]
        for one in ours:
            one.set_cache_mask(Atspi.Cache.NONE)  # what is remembered may be gone
        return [one.get_child_at_index(n) for one in ours for n in range(one.get_child_count())]


def states(node: Any) -> list[str]:
    """The states of a node that matter here."""
    held = {state.value_nick for state in node.get_state_set().get_states()}
    return [state for state in STATES if state in held]


def described(node: Any) -> dict[str, object]:
    """A node as it is read out: what it is, what it is called, what else is said of it, and what it holds."""
    index: list[int] = []
    above, at = node.get_parent(), node
    while above is not None and above.get_role_name() != "application":
        index.insert(0, at.get_index_in_parent())
        at, above = above, above.get_parent()
    return {**plain(node), "place": index}


def plain(node: Any) -> dict[str, object]:
    """A node by itself."""
    text = node.get_text_iface()
    return {
        "role": node.get_role_name(),
        "name": node.get_name(),
        "description": node.get_description(),
        "states": states(node),
        "text": Atspi.Text.get_text(text, 0, -1) if text is not None else "",
        "labels": [
            relation.get_target(n).get_name()
            for relation in node.get_relation_set()
            if relation.get_relation_type() is Atspi.RelationType.LABELLED_BY
            for n in range(relation.get_n_targets())
        ],
    }


def children(node: Any) -> list[Any]:
    """What lies within a node, of a long list its beginning."""
    found = (node.get_child_at_index(n) for n in range(min(node.get_child_count(), MOST_CHILDREN)))
    return [child for child in found if child is not None]


def whole(node: Any) -> dict[str, object]:
    """A node with what can be seen within it."""
    inside = []
    for child in children(node):
        try:
            if "showing" in states(child):
                inside.append(whole(child))
        except GLib.Error:  # it went while it was looked at
            continue
    return {**plain(node), "inside": inside}


def seen(node: Any) -> Iterator[Any]:
    """A node and all that can be seen within it."""
    yield node
    for child in children(node):
        if "showing" in states(child):
            yield from seen(child)


def find_focused(node: Any) -> dict[str, object] | None:
    """The innermost node with the focus; of a list that has not, Qt says of the chosen line that it has."""
    held = states(node)
    if node.get_role_name() in LISTS:
        return described(node) if "focused" in held else None
    for child in children(node):
        try:
            if "showing" in states(child) and (found := find_focused(child)):
                return found
        except GLib.Error:
            continue
    return described(node) if "focused" in held else None


def main() -> None:
    """Answers until nobody asks any more."""
    listener, loop = Listener(), GLib.MainLoop()

    def asked(*_: object) -> bool:
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        sys.stdout.write(json.dumps(listener.answer(json.loads(line)), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, asked)
    loop.run()


main()
