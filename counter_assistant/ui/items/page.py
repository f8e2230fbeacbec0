"""事项页（F6）：左边 48 个事项，右边是它给公众看的办事指南。

Keys: typing searches; arrows choose, and the guide follows; PgUp, PgDn scroll it; Enter goes into it; Ctrl+D chooses another
day, whose law and text it then shows; Ctrl+P prints, Ctrl+S saves; F9 records that the centre approved it (and F9 again
confirms); Ctrl+B shows what is worn or hung up; Ctrl+Enter takes the item to the desk; Esc goes back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.guides import guide
from counter_assistant.storage.content.catalogue_index import IndexEntry
from counter_assistant.ui.items.actions import RosterActions, SheetActions
from counter_assistant.ui.items.approval_scope import MarkedItem
from counter_assistant.ui.items.approving import Approving, approval_in_words
from counter_assistant.ui.items.displaying import Displaying
from counter_assistant.ui.items.frame import NO_GUIDE, ItemsFrame
from counter_assistant.ui.items.reviewing import Reviewing
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.widgets.shortcuts import add_shortcuts
from counter_assistant.ui.widgets.styling import set_style

Search = Callable[[str], list[IndexEntry]]
NOT_FOUND = "没有找到“{text}”。可以输入名称里的任意两个字、拼音首字母或编码。"
UNSAVED = "核定还没有登记：按 F9 登记，或者按 Esc 不登记。再关一次窗口就不登记了。"
NOTHING = "先选一个事项，再打印、存文件、登记核定或者办理。"


class ItemsPage(ItemsFrame):
    """The catalogue as the public may read it."""

    item_wanted = Signal(str, str)
    """Id and name of an item to be handled at the desk."""
    code_entered = Signal(str)
    """The code of a paper was pasted where an item is looked for."""
    approvals_changed = Signal()
    """An approval was recorded or withdrawn, so that the catalogue reads differently now."""

    KEYS = (
        ("↑ ↓", "选事项，指南跟着换"), ("翻页键", "翻看指南"), ("回车", "进指南，方向键滚动"), ("Ctrl+D", "看另一天的规定"),
        ("Ctrl+P、Ctrl+S", "打印办事指南、存为 PDF"), ("Ctrl+B", "牌证和公示"), ("Ctrl+回车", "到受理台办这个事项"),
        ("F9", "登记本中心的核定；填好再按 F9"), ("Alt+1 至 4", "核定本事项、一组、全部；收回核定"),
        ("Ctrl+F", "回到查找"), ("Esc", "退一步"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(
        self, office: Office, search: Search, service: PrintService | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.office, self._find_items = office, search
        self.sheet: Sheet | None = None
        self.guide_actions = SheetActions(office, service, self)
        self.roster_actions = RosterActions(office, service, self)
        self.approving = Approving(office, self.line, self._marked)
        self.reviewing, self.displaying = Reviewing(office, self, service), Displaying(office, self, service)
        self.setFocusProxy(self.search)
        self._connect()
        self.day.edit.setText(office.today().isoformat())
        self._show_states(office.today())
        self._find()

    def to_search(self) -> None:
        """Puts the cursor into the search field, back from whatever is shown in the place of the guides."""
        self._to_guides()
        super().to_search()

    def press_approve(self) -> None:
        """Asks for the approval of the marked item as a whole."""
        self._to_guides()
        self.approving.press()

    def begin_review(self) -> None:
        """Goes to the review of the catalogue, with the marked item first."""
        self.displaying.leave()
        self.line.close_line()
        self.reviewing.begin(self.entry.id if self.entry else "")

    def begin_displays(self, kind: DisplayKind | None = None) -> None:
        """Goes to what is worn or hung up, at one kind where it was asked for by name."""
        self.reviewing.leave()
        self.line.close_line()
        self.displaying.begin(kind, self.entry.id if self.entry else "", self.shown_day())

    def _to_guides(self) -> None:
        self.reviewing.leave()
        self.displaying.leave()

    @property
    def entry(self) -> IndexEntry | None:
        """The item that is chosen."""
        return self.list.entry

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.stepped.connect(self.list.step)
        self.search.entered.connect(self._enter)
        self.list.chosen.connect(self._show_guide)
        self.day.changed.connect(lambda _text: self._show_day())
        self.day.edit.entered.connect(self.search.setFocus)
        keys: dict[str, Callable[[], object]] = {
            "Esc": self._go_back, "Ctrl+F": self.to_search, "Ctrl+D": self.to_day,
            "PgDown": lambda: self.view.turn(1), "PgUp": lambda: self.view.turn(-1),
        }  # fmt: skip
        add_shortcuts(self.browse, keys)
        acts = (
            (self.print, self._print), (self.save, self._save), (self.handle, self._to_desk),
            (self.approve, self.approving.press), (self.edit, self._edit),
        )  # fmt: skip
        for button, act in acts:
            button.clicked.connect(act)
            button.unavailable.connect(self._explain)
        self.guide_actions.reported.connect(self.say)
        self.roster_actions.reported.connect(self.say)
        self.line.state_changed.connect(self._line_changed)
        self.approving.nothing_marked.connect(self._explain)
        self.approving.recorded.connect(self._show_recorded)
        self.review.clicked.connect(self.begin_review)
        self.displays.clicked.connect(lambda _=False: self.begin_displays())
        self.reviewing.taken.connect(self._show_taken)
        self.reviewing.ended.connect(self._show_day)

    def close_down(self) -> None:
        self.guide_actions.close_down()
        self.roster_actions.close_down()
        self.reviewing.close_down()
        self.displaying.close_down()

    def leave_to_another(self) -> None:
        self.line.close_line(forget=True)
        self.reviewing.leave_to_another()
        self.displaying.leave_to_another()

    @property
    def unsaved(self) -> str:
        return UNSAVED if not self.line.isHidden() and self.line.typed else self.reviewing.unsaved

    def remember(self) -> Callable[[], object]:
        return self.reviewing.remember() if self.reviewing.on else super().remember()

    def tell(self, words: str) -> None:
        if words != UNSAVED:
            self.reviewing.begin("")
            self.reviewing.tell(words)
        else:
            self.say(words, "attention")

    def shown_day(self) -> date:
        """The day whose text is shown; today while its field holds none."""
        try:
            return self._day()
        except Refusal:
            return self.office.today()

    def begin_approval(self, item_id: str) -> None:
        """Marks an item, as the desk wants it today, and asks for its approval: whatever day was looked at before."""
        self._to_guides()
        self.day.edit.setText(self.office.today().isoformat())
        self._show_day()
        self.search.clear()
        self.list.fill(self._find_items(""), item_id)
        self.line.close_line()
        self.approving.press()

    def _edit(self) -> None:
        """Opens the chosen item in the review, to be changed there."""
        if self.entry:
            self.begin_review()
            self.reviewing.edit(self.entry.id)

    def _marked(self) -> MarkedItem | None:
        """The chosen item and what an approval of it may be about."""
        return MarkedItem(self.entry, self.shown_day(), self._find_items("")) if self.entry else None

    def _line_changed(self) -> None:
        """While the line is open its own button is the loud one, and the only one that F9 stands for."""
        is_open = not self.line.isHidden()
        if is_open:
            self.say("", "secondary")
        self.approve.setVisible(not is_open)
        set_style(self.handle, loud=not is_open)

    def _show_recorded(self, done: str) -> None:
        """Shows everything anew after an approval was recorded or withdrawn, and says so."""
        self._show_states(self.shown_day())
        self._show_guide()
        self.approvals_changed.emit()
        self.say(done, "done")

    def _show_taken(self, done: str) -> None:
        """The catalogue is another one: everything is read anew, wherever it is shown."""
        self.approvals_changed.emit()
        self._find()
        self._show_states(self.shown_day())
        self.status_message.emit(done)

    def _explain(self) -> None:
        """Says why a key has nothing to do."""
        self.say(self.day.fault if self.entry and self.day.fault else NOTHING, "attention")

    def _show_day(self) -> None:
        self._show_states(self.shown_day())
        self._show_guide()

    def _show_states(self, day: date) -> None:
        """Marks every item with how far it is approved on a day."""
        catalogue, today = self.office.catalogue, self.office.today()
        self.list.show_states({entry.id: catalogue.state(entry.id, day, today) for entry in self._find_items("")})

    def _find(self) -> None:
        text = self.search.text()
        found = self._find_items(text)
        self.list.fill(found, "" if text.strip() or self.entry is None else self.entry.id)
        self.list.setVisible(bool(found))
        self.nothing.say("" if found else NOT_FOUND.format(text=text))

    def _show_guide(self) -> None:
        """Shows the guide to the chosen item on the chosen day; what is wrong with the day stands beside its field."""
        entry, self.sheet, fault = self.entry, None, ""
        self.message.say("")
        try:
            day = self._day()
            self.sheet = guide(self.office, entry.id, day) if entry else None
        except Refusal as refusal:
            fault = str(refusal)
        self.day.show_fault(fault)
        self.card.title.setText(f"{entry.id}　{entry.name}" if entry else "办事指南")
        self._show_approval()
        self.view.setVisible(self.sheet is not None)
        self.empty.say("" if self.sheet else fault or NO_GUIDE)
        if self.sheet:
            self.view.show_sheet(self.sheet)
        self.handle.setEnabled(entry is not None)
        for button in (self.print, self.save, self.approve, self.edit):
            button.setEnabled(self.sheet is not None)

    def _show_approval(self) -> None:
        """Shows how far the chosen item is approved, and what the line would approve."""
        words, role = ("", "hint")
        if self.entry and self.sheet:
            words, role = approval_in_words(self.office.catalogue, self.entry.id, self.shown_day(), self.office.today())
        self.approval.say(words, role)
        self.approving.follow()

    def _day(self) -> date:
        text, today = self.day.edit.text(), self.office.today()
        return read_day(text, today) if text.strip() else today

    def _enter(self) -> None:
        if read_scan(code := self.search.text()):
            self.search.clear()
            self.code_entered.emit(code)
        elif self.sheet:
            self.view.setFocus()

    def _print(self) -> None:
        if self.entry and self.sheet:
            self.guide_actions.print(self.entry.id, self.sheet)

    def _save(self) -> None:
        if self.entry and self.sheet:
            self.guide_actions.save(self.entry.id, self.sheet)

    def _to_desk(self) -> None:
        if self.entry:
            self.item_wanted.emit(self.entry.id, self.entry.name)

    def _go_back(self) -> None:
        """Goes from the line that asks, the guide or the day to the search, and from there to all items."""
        if not self.line.isHidden():
            self.line.close_line()
        elif not self.search.hasFocus():
            self.to_search()
        elif not self.search.composing:
            self.search.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reviewing.look_again()
        if self.reviewing.on or self.displaying.on:
            return
        self.search.selectAll()
        if self.focusWidget() is None:
            self.to_search()
        self._show_guide()
