"""核对内容：现在施行的、正在改的一稿，或者别处来的一个文件，不论是一版、内容包、一稿还是核定表，都用一种核对，说清在哪里."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import BrokenContent
from counter_assistant.domain.revision.edition_check import catalogue_faults, edition_faults, unknown_in
from counter_assistant.domain.revision.visits import VisitRun, run_visits
from counter_assistant.operations.catalogue.named_catalogue import (
    NamedCatalogue,
    catalogue_in,
    is_file,
    named_catalogue,
)
from counter_assistant.operations.catalogue.revising import begin_revising
from counter_assistant.operations.catalogue.sheets import read_filled_in
from counter_assistant.storage.packs.content_file import is_sheet, read_content

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

WHOLE_FILE = "整个文件"


@dataclass(frozen=True)
class ContentReport:
    """What was found in a content: `words` say which it is.

    `version` is that of the catalogue, and `items` how many it has, of a sheet `rows` how many were filled in; each None where it
    has none, or could not be read. `visits` are the typical visits, each gone through.
    """

    words: str
    faults: tuple[Fault, ...]
    version: str | None = None
    items: int | None = None
    rows: int | None = None
    visits: tuple[VisitRun, ...] = ()

    @property
    def head(self) -> str:
        """现在施行的目录 2026.11：48 个事项，典型来访 96 个。"""
        if self.items is not None:
            return f"{self.words}：{self.items} 个事项，典型来访 {len(self.visits)} 个。"
        return f"{self.words}：读不出来。" if self.rows is None else f"{self.words}：填了 {self.rows} 行。"

    @property
    def wrong(self) -> tuple[Fault, ...]:
        """The faults for which it cannot be told."""
        return tuple(fault for fault in self.faults if not fault.warning)

    @property
    def failing(self) -> tuple[VisitRun, ...]:
        """The typical visits that are told otherwise than they must be."""
        return tuple(run for run in self.visits if not run.passed)


def check_content(office: Office, name: str) -> ContentReport:
    """What is wrong with what has this name, as in `named_catalogue`, or with a sheet that was filled in. Nothing is taken.

    A file that is there is reported upon, whatever is wrong with it.

    Raises:
        Refusal: `no-content-file`; what `named_catalogue` refuses of what is no file, and `begin_revising` where it is a sheet.
    """
    if not is_file(name):
        return _of_catalogue(office, named_catalogue(office, name))
    path = Path(name)
    if is_sheet(path):
        return _of_sheet(office, path)
    try:
        return _of_catalogue(office, catalogue_in(office, read_content(path), path.name))
    except BrokenContent as broken:
        fault = Fault(broken.place, broken.fault)
    except Refusal as refusal:
        fault = _whole(refusal)
    return ContentReport(f"文件 {path.name}", (fault,))


def _of_catalogue(office: Office, named: NamedCatalogue) -> ContentReport:
    catalogue, forbidden = named.checked or named.catalogue, office.program.forbidden_phrases
    found = edition_faults(named.edition, forbidden) if named.edition else catalogue_faults(catalogue, forbidden)
    visits = () if unknown_in(catalogue) else tuple(run_visits(named.visits, catalogue))
    return ContentReport(named.words, (*named.undone, *found), catalogue.version, len(catalogue.items), visits=visits)


def _of_sheet(office: Office, path: Path) -> ContentReport:
    revising, words = begin_revising(office), f"核定表 {path.name}"
    try:
        readings = read_filled_in(office, revising, path)
    except Refusal as refusal:
        return ContentReport(words, (_whole(refusal),))
    faults = tuple(
        Fault(f"第 {reading.row.number} 行", str(reading.refusal)) for reading in readings if reading.refusal
    )
    return ContentReport(words, faults, revising.base.version, rows=len(readings))


def _whole(refusal: Refusal) -> Fault:
    return Fault(WHOLE_FILE, refusal.sentence.removesuffix("。"))
