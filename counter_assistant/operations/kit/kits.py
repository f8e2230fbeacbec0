"""停电备用单有哪些在外面：印了的，减去补录了的和作废的；和现在的目录还一样不一样."""

from __future__ import annotations

from collections.abc import Collection
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


_READ: WeakKeyDictionary[Book, tuple[int, list[Kit]]] = WeakKeyDictionary()
"""The kits of each open book, read up to an entry: each holds nine papers, and they are asked for after every act."""


def kits(office: Office) -> list[Kit]:
    """Every kit that was printed, the oldest first.

    Raises:
        Refusal: what reading the book refuses.
    """
    through, read = _READ.get(office.book, (0, []))
    head = office.book.head()[0]
    if head != through:
        after = through if head > through else 0  # an older copy may have been put in the book's place
        new = [Kit(KitPrinted.from_payload(e.payload), e) for e in office.book.entries(EntryKind.KIT_PRINTED, after)]
        read = [*(read if after else []), *new]
        _READ[office.book] = (head, read)
    return read


def known_blanks(office: Office) -> list[KnownBlank]:
    """Every blank of every kit, in the order in which they were printed, and what became of it."""
    printed = [(kit, blank) for kit in kits(office) for blank in kit.printed.blanks]
    recorded, void = office.book.done([blank.act for _, blank in printed]), void_numbers(office)
    return [KnownBlank(blank, kit, _state(blank, recorded, void)) for kit, blank in printed]


def void_numbers(office: Office) -> frozenset[str]:
    """The numbers of the blanks that were voided."""
    voided = (KitVoided.from_payload(entry.payload) for entry in office.book.entries(EntryKind.KIT_VOIDED))
    return frozenset(number for each in voided for number in each.numbers)


def _state(blank: Blank, recorded: Collection[str], void: Collection[str]) -> BlankState:
    if blank.act in recorded:
        return BlankState.RECORDED
    return BlankState.VOID if blank.number in void else BlankState.OUT


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
    known = known_blanks(office)
    plain = typed.strip().removesuffix("号").removeprefix("备")
    if plain.isascii() and plain.isdecimal() and len(plain) <= _LONGEST_PLACE:
        found = [each for each in known if each.blank.n == int(plain)]
    else:
        named = read_number(typed, office.profile)
        act = f"{named.year}/{named.installation_code}/{named.n}"
        found = [each for each in known if named.kit and each.blank.act.endswith(f":{act}")]
    if not found:
        example = kit_number(office.today().year, 12, office.profile)
        raise Refusal(
            "kit-number-unknown", "没有印过这个编号的停电备用单。", f"请照纸上的写，例如 {example}，或者 12。"
        )
    return found[-1]


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
