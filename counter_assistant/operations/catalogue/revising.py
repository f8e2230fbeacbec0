"""核定的一稿：逐句同意、改、不要，改事项，退回一步，随时放下再接着做（守则 一(四)3）."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import ItemDifference, differences
from counter_assistant.domain.revision.revision import Act, Revision, StatuteDefined, TextEdited, applied
from counter_assistant.domain.revision.statements import OpenStatement, newest, open_statements
from counter_assistant.domain.revision.verdicts import Verdict
from counter_assistant.operations.catalogue.centre import refuse_fixed
from counter_assistant.operations.wording.check import refuse_forbidden
from counter_assistant.storage.content.revision_file import drop_revision, read_revision, write_revision

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.approval import ApprovedCatalogue
    from counter_assistant.operations.office import Office


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what had to be confirmed when the revision was begun has been answered."""

    answered: int
    all: int


class Revising:
    """The revision of an office, kept after each act. `base` is what is told now, `working` what would be told.

    Raises:
        Refusal: `broken-revision`; `revision-outdated`: the catalogue was changed otherwise since it was begun.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._folder: Path = office.database.path.parent
        self.base = as_told(office.catalogue)
        self.revision = read_revision(self._folder) or Revision(self.base.version)
        if self.revision.based_on != self.base.version:
            raise Refusal(
                "revision-outdated",
                f"这一稿是照目录 {self.revision.based_on} 改的，现在施行的是 {self.base.version}。",
                "请放弃这一稿，照现在的目录重新改。",
            )
        self._steps = [self.base]
        for act in self.revision.acts:
            self._steps.append(applied(self._steps[-1], act))

    @property
    def working(self) -> Catalogue:
        """The catalogue as it would be told."""
        return self._steps[-1]

    @property
    def open(self) -> list[OpenStatement]:
        """What is still to be confirmed."""
        return open_statements(self.working)

    @cached_property
    def _to_confirm(self) -> int:
        return len(open_statements(self.base))

    @property
    def progress(self) -> Progress:
        """How far the review has come."""
        return Progress(max(self._to_confirm - len(self.open), 0), self._to_confirm)

    @property
    def differences(self) -> list[ItemDifference]:
        """What the revision changes, item by item."""
        return differences(self.base, self.working)

    def do(self, act: Act) -> None:
        """Takes one act more, and keeps it.

        Raises:
            Refusal: what `refuse_fixed` and `applied` refuse; `forbidden-wording`; `revision-unsaved`. Nothing is changed.
        """
        refuse_fixed(self._office)
        if isinstance(act, Verdict):
            refuse_forbidden({act.statement.part.label: act.words})
        made, revision = applied(self.working, act), self.revision.with_act(act)
        write_revision(self._folder, revision)
        self.revision = revision
        self._steps.append(made)

    def undo(self) -> Act | None:
        """Takes the last act back, and gives it; None where there is none.

        Raises:
            Refusal: `revision-unsaved`.
        """
        if not self.revision.acts:
            return None
        revision = self.revision.without_last()
        write_revision(self._folder, revision)
        act, self.revision = self.revision.acts[-1], revision
        self._steps.pop()
        return act

    def give_up(self) -> None:
        """Forgets the whole revision."""
        drop_revision(self._folder)
        self.revision, self._steps = Revision(self.base.version), [self.base]

    def faults(self, item_id: str) -> list[Fault]:
        """What the check of the catalogue says of an item as it would be told, from when a new version of a statute holds."""
        if item_id not in self.working.items:
            return []
        text = newest(self.working, item_id)
        acts = self.revision.acts
        laws = [act.version.effective_from for act in acts if isinstance(act, StatuteDefined)]
        return check_item(replace(text, effective_from=max([text.effective_from, *laws])), self.working)

    def edit(self, text: ServiceItem) -> None:
        """The newest text of an item reads so now.

        Raises:
            Refusal: as `do`.
        """
        self.do(TextEdited(text))


def as_told(catalogue: ApprovedCatalogue) -> Catalogue:
    """The catalogue with the approvals of the book within its newest texts: what an approved text says is confirmed there."""
    items = {}
    for item_id, texts in catalogue.items.items():
        text = newest(catalogue, item_id)
        approval = catalogue.approvals.latest_of(text)
        told = catalogue.item(item_id, max(approval.since, text.effective_from)) if approval else text
        items[item_id] = tuple((told or text) if each is text else each for each in texts)
    return Catalogue(catalogue.version, items, catalogue.questions, catalogue.statutes, catalogue.materials)
