"""页的登记：a package says of its page what it is and how it is built; the window makes it when it is first shown.

A page is added by its package, whose module `spec` holds a `PageSpec` and imports the page only when it is built, and by
its line in ui/pages.py. Pages do not know each other: what one asks of another is a request (ui/shell/requests.py), and what
several have to follow is a signal of the `PageContext`.

What can be done on a page and has no key worth learning has a name there (`NamedAction`): the search of the start page finds
it, shows the page and does it.
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

MOST_ACTIONS = 4


class NamedAction(NamedTuple):
    """Something to be done, by its name: 换经办人, and what else it is called. `initials` are those of the names, in their order.

    `act` is given the shown page; `key` is the key that does it too, where there is one.
    """

    names: tuple[str, ...]
    initials: tuple[str, ...]
    act: Callable[[Any], object]
    key: str = ""


class OfferedAction(NamedTuple):
    """A named action as the search shows it: of which page it is, what does it, and the key that does it from the start page."""

    action: NamedAction
    page: str
    act: Callable[[], object]
    key: str

    def rank(self, text: str) -> int | None:
        """How well it fits what was typed, 0 best; None where it does not."""
        names, initials = tuple(name.lower() for name in self.action.names), self.action.initials
        fits = (
            text in names or text in initials,
            any(letters.startswith(text) for letters in initials),
            any(name.startswith(text) for name in names),
            any(text in name for name in names),
        )
        return next((place for place, fit in enumerate(fits) if fit), None)


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
    band_shown = Signal(bool)
    """The window says something over the pages, or no longer: a page's own banner gives way to it."""
    sealing_asked = Signal()
    """The book is to be sealed; of a sealed one, who may open it is to be changed."""
    closing_asked = Signal()
    """The day is to be closed, or an earlier one that is not yet."""
    copies_asked = Signal(object)
    """The signed first copies of a closed day (a `Closed`) are to be filed."""
    checkup_asked = Signal()
    """It is to be looked at whether book, copies and PC are well."""
    place_asked = Signal()
    """Where the book of this PC lies is to be shown, and may be changed."""
    about_asked = Signal()
    """Versions, diagnosis and licences are to be shown."""
    kit_asked = Signal(str)
    """The kits (停电备用单) are to be shown; with the number of a blank, what was written on it is to be recorded."""
    exchange_asked = Signal()
    """What goes on a stick between branch and centre is to be made or taken."""
    backup_asked = Signal()
    """A copy of the book is to be made now."""
    backup_told = Signal(str, bool)
    """How that stands: in words while it goes on and where it did not succeed, else empty; and whether that is to be heeded."""
    recorded = Signal()
    """Something was recorded, so that other cases press now."""

    def __init__(self, office: Callable[[], Office], search: Callable[[str], list[IndexEntry]]) -> None:
        """`office` opens the office where it is not open yet, and raises Refusal where it cannot be opened."""
        super().__init__()
        self.office, self.search = office, search
        self.banded = False
        self.offered: list[OfferedAction] = []
        self.to_review: Callable[[], list[str]] = list
        """The papers that wait for the current clerk's review, in words; told by the page where they are opened."""
        self.is_copying: Callable[[], bool] = lambda: False
        """Whether a copy of the book is being made; told by what makes them."""

    def show_band(self, shown: bool) -> None:
        """Tells the pages whether the window says something over them."""
        if shown is not self.banded:
            self.banded = shown
            self.band_shown.emit(shown)

    def offer(self, action: NamedAction, act: Callable[[], object], page: str = "", key: str | None = None) -> None:
        """Takes in something to be done, of the page of this title or of the whole window. Another `key` than its own, or none, does it from
        the start page."""
        self.offered.append(OfferedAction(action, page, act, action.key if key is None else key))

    def find_actions(self, typed: str) -> list[OfferedAction]:
        """What is called so, the best first, at most `MOST_ACTIONS`; nothing for less than two characters."""
        text = "".join(typed.lower().split())
        ranked = [(rank, one) for one in self.offered if len(text) > 1 and (rank := one.rank(text)) is not None]
        return [one for _, one in sorted(ranked, key=lambda found: found[0])[:MOST_ACTIONS]]

    def ask(self, request: PageRequest) -> None:
        """Asks for something that another page does."""
        self.asked.emit(request)


class ForSome(NamedTuple):
    """Of a page that is not for everybody: `admit` raises Refusal where the current clerk may not see it, `lists` says whether it stands in
    the navigation."""

    admit: Callable[[Office], object]
    lists: Callable[[Office], bool]


class PageSpec(NamedTuple, Generic[P]):
    """A page: its key, what the navigation calls it, its function key (empty: none), how it is built, what it answers.

    `build` raises Refusal where the office cannot be opened. `answers` maps kinds of PageRequest to what the shown page
    does with one. `actions` are what it does by name; the first is to show it. `pressing` counts what is overdue there, which
    the navigation shows in red. `for_some`: it is not for everybody.
    """

    key: str
    title: str
    shortcut: str
    build: Callable[[PageContext], P]
    answers: Mapping[type[PageRequest], Callable[[P, Any], None]]
    actions: tuple[NamedAction, ...] = ()
    pressing: Callable[[Office], int] | None = None
    for_some: ForSome | None = None
