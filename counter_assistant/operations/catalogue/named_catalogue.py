"""说的是哪一份目录：现在施行的、正在改的一稿、随程序来的、某一天的，或者一个文件里的：一版、内容包、一稿."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.edition import Edition, once_laws_hold
from counter_assistant.domain.revision.pack import Pack
from counter_assistant.domain.revision.revision import Revision, applied
from counter_assistant.domain.revision.visits import TypicalVisit
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.operations.catalogue.revising import Revising, as_told, base_of, outdated
from counter_assistant.operations.catalogue.visiting import visits_of, visits_with
from counter_assistant.storage.packs.content_file import read_content

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

NOW, REVISION, PROGRAM = "now", "revision", "program"


@dataclass(frozen=True)
class NamedCatalogue:
    """A catalogue, what people call it, its typical visits, and the day from which on it is told where that is another.

    `edition` is what it stands in, where it stands in one; `undone` are the acts of a revision that cannot be done.
    `checked` is what the check goes through, where that is another: a revision from the day on which its new statutes hold.
    """

    words: str
    catalogue: Catalogue
    visits: tuple[TypicalVisit, ...]
    since: date | None = None
    edition: Edition | None = None
    undone: tuple[Fault, ...] = ()
    checked: Catalogue | None = None


def is_file(name: str) -> bool:
    """Whether a name is the path of a file."""
    return name not in (NOW, REVISION, PROGRAM) and _day(name) is None


def named_catalogue(office: Office, name: str) -> NamedCatalogue:
    """The catalogue of a name: `NOW`, `REVISION`, `PROGRAM`, a day such as 2026-09-19, or the path of a file.

    Raises:
        Refusal: `no-revision` (none is being worked on), `act-undone` (an act of a revision in a file cannot be done); what
            `Revising`, `read_content` and `catalogue_in` refuse.
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
    named = catalogue_in(office, read_content(Path(name)), Path(name).name)
    if named.undone:
        raise Refusal("act-undone", f"{named.words}有一步做不成：{named.undone[0]}。", "请用 content check 看全部。")
    return named


def texts_on(catalogue: Catalogue, day: date) -> Catalogue:
    """The catalogue with the texts in force on a day alone."""
    found = ((id_, catalogue.item(id_, day)) for id_ in catalogue.items)
    return replace(catalogue, items={id_: (text,) for id_, text in found if text})


def catalogue_in(office: Office, content: Edition | Pack | Revision, name: str) -> NamedCatalogue:
    """The catalogue that a file of this name holds; of a revision, without the acts that cannot be done.

    Raises:
        Refusal: `revision-outdated`: it is a revision of another catalogue than is told here.
    """
    match content:
        case Edition():
            return _edition(content, f"文件 {name} 里的一版 {content.version}")
        case Pack(edition=edition):
            return _edition(edition, f"内容包 {name} 里的一版 {edition.version}")
        case Revision():  # pragma: no branch - the last kind there is
            return _revision_in(office, content, f"文件 {name} 里的一稿")


def _revision_in(office: Office, revision: Revision, words: str) -> NamedCatalogue:
    base, undone = base_of(office), list[Fault]()
    if revision.based_on != base.version:
        raise outdated(revision.based_on, base.version)
    working = base
    for i, act in enumerate(revision.acts, 1):
        try:
            working = applied(working, act)
        except Refusal as refusal:
            undone.append(Fault(f"acts[{i}]", refusal.sentence.removesuffix("。")))
    visits = visits_with(office, revision, base, working)
    return replace(_working(office, revision, base, working, visits), words=words, undone=tuple(undone))


def _edition(edition: Edition, words: str) -> NamedCatalogue:
    return NamedCatalogue(words, edition.catalogue, edition.visits, edition.approval.since, edition)


def _revision(office: Office) -> NamedCatalogue:
    revising = Revising(office)
    if not revising.revision.acts:
        raise Refusal("no-revision", "没有正在改的一稿。", "请先在事项页核定，或者用 --to 指明文件、日期。")
    return _working(office, revising.revision, revising.base, revising.working, visits_of(office, revising))


def _working(
    office: Office, revision: Revision, base: Catalogue, working: Catalogue, visits: tuple[TypicalVisit, ...]
) -> NamedCatalogue:
    # A visit of a day is told by the day's text, which a revision leaves as it is.
    undated = tuple(visit for visit in visits if visit.day is None)
    since = revision.laws_from
    try:
        checked = once_laws_hold(base, working, since) if since else None
    except Refusal:  # they hold already
        checked = None
    return NamedCatalogue("正在改的一稿", working, undated, office.today(), checked=checked)


def _day(name: str) -> date | None:
    try:
        return read_day(name)
    except Refusal:
        return None
