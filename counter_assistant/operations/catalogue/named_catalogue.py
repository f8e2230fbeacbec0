"""说的是哪一份目录：现在施行的、正在改的一稿、随程序来的、某一天的，或者一个文件里的一版."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.visits import TypicalVisit
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.operations.catalogue.revising import Revising, as_told
from counter_assistant.operations.catalogue.visiting import visits_of
from counter_assistant.storage.content.edition_file import read_edition

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

NOW, REVISION, PROGRAM = "now", "revision", "program"


@dataclass(frozen=True)
class NamedCatalogue:
    """A catalogue, what people call it, its typical visits, and the day from which on it is told where that is another."""

    words: str
    catalogue: Catalogue
    visits: tuple[TypicalVisit, ...]
    since: date | None = None


def named_catalogue(office: Office, name: str) -> NamedCatalogue:
    """The catalogue of a name: `NOW`, `REVISION`, `PROGRAM`, a day such as 2026-09-19, or the path of an edition's file.

    Raises:
        Refusal: `no-revision` (none is being worked on); what `Revising` and `read_edition` refuse.
    """
    if name == PROGRAM:
        program = office.program
        return NamedCatalogue(f"随程序来的目录 {program.catalogue.version}", program.catalogue, program.visits)
    told = as_told(office.catalogue)
    if name == NOW:
        return NamedCatalogue(f"现在施行的目录 {told.version}", told, office.content.visits)
    if name == REVISION:
        return _revision(office)
    if (day := _day(name)) is not None:
        return NamedCatalogue(f"{day.isoformat()} 施行的文本", texts_on(told, day), (), day)
    edition = read_edition(Path(name))
    words = f"文件 {Path(name).name} 里的一版 {edition.version}"
    return NamedCatalogue(words, edition.catalogue, edition.visits, edition.approval.since)


def texts_on(catalogue: Catalogue, day: date) -> Catalogue:
    """The catalogue with the texts in force on a day alone."""
    found = ((id_, catalogue.item(id_, day)) for id_ in catalogue.items)
    return replace(catalogue, items={id_: (text,) for id_, text in found if text})


def _revision(office: Office) -> NamedCatalogue:
    revising = Revising(office)
    if not revising.revision.acts:
        raise Refusal("no-revision", "没有正在改的一稿。", "请先在事项页核定，或者用 --to 指明文件、日期。")
    # A visit of a day is told by the day's text, which a revision leaves as it is.
    visits = tuple(visit for visit in visits_of(office, revising) if visit.day is None)
    return NamedCatalogue("正在改的一稿", revising.working, visits, office.today())


def _day(name: str) -> date | None:
    try:
        return read_day(name)
    except Refusal:
        return None
