"""本中心现在告知什么、说什么：随程序来的内容，加上台账里本中心的决定。"""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from counter_assistant import paths
from counter_assistant.domain.catalogue.approval import ApprovedCatalogue, with_approvals
from counter_assistant.domain.catalogue.approval_entry import approvals_in_force
from counter_assistant.domain.catalogue.form_sentences import FormSentences, laid_over, said_otherwise
from counter_assistant.domain.counter_forms.own_form import OwnForm, in_force
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.edition import Edition
from counter_assistant.domain.revision.visits import TypicalVisit
from counter_assistant.domain.wording.office_phrases import OfficePhrases
from counter_assistant.domain.wording.phrases import Phrase, arrange
from counter_assistant.operations.program import Program
from counter_assistant.storage.book import Book
from counter_assistant.storage.content.catalogue_index import CatalogueIndex
from counter_assistant.storage.content.index_building import index_of

if TYPE_CHECKING:
    from counter_assistant.paper.templates import Forms

APPROVALS = (EntryKind.ITEM_APPROVED, EntryKind.APPROVAL_WITHDRAWN)


class Content:
    """What is told and said, as the book had decided it when this was made. A decision calls for a new one.

    Each part is put together when it is first needed: a search for a phrase need not wait for the items.
    """

    def __init__(self, program: Program, book: Book) -> None:
        self._program, self._book = program, book
        self._taken = book.latest(EntryKind.CONTENT_TAKEN)
        acts = [entry for kind in APPROVALS for entry in book.entries(kind)]
        acts += [self._taken] if self._taken else []
        self._approvals = sorted(acts, key=lambda entry: entry.seq)
        self._phrases = book.latest(EntryKind.PHRASES)
        self._forms: dict[date, Forms] = {}

    @property
    def decided(self) -> int:
        """The number of the newest decision's entry, 0 without one: with the catalogue's edition its version."""
        newest = [*self._approvals[-1:], *([self._phrases] if self._phrases else [])]
        return max((entry.seq for entry in newest), default=0)

    @cached_property
    def taken(self) -> ContentTaken | None:
        """How the edition that is told was taken; None while the items are those that came with the program."""
        return ContentTaken.from_payload(self._taken.payload) if self._taken else None

    @property
    def edition(self) -> Edition | None:
        """The centre's own edition that was taken last; None while the items are those that came with the program."""
        return self.taken.edition if self.taken else None

    @cached_property
    def catalogue(self) -> ApprovedCatalogue:
        """The items of the centre's edition, or of the files, with the approvals applied."""
        items = self.edition.catalogue if self.edition else self._program.catalogue
        return with_approvals(items, approvals_in_force(self._approvals))

    @property
    def visits(self) -> tuple[TypicalVisit, ...]:
        """The typical visits of the centre's edition, or of the files."""
        return self.edition.visits if self.edition else self._program.visits

    def under(self, catalogue: ApprovedCatalogue) -> Content:
        """The same content with another catalogue."""
        other = copy(self)
        other.__dict__["catalogue"] = catalogue
        other._forms = {}
        return other

    @property
    def form_sentences(self) -> FormSentences:
        """Every sentence of the papers that the centre may word, as it reads now."""
        from counter_assistant.paper.templates import form_sentences

        return laid_over(form_sentences(paths.forms()), self.catalogue.form_sentences)

    def forms_on(self, day: date) -> Forms:
        """The papers in the words of the catalogue, as they read when they are issued on a day."""
        from counter_assistant.paper.templates import Forms

        if day not in self._forms:
            own = said_otherwise(self.catalogue.form_sentences, day)
            self._forms[day] = Forms(paths.forms(), own) if own else self._program.forms
        return self._forms[day]

    @cached_property
    def own_forms(self) -> dict[str, OwnForm]:
        """The centre's own PDFs in the place of forms, by the number of the form."""
        entries = self._book.entries(EntryKind.OWN_FORM)
        return in_force([OwnForm.from_payload(entry.payload) for entry in entries])

    @cached_property
    def index(self) -> CatalogueIndex:
        """What the search for an item knows of the catalogue."""
        known = CatalogueIndex.load(paths.resources() / "catalogue" / "index.json")
        return index_of(self.edition.catalogue, known) if self.edition else known

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases in the order in which they are offered, hidden ones included."""
        own = phrases_of(self._phrases)
        return arrange((*self._program.phrases, *self.centre_phrases), own.own, own.pinned)

    @property
    def centre_phrases(self) -> tuple[Phrase, ...]:
        """The centre's phrases at a branch: they came in its pack. At the centre itself they are the office's own."""
        taken = self.taken
        return tuple(each.at_a_branch() for each in taken.edition.phrases) if taken and taken.pack else ()


def phrases_of(entry: Entry | None) -> OfficePhrases:
    """What the latest entry of phrases decided; nothing where there is none."""
    return OfficePhrases.from_payload(entry.payload) if entry else OfficePhrases()
