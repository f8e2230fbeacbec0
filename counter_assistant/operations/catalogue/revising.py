"""核定的一稿：逐句同意、改、不要，改事项，退回一步，随时放下再接着做（守则 一(四)3）."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import (
    Difference,
    ItemDifference,
    differences,
    differences_of_papers,
    line_differences,
)
from counter_assistant.domain.revision.revision import Act, Batch, Revision, TextEdited, applied
from counter_assistant.domain.revision.statements import (
    OpenStatement,
    OpenStatements,
    Statement,
    newest,
    open_statements,
)
from counter_assistant.domain.revision.verdicts import Verdict
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.catalogue.centre import refuse_fixed
from counter_assistant.operations.wording.check import refuse_forbidden
from counter_assistant.storage.content.revision_file import (
    ActTexts,
    acts_kept,
    drop_revision,
    read_revision,
    stamp_of,
    write_revision,
)

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.approval import ApprovedCatalogue
    from counter_assistant.operations.office import Office


LONGEST_SOURCE, LONGEST_WORDS = 50, 500


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
        self._folder: Path = office.folder
        self.base = base_of(office)
        self._kept, self._texts = stamp_of(self._folder), ActTexts()
        self.revision = read_revision(self._folder, self._texts) or Revision(self.base.version)
        if self.revision.based_on != self.base.version:
            raise outdated(self.revision.based_on, self.base.version)
        self._steps = [self.base]
        for act in self.revision.acts:
            self._steps.append(applied(self._steps[-1], act))
        self._reader = OpenStatements()
        self._open: tuple[Catalogue, list[OpenStatement]] | None = None

    @property
    def working(self) -> Catalogue:
        """The catalogue as it would be told."""
        return self._steps[-1]

    @property
    def open(self) -> list[OpenStatement]:
        """What is still to be confirmed."""
        if self._open is None or self._open[0] is not self.working:
            self._open = (self.working, self._reader.of(self.working))
        return self._open[1]

    @cached_property
    def begun_with(self) -> list[OpenStatement]:
        """What was to be confirmed when the revision was begun."""
        return open_statements(self.base)

    @property
    def progress(self) -> Progress:
        """How far the review has come."""
        every = len(self.begun_with)
        return Progress(max(every - len(self.open), 0), every)

    @property
    def differences(self) -> list[ItemDifference]:
        """What the revision changes, item by item."""
        return differences(self.base, self.working, self._office.profile.post_names)

    @property
    def changed(self) -> set[str]:
        """The items and the papers that read otherwise than they are told now; what is retired is none of them."""
        base, now = self.base, self.working
        items = {id_ for id_, texts in now.items.items() if texts != base.items.get(id_)}
        return items | {each for each, held in now.form_sentences.items() if held != base.form_sentences.get(each)}

    def differences_of(self, item_id: str) -> list[Difference]:
        """The lines of an item's newest text, or of a paper, that the revision changes; none of what is new or retired."""
        if item_id in self.working.form_sentences:
            found = differences_of_papers(self.base.form_sentences, self.working.form_sentences)
            return [line for each in found if each.item == item_id for line in each.differences]
        if item_id not in self.base.items or item_id not in self.working.items:
            return []
        before, after = newest(self.base, item_id), newest(self.working, item_id)
        return (
            []
            if before is after
            else list(line_differences(before, after, self.working.statutes, self._office.profile.post_names))
        )

    def do(self, act: Act) -> None:
        """Takes one act more, and keeps it. A verdict that names no items is kept with those that the sentence serves now.

        Raises:
            Refusal: what `refuse_fixed` and `applied` refuse; `forbidden-wording`, what `check_text` refuses;
                `revision-elsewhere` (it was written by somebody else meanwhile), `revision-unsaved`. Nothing is changed.
        """
        self.do_all([act])

    def do_all(self, acts: Iterable[Act], origin: str = "") -> None:
        """Takes several acts, in their order, and keeps them with one write: all, or none.

        `origin` is what they came from, for `undo_batch`.

        Raises:
            Refusal: as `do`, of the first that cannot be taken. Nothing is changed.
        """
        refuse_fixed(self._office)
        steps, taken = [self.working], list[Act]()
        for act in acts:
            checked = self._checked(act, steps[-1]) if isinstance(act, Verdict) else act
            steps.append(applied(steps[-1], checked))
            taken.append(checked)
        self._write(self.revision.with_acts(tuple(taken), origin))
        self._steps += steps[1:]

    def _checked(self, verdict: Verdict, catalogue: Catalogue) -> Verdict:
        part, source = verdict.statement.part.label, verdict.source
        refuse_forbidden({part: verdict.words})
        document = check_text(source.document, "文号", LONGEST_SOURCE)
        clause = check_text(source.clause, "第几条", LONGEST_SOURCE)
        return replace(
            verdict,
            source=replace(source, document=document, clause=clause),
            words=check_text(verdict.words, part, LONGEST_WORDS),
            items=verdict.items or self._served(verdict.statement, catalogue),
        )

    def _served(self, statement: Statement, catalogue: Catalogue) -> tuple[str, ...]:
        is_open = self.open if catalogue is self.working else self._reader.of(catalogue)
        return next((each.items for each in is_open if each.statement == statement), ())

    def _write(self, revision: Revision) -> None:
        self._office.permit(Permission.REVISE)
        if self.changed_elsewhere:
            raise Refusal(
                "revision-elsewhere",
                "这一稿刚才在别处改过：另一个窗口，或者导入了核定表。",
                "请退出核定再进来，看过以后接着改。",
            )
        write_revision(self._folder, revision, self._texts)
        self.revision, self._kept = revision, stamp_of(self._folder)

    @property
    def changed_elsewhere(self) -> bool:
        """Whether somebody else wrote the revision since it was read here."""
        return stamp_of(self._folder) != self._kept

    def undo(self) -> Act | None:
        """Takes the last act back, and gives it; None where there is none.

        Raises:
            Refusal: `revision-elsewhere`, `revision-unsaved`.
        """
        if not self.revision.acts:
            return None
        act = self.revision.acts[-1]
        self._write(self.revision.without_last())
        self._steps.pop()
        return act

    @property
    def last_batch(self) -> Batch | None:
        """What came last all at once, such as the answers of a sheet, and is still here."""
        return next(reversed(self.revision.batches), None)

    def undo_batch(self) -> Batch:
        """Takes the acts of the last batch back, all of them with one write, and gives it; what was done later stays.

        Raises:
            Refusal: what `Revision.without_last_batch` refuses; what `applied` refuses, where a later act needs one of
                them; `revision-elsewhere`, `revision-unsaved`. Nothing is changed.
        """
        revision = self.revision.without_last_batch()
        batch = self.revision.batches[-1]
        steps = self._steps[: batch.before + 1]
        for act in revision.acts[batch.before :]:
            steps.append(applied(steps[-1], act))
        self._write(revision)
        self._steps = steps
        return batch

    def give_up(self) -> None:
        """Forgets the whole revision."""
        drop_revision(self._folder)
        self.revision, self._steps, self._kept = Revision(self.base.version), [self.base], None

    def faults(self, item_id: str) -> list[Fault]:
        """What the check of the catalogue says of an item as it would be told, from when a new version of a statute holds."""
        if item_id not in self.working.items:
            return []
        text = newest(self.working, item_id)
        since = max(text.effective_from, self.revision.laws_from or text.effective_from)
        return check_item(replace(text, effective_from=since), self.working)

    def edit(self, text: ServiceItem) -> None:
        """The newest text of an item reads so now.

        Raises:
            Refusal: as `do`.
        """
        self.do(TextEdited(text))


def base_of(office: Office) -> Catalogue:
    """What a revision changes: the catalogue as it is told, with every sentence of the papers that the centre may word."""
    return replace(as_told(office.catalogue), form_sentences=office.content.form_sentences)


def begin_revising(office: Office) -> Revising:
    """The revision of an office, over the catalogue as the book has it now: another program may have changed it.

    Raises:
        Refusal: what `Revising` refuses.
    """
    office.reread()
    return Revising(office)


def acts_unsent(office: Office) -> int:
    """How many changes of the revision have not been approved yet."""
    return acts_kept(office.folder)


def forget_revision(office: Office) -> None:
    """Forgets a revision, one that cannot be opened too, such as one of an earlier catalogue."""
    drop_revision(office.folder)


def outdated(based_on: str, now: str) -> Refusal:
    """Why a revision of one catalogue cannot go on over another."""
    return Refusal(
        "revision-outdated",
        f"这一稿是照目录 {based_on} 改的，现在施行的是 {now}。",
        "请放弃这一稿，照现在的目录重新改。",
    )


def as_told(catalogue: ApprovedCatalogue) -> Catalogue:
    """The catalogue with the approvals of the book within its newest texts: what an approved text says is confirmed there."""
    items = {}
    for item_id, texts in catalogue.items.items():
        text = newest(catalogue, item_id)
        approval = catalogue.approvals.latest_of(text)
        told = catalogue.item(item_id, max(approval.since, text.effective_from)) if approval else text
        items[item_id] = tuple((told or text) if each is text else each for each in texts)
    parts = {each.name: getattr(catalogue, each.name) for each in fields(Catalogue)}
    return Catalogue(**{**parts, "items": items})
