"""搬台账：逐字抄过去，在那边重做各视图、核对、比过，原处才写下“搬走了”，从此只在那边出具；断在哪里，再办一次就接着搬。

Until the last step but two the book goes on where it is, and whatever stops the move, nothing is lost. Then it leaves by an entry, the other
place takes that entry over and writes that it has arrived, and this PC notes the place. At each moment at most one place issues.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Client
from typing import NamedTuple

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.moved_entry import BookMoved, MovedAct, moved_away
from counter_assistant.operations.moving.places import Target, words_of
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.restored import CONFIRM
from counter_assistant.paths import desk_address
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries
from counter_assistant.storage.moving import arrival
from counter_assistant.storage.moving.verbatim import copy_on, hold_against
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.server.book_place import BookPlace

Heard = Callable[[str, int, int], object]
"""Hears what is being done, and how far it is, of how much."""
HOLDING, COPYING, VIEWS, CHECKING, COMPARING = "核对那里已有的", "抄写", "重做各视图", "核对", "逐条比对"


class Moved(NamedTuple):
    """A book that was moved: to where, the number and the hash (in hex) of its last entry there, and how many entries were copied this
    time; 0 where it had been moved already."""

    place: str
    entries: int
    head: str
    copied: int


class Moving(NamedTuple):
    """What is to be moved: the book of an office, which lies at a place, to another one; `heard` hears how far it is."""

    office: Office
    place: BookPlace
    target: Target
    heard: Heard


def move(task: Moving) -> Moved:
    """Moves a book; one that lies there, or was moved there, is there already. After whatever stopped it the same again goes on.

    Raises:
        Refusal: `moved-away` (it has left for another place), `move-target-live` (the place has a book of that name with which somebody
            works), `move-target-lost` (of one that has left for it there is less there), `move-not-sound`, `move-going-on`; what
            `require_movable`, the target, `hold_against`, `copy_on` and the engines refuse.
    """
    left, source = require_movable(task.office, task.target), task.office.database
    if left is None and words_of(task.place, task.office.folder) == task.target.words:
        return Moved(task.target.words, *task.office.book.head(), 0)
    with source.query() as handle:
        book = book_name(handle)
    with task.target.opened(book) as there:
        copied = 0 if _has_arrived(source, there, left) else _bring(task, there, left)
        with there.query() as handle:
            seq, _, last, *_ = entries.head(handle)
        task.target.settle(there)
    return Moved(task.target.words, seq, last.hex(), copied)


def require_movable(office: Office, target: Target) -> BookMoved | None:
    """Asks whether a book may be moved now, by whoever is there; gives where it has left for, if it has.

    Raises:
        Refusal: `training-stays`, `moved-away`, `restored-unconfirmed`, `move-windows` (somebody has it open), `clock-doubtful`; what
            `Office.permit` refuses.
    """
    if office.training:
        raise Refusal("training-stays", "练习用的台账不搬。", "请退出练习模式再搬。")
    left = office.book.left()
    if left is None:
        office.permit(Permission.SAFEKEEPING)
        office.book.require_sound_clock()
    elif left.place != target.words:
        raise moved_away(left.place)
    if office.journal.pauses:
        raise Refusal(
            "restored-unconfirmed",
            "恢复以后还没有确认，不搬。",
            f"请先查一查恢复得对不对；{CONFIRM}。",
        )
    if others := _windows(office):
        raise Refusal(
            "move-windows",
            f"还有 {others} 个窗口开着这本台账。",
            "请让各窗口关闭程序（写了一半的自己存着），再办一次。",
        )
    return left


def _windows(office: Office) -> int:
    """How many windows have the book open: that of this PC, and those that a server knows of."""
    try:
        Client(desk_address(office.folder)).close()
        here = 1
    except (OSError, EOFError):
        here = 0
    return here + office.database.others()


def _has_arrived(source: Engine, there: Engine, left: BookMoved | None) -> bool:
    """Whether a place has the book, goes on with it, and nobody else does."""
    if left is None or arrival.is_arriving(there):
        return False
    with source.query() as ours, there.query() as theirs:
        last, arrived = entries.head(ours)[0], entries.head(theirs)[0]
    return arrived > last and hash_at(source, last) == hash_at(there, last)


def _bring(task: Moving, there: Engine, left: BookMoved | None) -> int:
    """Brings the book to its place, and gives how many entries were copied."""
    source, heard = task.office.database, task.heard
    with source.query() as handle:
        last = entries.head(handle)[0]
    _require_vacant(there, left)
    had = hold_against(source, there, lambda seq: heard(HOLDING, seq, last))
    if not arrival.is_arriving(there):
        arrival.begin(there)
    copied = copy_on(source, there, lambda seq: heard(COPYING, seq, last))
    arrival.make_views(there, lambda seq: heard(VIEWS, seq, copied))
    _require_sound(source, there, heard, copied)
    left = left or _leave(task, copied)
    now = arrival.arrive(source, there, BookMoved(MovedAct.ARRIVED, words_of(task.place, task.office.folder), left.by))
    return now - had


def _require_vacant(there: Engine, left: BookMoved | None) -> None:
    """Asks whether nobody works with what is there: it is being moved in, or nothing is there, or it has left from there.

    Raises:
        Refusal: `move-target-live`, `move-target-lost`.
    """
    if arrival.is_arriving(there):
        return
    if left:
        raise Refusal(
            "move-target-lost", f"这本台账已经搬往 {left.place}，那里却没有搬到的一本了。",
            "没有搬。请服务器的管理员查明、恢复；确实没有了的，改回这台电脑，由备份和流水恢复（restore --over）。",
        )  # fmt: skip
    with there.query() as handle:
        if entries.head(handle)[0] and entries.left_for(handle) is None:
            raise Refusal(
                "move-target-live",
                "那里已经有这本台账，而且在用。",
                "没有搬。请核对 --to；要用那里的一本的，在设置、数据在哪里改过去。",
            )


def _require_sound(source: Engine, there: Engine, heard: Heard, copied: int) -> None:
    """Holds everything against the source once more, and asks the check of a book.

    Raises:
        Refusal: `move-going-on`, `move-not-sound`; what `hold_against` and the check refuse.
    """
    hold_against(source, there, lambda seq: heard(COMPARING, seq, copied), ended=True)
    problems = arrival.problems(source, there, lambda step, of: heard(CHECKING, step, of))
    with source.query() as handle:
        if entries.head(handle)[0] != copied:
            raise _going_on()
    for problem in problems:
        raise Refusal(
            "move-not-sound", f"搬到的一本核对不过：{problem}", "没有搬，原来的台账照常用。请把这句话告诉管理员。"
        )


def _leave(task: Moving, copied: int) -> BookMoved:
    """Writes that the book leaves, where nothing was written since it was copied.

    Raises:
        Refusal: `move-going-on`; what `Office.permit` and `Book.append` refuse.
    """
    office = task.office
    said = BookMoved(MovedAct.LEFT, task.target.words, office.permit(Permission.SAFEKEEPING).staff_number)

    def refuse_newer() -> None:
        if office.book.head()[0] != copied + 1:
            raise _going_on()

    office.book.append(EntryKind.BOOK_MOVED, said.to_payload(), then=refuse_newer)
    return said


def _going_on() -> Refusal:
    return Refusal("move-going-on", "搬的时候又有人办了。", "没有搬。请让各窗口关闭程序，再办一次，会接着搬。")
