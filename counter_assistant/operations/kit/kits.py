"""停电备用单有哪些在外面：印了的，减去补录了的和作废的；和现在的目录还一样不一样."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.kit_entry import Blank, KitItem, KitPrinted, KitVoided
from counter_assistant.domain.papers.numbering import kit_number, kit_qr_digits, read_number
from counter_assistant.domain.papers.slip import Slip
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.kit.blanks import blank_draft

if TYPE_CHECKING:
    from datetime import datetime

    from counter_assistant.domain.papers.slip import Draft
    from counter_assistant.operations.office import Office
    from counter_assistant.storage.book import Book


class BlankState(StrEnum):
    """What became of a blank."""

    OUT = "out"
    RECORDED = "recorded"
    VOID = "void"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"out": "在外", "recorded": "已补录", "void": "已作废"}[self.value]


class Kit(NamedTuple):
    """A kit as it was printed, and its entry."""

    printed: KitPrinted
    entry: Entry


class KnownBlank(NamedTuple):
    """A blank, the kit that it is of, and what became of it."""

    blank: Blank
    kit: Kit
    state: BlankState

    @property
    def number(self) -> str:
        """The number on it."""
        return self.blank.number

    def slip(self, draft: Draft, at: datetime) -> Slip:
        """It as a slip: with the check code of its kit, which it bears since it was printed."""
        printed, blank = self.kit.printed, self.blank
        digits = kit_qr_digits(printed.year, blank.n, printed.installation)
        return Slip(draft, blank.number, at, self.kit.entry.check_code, digits)


class _Seen:
    """What is known of the kits of an open book, followed from entry to entry: they are asked for after every act. What was recorded or
    voided stays so, and the kits before the oldest of which a blank was out when the newest was printed are settled."""

    def __init__(self, *, every: bool = False) -> None:
        """`every`: the settled ones, too."""
        self._every, self._through = every, 0
        self.kits, self.void, self._recorded = list[Kit](), set[str](), set[str]()

    def follow(self, book: Book) -> None:
        """Reads what the book says since."""
        head = book.head()[0]
        if head == self._through:
            return
        after = self._through or (0 if self._every else _settled(book))
        for entry in book.entries(EntryKind.KIT_PRINTED, EntryKind.KIT_VOIDED, after=after):
            if entry.kind is EntryKind.KIT_PRINTED:
                self.kits.append(Kit(KitPrinted.from_payload(entry.payload), entry))
            else:
                self.void.update(KitVoided.from_payload(entry.payload).numbers)
        blanks = (blank for kit in self.kits for blank in kit.printed.blanks)
        left = [blank.act for blank in blanks if blank.number not in self.void and blank.act not in self._recorded]
        self._recorded |= book.done(left)
        self._through = head

    def blanks(self) -> list[KnownBlank]:
        """Every blank, and what became of it."""
        return [KnownBlank(blank, kit, self._state(blank)) for kit in self.kits for blank in kit.printed.blanks]

    def _state(self, blank: Blank) -> BlankState:
        if blank.act in self._recorded:
            return BlankState.RECORDED
        return BlankState.VOID if blank.number in self.void else BlankState.OUT


_SEEN: WeakKeyDictionary[Book, _Seen] = WeakKeyDictionary()


def _settled(book: Book) -> int:
    """Up to which entry nothing about kits is open any more."""
    newest = book.latest(EntryKind.KIT_PRINTED)
    return min(KitPrinted.from_payload(newest.payload).open_from or newest.seq, newest.seq) - 1 if newest else 0


def _seen(office: Office) -> _Seen:
    seen = _SEEN.setdefault(office.book, _Seen())
    seen.follow(office.book)
    return seen


def kits(office: Office) -> list[Kit]:
    """The kits that were printed, the oldest first, but those that were settled when the newest was printed.

    Raises:
        Refusal: what reading the book refuses.
    """
    return _seen(office).kits


def known_blanks(office: Office, *, every: bool = False) -> list[KnownBlank]:
    """Every blank of these kits, in the order in which they were printed, and what became of it; of `every` kit that there is."""
    if not every:
        return _seen(office).blanks()
    seen = _Seen(every=True)
    seen.follow(office.book)
    return seen.blanks()


def is_void(office: Office, number: str) -> bool:
    """Whether a blank was voided."""
    return number in _seen(office).void


def open_from(office: Office) -> int:
    """The entry of the oldest kit of which a blank is out; 0 where none is."""
    return min((known.kit.entry.seq for known in blanks_out(office)), default=0)


def blanks_out(office: Office) -> list[KnownBlank]:
    """The blanks that may be given out, or have been and are not recorded yet."""
    return [known for known in known_blanks(office) if known.state is BlankState.OUT]


def newest_out(office: Office) -> Kit | None:
    """The kit printed last of which blanks are out; None where there is none."""
    out = blanks_out(office)
    return out[-1].kit if out else None


def find_blank(office: Office, typed: str) -> KnownBlank:
    """The blank of a number, as it stands on the paper or scanned; a bare place is that of the newest kit that has it.

    Raises:
        Refusal: `bad-paper-number`; `kit-number-unknown` (no kit has it).
    """
    found = _named(office, typed, known_blanks(office)) or _named(office, typed, known_blanks(office, every=True))
    if not found:
        example = kit_number(office.today().year, 12, office.profile)
        raise Refusal(
            "kit-number-unknown", "没有印过这个编号的停电备用单。", f"请照纸上的写，例如 {example}，或者 12。"
        )
    return found[-1]


def _named(office: Office, typed: str, known: list[KnownBlank]) -> list[KnownBlank]:
    plain = typed.strip().removesuffix("号").removeprefix("备")
    if plain.isascii() and plain.isdecimal() and len(plain) <= _LONGEST_PLACE:
        return [each for each in known if each.blank.n == int(plain)]
    named = read_number(typed, office.profile)
    act = f"{named.year}/{named.installation_code}/{named.n}"
    return [each for each in known if named.kit and each.blank.act.endswith(f":{act}")]


_LONGEST_PLACE = 6


def outdated(office: Office) -> list[KitItem]:
    """The items of which blanks are out that say something else than a blank of today would.

    Raises:
        Refusal: what `blank_draft` refuses, but for an item that is no longer told.
    """
    out = {(known.kit.entry.seq, known.blank.of.item): known.blank.of for known in blanks_out(office)}
    asked = (office.content, office.profile, office.today())
    before, known_ = _ASKED.get(office.book, ((), {}))
    fresh = known_ if before == asked else {}
    for key, each in out.items():
        if key not in fresh:
            fresh[key] = _is_of_today(office, each)
    _ASKED[office.book] = (asked, fresh)
    return [each for key, each in out.items() if not fresh[key]]


_ASKED: WeakKeyDictionary[Book, tuple[tuple[Any, ...], dict[tuple[int, str], bool]]] = WeakKeyDictionary()
"""Whether the blanks of a kit's entry and item are those of today, with what that was asked of: each is composed once a day at most."""


def _is_of_today(office: Office, each: KitItem) -> bool:
    try:
        return blank_draft(office, each.item).to_payload() == each.draft
    except Refusal as refusal:
        if refusal.code in _NO_LONGER_TOLD:
            return False
        raise


_NO_LONGER_TOLD = frozenset(("unknown-item", "no-text-for-day"))


def waits(office: Office, typed: str) -> bool:
    """Whether a text is the number of a blank that is out, or what its code holds."""
    try:
        return find_blank(office, typed).state is BlankState.OUT
    except Refusal:
        return False
