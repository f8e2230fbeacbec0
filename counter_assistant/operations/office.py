"""一个开着的网点：台账、目录、日历、单位档案与排版，合在一起，不需要窗口。"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from counter_assistant.domain.calendar.calendar_entry import calendar_of
from counter_assistant.domain.calendar.system_clock import BEIJING, ClockConfirmed, ClockDoubt, ClockFault, Now
from counter_assistant.domain.calendar.workdays import WorkCalendar
from counter_assistant.domain.catalogue.approval import ApprovedCatalogue
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.formats import check_formats
from counter_assistant.domain.people import profile_change, roles
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile, check_profile
from counter_assistant.domain.people.pin import Tries
from counter_assistant.domain.people.profile_review import ReviewLine, examples, refuse_examples
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.at_window import AtWindow, Entered
from counter_assistant.operations.book_opening import open_book
from counter_assistant.operations.content import Content
from counter_assistant.operations.data_folder import keys_of, ready_folder
from counter_assistant.operations.opening_notes import OpeningNotes
from counter_assistant.operations.paper_prints import Prints
from counter_assistant.operations.program import Program, program
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.safekeeping.book_journal import BookJournal
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.server.book_place import BookPlace, Shift, read_book_place
from counter_assistant.storage.views.archive import Archive
from counter_assistant.storage.views.cases import Cases

UNNAMED = "示例"
"""How the first entry names the installation, before the office has given it a code in its profile."""


class Office:
    """Everything that a clerk's acts work with, in the data folder of this PC. Used by one thread; each act reads the clock once.

    Raises:
        Refusal: what `Book.open` refuses.
    """

    def __init__(
        self, database: Engine, folder: Path, clock: Now, training: bool, program: Program, window: str = ""
    ) -> None:
        self.program, self.clock, self.training = program, clock, training
        self.folder, self._window = folder, window
        self.at_window, self._read_seq = AtWindow(), 0
        self.tries: dict[str, Tries] = {}
        self._examples: tuple[OfficeProfile, tuple[ReviewLine, ...]] | None = None
        self.database = database
        self.book = Book.open(database, installation=UNNAMED, doubts_clock=not training)
        self.openings = OpeningNotes(self.book)
        self.journal = BookJournal(database, folder)
        self.book.committed = self.journal.keep_up
        self.archive, self.cases, self.drafts = Archive(database), Cases(database), Drafts(database)
        self.prints = Prints(folder, self.book, self.archive, clock)
        self.in_shift = False  # whether the server was shown the password of whoever works here
        self.before_acts: Callable[[], object] = lambda: None  # what is looked at once more before anything is done

    @cached_property
    def content(self) -> Content:
        """What is told and said here: the catalogue with its approvals, the phrases."""
        return Content(self.program, self.book)

    @property
    def catalogue(self) -> ApprovedCatalogue:
        """The items of the files, with the approvals in the book applied."""
        return self.content.catalogue

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The years that came with the program, with what the book holds laid over them."""
        return calendar_of(self.program.calendar, self.book.entries(EntryKind.CALENDAR))

    @cached_property
    def profile(self) -> OfficeProfile:
        """The profile in the book's latest entry of that kind, else the example. Who acts by `act_as` is its current clerk, and
        its window is that of this PC."""
        entry, acting = self.book.latest(EntryKind.OFFICE_PROFILE), self.at_window.who
        self._read_seq = entry.seq if entry else 0
        profile = OfficeProfile.from_payload(entry.payload) if entry else self.program.example_profile
        return replace(profile, window=self._window or profile.window, current_clerk=acting or profile.current_clerk)

    @property
    def examples(self) -> tuple[ReviewLine, ...]:
        """What papers print of the profile and is still the example's; kept, because every key asks for it."""
        if self._examples is None or self._examples[0] is not self.profile:
            self._examples = (self.profile, examples(self.profile, self.program.example_profile))
        return self._examples[1]

    @property
    def is_example(self) -> bool:
        """Whether papers must say that people are examples: while the profile is unconfirmed, or holds example values."""
        return not self.profile.confirmed or bool(self.examples)

    @property
    def watermark(self) -> str:
        """样本 across every page while training."""
        return "样本" if self.training else ""

    @property
    def sealed(self) -> bool:
        """Whether the book is encrypted, and opens with a key only."""
        return self.database.key is not None

    @property
    def signs_in(self) -> bool:
        """Whether whoever comes to the window shows who they are."""
        return self.sealed or self.in_shift

    @property
    def entered(self) -> Entered:
        """What their own secret gave who acts; nothing where they have typed none since they came to the window."""
        return self.at_window.entered

    @property
    def register_secret(self) -> bytes:
        """The secret half of the key of the registers while somebody acts who is a keeper today, or whoever opened the book by the
        sheet or the centre's key; empty while anybody else does.

        Raises:
            Refusal: what `keys_of` refuses.
        """
        entered = self.entered
        if not entered.register or entered.by_master or entered.who in self.ring().keepers:
            return entered.register
        return b""

    def ring(self) -> KeyRing:
        """The keys of the sealed book, as they lie beside it now.

        Raises:
            Refusal: what `keys_of` refuses.
        """
        return keys_of(self.folder)

    def act_as(self, who: str) -> None:
        """Lets everything that is done here be done by a clerk, given by staff number, whoever the book says, until a profile
        is recorded that says who. What the one before had by a secret is gone.

        Raises:
            Refusal: what `OfficeProfile.clerk` refuses.
        """
        self.at_window.come(self.profile.clerk(who).staff_number)
        self.reread()

    def today(self) -> date:
        """Today by the clock."""
        return self.clock().date()

    def clock_doubt(self) -> ClockDoubt | None:
        """What is doubtful about the clock. A confirmed office is also asked about a zone other than Beijing's that was set
        before its first entry: that one stops nothing, because everything in the book is in the same zone."""
        if doubt := self.book.clock_doubt():
            return doubt
        now = self.database.now()
        if self.training or not self.profile.confirmed or now.utcoffset() == BEIJING:
            return None
        latest = self.book.latest(EntryKind.CLOCK_CONFIRMED)
        asked = latest is not None and latest.time.utcoffset() == now.utcoffset()
        return None if asked else ClockDoubt(ClockFault.ZONE, now, None)

    def confirm_clock(self) -> Entry | None:
        """Records that somebody checked a doubtful time and found it right; None where nothing is doubtful."""
        doubt = self.clock_doubt()
        if doubt is None:
            return None
        confirmed = ClockConfirmed(doubt, self.permit(Permission.CLOCK).staff_number)
        entry = self.book.append(EntryKind.CLOCK_CONFIRMED, confirmed.to_payload())
        self.openings.record()
        return entry

    def decide_profile(self, profile: OfficeProfile) -> None:
        """Records a new profile in the book.

        Raises:
            Refusal: `profile-example` (it is confirmed and holds example values); what `check_profile`, `check_formats`,
                `refuse_change`, `keys_of` and `permit` refuse.
        """
        check_profile(profile)
        check_formats(profile.paper_formats)
        self._follow()
        before = self.profile
        profile_change.refuse_change(before, profile, self.at_window.who, self.ring().people if self.sealed else ())
        for permission in roles.required_by(before, profile):
            self.permit(permission)
        refuse_examples(profile, self.program.example_profile, before)
        if profile.confirmed and not before.confirmed and not roles.are_given(profile):
            profile = roles.with_first_administrator(profile)
        self.book.append(EntryKind.OFFICE_PROFILE, profile.to_payload())
        if self.at_window.who not in {"", profile.current_clerk}:
            self.at_window.come(profile.current_clerk)
        self.reread()

    def make_current(self, who: str) -> None:
        """Makes a clerk, given by staff number, the one at the window: an entry, because it says who answers for what is issued. On a
        server it is said of this window alone.

        Raises:
            Refusal: `sign-in-needed` (in a sealed book, and on a server that asked for a password, whoever is at the window shows who
                they are); what `decide_profile` and `act_as` refuse.
        """
        if self.signs_in:
            raise profile_change.sign_in_needed()
        if self.profile.current_clerk != who:
            if self.database.shared:
                self.act_as(who)
            else:
                self.decide_profile(replace(self.profile, current_clerk=who))

    def permit(self, permission: Permission, clerk: str = "") -> Clerk:
        """Who does what needs a permission: the clerk that is named, else the current one. Asked before anything is recorded.

        Raises:
            Refusal: `no-clerk-any-more` (of whoever opened the book); what `before_acts` and `foresee` refuse.
        """
        self.before_acts()
        self._follow()
        return self.foresee(permission, clerk)

    def foresee(self, permission: Permission, clerk: str = "") -> Clerk:
        """Who would do it, without a look into the book, for what is shown on every key.

        The example office and training ask for no role. Whoever opened the book does nothing in another's name. In a book that is
        only read nobody does anything.

        Raises:
            Refusal: `another-clerk`; what `Database.require_writable`, `OfficeProfile.clerk` and `roles.require` refuse.
        """
        self.database.require_writable()
        who, acting = self.profile.clerk(clerk), self.at_window.who
        if acting and who.staff_number != acting:
            raise profile_change.another_clerk(acting, clerk)
        if self.profile.confirmed and not self.training:
            roles.require(self.profile, who, permission)
        return who

    def _follow(self) -> None:
        """What another window decided about people holds here as well, for whoever signed in."""
        acting, kind = self.at_window.who, EntryKind.OFFICE_PROFILE
        if not acting or self.book.last_of(kind) == self._read_seq or not (entry := self.book.latest(kind)):
            return
        if acting not in OfficeProfile.from_payload(entry.payload).clerk_names:
            raise profile_change.no_clerk_any_more(acting)
        self.__dict__.pop("profile", None)

    def reread(self) -> None:
        """Called after a decision was recorded: content, calendar and profile are read again when next needed."""
        for part in ("content", "calendar", "profile"):
            self.__dict__.pop(part, None)

    def under(self, catalogue: ApprovedCatalogue) -> Office:
        """The same office telling another catalogue, to see what it would say. Nothing is recorded through it."""
        other = copy(self)
        other.__dict__["content"] = self.content.under(catalogue)
        return other

    def close(self) -> None:
        self.database.close()


def open_office(
    data_dir: Path | None = None,
    clock: Now | None = None,
    *,
    training: bool = False,
    key: BookKey | None = None,
    barred: Refusal | None = None,
    place: BookPlace | None = None,
    shift: Shift | None = None,
) -> Office:
    """The office of a data folder, which is created where it is missing. A sealed book is opened with its `key`. One that is `barred`
    for a reason is only read. `place` is where the book lies, in the place of what is noted in the folder; on a server it is opened by
    whoever's `shift` it is, and without a `clock` the server's dates what is done.

    Raises:
        Refusal: what `ready_folder`, `read_book_place`, `open_book`, `Book.open` and `act_as` refuse, such as `book-sealed`.
    """
    folder = ready_folder(data_dir, training=training)
    place = place or read_book_place(folder)
    database = open_book(folder, place, shift, clock, key, barred)
    try:
        office = Office(database, folder, clock or database.clock, training, program(), place.window)
        office.in_shift = shift is not None
        if shift and (office.profile.confirmed or shift.who in office.profile.clerk_names):
            office.act_as(shift.who)
        return office
    except BaseException:
        database.close()
        raise
