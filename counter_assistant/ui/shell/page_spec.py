"""页的登记：a package says of its page what it is and how it is built; the window makes it when it is first shown.

A page is added by its package, whose module `spec` holds a `PageSpec` and imports the page only when it is built, and by
its line in ui/pages.py. Pages do not know each other: what one asks of another is a request (ui/shell/requests.py), and what
several have to follow is a signal of the `PageContext`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.storage.content.catalogue_index import IndexEntry
    from counter_assistant.ui.shell.requests import PageRequest
    from counter_assistant.ui.widgets.page import Page

P = TypeVar("P", bound="Page")


class PageContext(QObject):
    """What a page is built with: the open office, the search for items, and what the pages tell each other."""

    asked = Signal(object)
    """A PageRequest: the page that answers it is shown and does it."""
    office_opened = Signal(object)
    """The Office, for a page that was built before."""
    office_changed = Signal()
    """What the papers and the bar say of the office is another now: its profile, or who sits there."""
    approvals_changed = Signal()
    """The centre's approvals are others now, and with them what is read of the catalogue."""
    calendar_changed = Signal()
    """The working days are others now."""
    phrases_changed = Signal()
    """The office's phrases are others now."""

    def __init__(self, office: Callable[[], Office], search: Callable[[str], list[IndexEntry]]) -> None:
        """`office` opens the office where it is not open yet, and raises Refusal where it cannot be opened."""
        super().__init__()
        self.office, self.search = office, search

    def ask(self, request: PageRequest) -> None:
        """Asks for something that another page does."""
        self.asked.emit(request)


class PageSpec(NamedTuple, Generic[P]):
    """A page: its key, what the navigation calls it, its function key (empty: none), how it is built, what it answers.

    `build` raises Refusal where the office cannot be opened. `answers` maps kinds of PageRequest to what the shown page
    does with one.
    """

    key: str
    title: str
    shortcut: str
    build: Callable[[PageContext], P]
    answers: Mapping[type[PageRequest], Callable[[P, Any], None]]
