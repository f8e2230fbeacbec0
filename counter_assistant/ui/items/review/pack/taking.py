"""在窗口里收内容包：先看插着的 U 盘，没有的请人选文件；看过、对过、另一个人核对过，施行。A pack is read beside the window, in a thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.entry import Entry
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.packs import (
    FoundPack,
    PackLook,
    look_against,
    packs_on,
    refuse_hindered,
    take_pack,
    told_here,
)
from counter_assistant.operations.catalogue.revising import acts_unsent
from counter_assistant.ui.file_dialog import ask_for_file
from counter_assistant.ui.items.review.pack.in_thread import InThread
from counter_assistant.ui.items.review.pack.view import TITLE
from counter_assistant.ui.items.review.pack.words import head_of, in_paragraphs
from counter_assistant.volumes import sticks

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.items.review.frame import ReviewFrame

KINDS = "内容包 (*.pack);;所有文件 (*)"
READY = "还没有收。请另一位对照文件核对，选他的姓名，再按 Ctrl+回车。"
COMPARE = (
    "签名的密钥本网点还没有核对过。请照中心发来的纸面填指纹，一致的才收；请另一位核对，选他的姓名，再按 Ctrl+回车。"
)
WRONG = {
    "pack-key-unconfirmed": "fingerprint",
    "pack-foreign-key": "fingerprint",
    "fingerprint-differs": "fingerprint",
    "second-person-needed": "second",
}
"""Which field a refusal is about."""
NOTHING = "没有选文件。U 盘上的内容包（.pack）插上就找得到；在别处的按 Ctrl+O 选。"


class PackTaking(QObject):
    """What the buttons of a pack do: it is found, looked at, and taken."""

    recorded = Signal(object, str)
    """The entry that took it, and what is said of it."""

    def __init__(self, office: Office, frame: ReviewFrame) -> None:
        super().__init__(frame)
        self._office, self._frame, self._view = office, frame, frame.pack
        self._seen: PackLook | None = None
        self._found: list[FoundPack] = []
        self._work = InThread(self)
        frame.bar.take_pack.clicked.connect(self.begin)
        view = self._view
        view.file_wanted.connect(self._choose)
        view.picked.connect(lambda row: self._read(self._found[row].path))
        view.taken.connect(self._take)
        view.left.connect(self.close)

    @property
    def shown(self) -> bool:
        """Whether a pack that is not taken yet is shown."""
        return not self._view.isHidden()

    def begin(self) -> None:
        """Looks for packs on what is plugged in; where there is none, asks for a file."""
        if self.shown or not self._frame.sheet.isHidden() or not self._frame.pages.isHidden():
            return
        self._view.show_found([])
        self._view.show_file("")
        self._frame.show_taking(self._view)
        self._view.say("正在看 U 盘上有没有内容包……", "secondary")
        self._work.start(lambda: packs_on(sticks()), self._show_found, self._refuse)

    def close(self) -> None:
        """Nothing is taken."""
        self._work.forget()
        self._seen = None
        if self.shown:
            self._frame.show_taking(None)

    def close_down(self) -> None:
        """Waits for a pack that is being read: the window closes."""
        self._work.close_down()

    def _show_found(self, found: list[FoundPack]) -> None:
        self._found = found
        self._view.show_found(found)
        if found:
            self._read(found[0].path)
        else:
            self._choose()

    def _choose(self) -> None:
        if path := ask_for_file(self._frame, TITLE, KINDS):
            self._view.show_found([])
            self._read(path)
        elif self._seen is None:
            self._view.say(NOTHING, "secondary")

    def _read(self, path: Path) -> None:
        told = told_here(self._office)
        self._seen = None
        self._view.show_file(path.name)
        self._view.say(f"正在读 {path.name}，核签名，逐项核对……", "secondary")
        self._work.start(lambda: look_against(path, told), self._show, self._refuse)

    def _show(self, seen: PackLook) -> None:
        """Shows a pack, and beforehand what keeps it from being taken."""
        office, view = self._office, self._view
        self._seen = seen
        view.show_pack(head_of(seen), list(in_paragraphs(seen, office.catalogue.version, acts_unsent(office))))
        view.second.show_clerks(office.profile)
        hindrance = self._hindrance(seen)
        view.ask(fingerprint=not (hindrance or seen.trusted), second=not hindrance)
        view.let_take(on=not hindrance)
        if hindrance:
            view.say(str(hindrance), "error")
        elif seen.trusted:
            view.say(READY, "secondary")
        else:
            view.say(COMPARE, "attention")

    def _hindrance(self, seen: PackLook) -> Refusal | None:
        """What keeps a pack from being taken, whoever compares its fingerprint."""
        try:
            self._office.permit(Permission.TAKE_CONTENT)
            refuse_hindered(self._office, seen, seen.pack.fingerprint)
        except Refusal as refusal:
            return refusal
        return None

    def _take(self) -> None:
        seen, view = self._seen, self._view
        if seen is None:
            return
        try:
            entry = take_pack(self._office, seen, view.second.staff_number, view.fingerprint.edit.text().strip())
        except Refusal as refusal:
            view.show_refusal(str(refusal), WRONG.get(refusal.code, ""))
            return
        self.close()
        self._tell(entry, seen)

    def _tell(self, entry: Entry, seen: PackLook) -> None:
        approval = seen.pack.edition.approval
        since = chinese_date(approval.since)
        self.recorded.emit(entry, f"已收下：{seen.pack.centre}（{approval.number}），{since}起受理的适用。")

    def _refuse(self, refusal: Refusal) -> None:
        self._view.say(str(refusal), "error")
        self._view.choose.setFocus()
