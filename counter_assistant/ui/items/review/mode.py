"""核定目录：事项页的一种样子（守则 一(四)3）。逐句同意、改、不要，离开了也留着，送核以后从生效日起照它告知.

Keys: Y agrees, E opens the line for other words, N drops the sentence; each goes on to the next open one. Digits leave items out
of the answer, 0 all but this one. Up and Down choose a sentence, Left and Right an item, L turns the list. T goes to what the
answer rests on; Enter opens the editor of the item in the place of the sentences; Ctrl+Z takes the last act back, there too; F9
asks once and sends it for approval; Esc goes one step back, and at last out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.visits import VisitRun
from counter_assistant.operations.catalogue.revising import begin_revising
from counter_assistant.operations.catalogue.taking import phrases_changed
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.effects.effects_view import EffectsView
from counter_assistant.ui.items.effects.visiting import Visiting
from counter_assistant.ui.items.effects.visits_row import KEY
from counter_assistant.ui.items.effects.whole_pages import KEY as PAGES_KEY
from counter_assistant.ui.items.review.answering import Answering
from counter_assistant.ui.items.review.frame import ReviewFrame
from counter_assistant.ui.items.review.item_editing import ItemEditing
from counter_assistant.ui.items.review.model import ReviewModel
from counter_assistant.ui.items.review.pack.taking import PackTaking
from counter_assistant.ui.items.review.presentation import unsent_in_words
from counter_assistant.ui.items.review.sending import Sending
from counter_assistant.ui.items.review.sheet.exchange import SheetExchange
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.shell.page_keys import KeySheet
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

KEYS = (
    ("Y", "同意这一句，接着下一句"), ("E", "改：写出改后的一整句，回车"), ("N", "不要这一句"),
    ("回车", "改这个事项：条件、材料、问题都能改"), ("1 至 9、0", "不用于、又用于这个事项；0 只用于这一个"),
    ("↑ ↓、← →", "选一句；换事项，按句子看时换部分"),
    ("L", "按事项看、按句子看"), ("T", "改依据：文号、第几条、日期"), ("Ctrl+Z", "退一步"),
    ("F11；Ctrl+P、Ctrl+S", "整页看单子；打印核定稿、存为 PDF"), ("F9", "送核：填好批准和核对的再按，看过回车登记"), ("Esc", "退一步；最后离开，核过的留着"),
)  # fmt: skip
"""What a key is called, and what it does."""
UNFINISHED = "核定目录里有一句改到一半、或者批准的栏目填了还没有送核。再关一次窗口就不留了；已经答过的各句都留着。"


class ReviewMode(ReviewFrame):
    """The review of the catalogue over an office."""

    left = Signal()
    told = Signal(str)
    """What the status line says."""
    saved = Signal(str)
    taken = Signal(str)
    """The catalogue is another now, as this sentence says."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.office = office
        self.model: ReviewModel | None = None
        self.answering = Answering(office, self.card)
        self.item_editing = ItemEditing(office, self, self.answering)
        self.effects, self.visiting = EffectsView(office, self), Visiting(office, self)
        self.sending = Sending(office, self, service)
        self.sheet_exchange, self.pack_taking = SheetExchange(office, self), PackTaking(office, self)
        self.keys = KeySheet(self, KEYS, "核定目录的键")
        self._connect()

    def _connect(self) -> None:
        card, lists = self.card, self.lists
        self.answering.kept.connect(self._told)
        self.answering.line_left.connect(self.refresh)
        card.undo_wanted.connect(self.undo)
        card.stepped.connect(lambda rows: self._go(lambda model: model.step(rows)))
        card.group_stepped.connect(lambda groups: self._go(lambda model: model.step_group(groups)))
        for turned in (card.turned, lists.turned):
            turned.connect(lambda: self._go(lambda model: model.turn()))
        card.entered.connect(self._enter)
        self.item_editing.marked.connect(self.refresh)
        self.item_editing.kept.connect(self._told)
        self.item.undo_wanted.connect(self.undo)
        card.list.chosen.connect(lambda statement: self._go(lambda model: model.mark(statement)))
        lists.item_chosen.connect(lambda item: self._go(lambda model: model.mark_item(item)))
        lists.statement_chosen.connect(lambda statement: self._go(lambda model: model.mark(statement)))
        self.visiting.kept.connect(self._told)
        self.visiting.gone_through.connect(self.sending.show_runs)
        self.failing.wanted.connect(self._look_at)
        add_shortcuts(self, {"Esc": self.go_back, KEY: self.visiting.ask, PAGES_KEY: self.effects.look_at_pages})
        self.sending.restarted.connect(self.begin)
        self.sending.recorded.connect(self.taken)
        self.sheet_exchange.done.connect(self._many_done)
        self.pack_taking.recorded.connect(self.sending.announce)

    # Coming and going

    def begin(self, item: str = "") -> None:
        """Opens the revision as it is kept, over the catalogue as the book has it now, with this item marked first."""
        kept = self.model
        self.answering.forget_pending()
        try:
            revising = begin_revising(self.office)
        except Refusal as refusal:
            self._review(None)
            self.sheet_exchange.show(None)
            self.show_trouble(f"{refusal.sentence}\n{refusal.remedy}")
            self.sending.show(None, why=refusal.code)
            self.trouble.setFocus()
            return
        self.sheet_exchange.show(revising)
        self.show_trouble("")
        model = ReviewModel(revising, item or (kept.item if kept else ""))
        if kept:
            model.written = kept.written
        self._review(model)
        self.card.source.show_source(model.last_source)
        self.sending.show(revising)
        self.refresh()
        self.setFocus()

    def _review(self, model: ReviewModel | None) -> None:
        self.model = self.answering.model = self.item_editing.model = model

    def look_again(self) -> None:
        """The page is shown again: what was changed elsewhere meanwhile is read anew."""
        if self.model is None or self.model.revising.changed_elsewhere or self.sending.overtaken:
            self.begin()
        self.sending.show_standing()

    def go_back(self) -> None:
        """One step back: from the foot, from a field, and at last out of the mode."""
        asking = next((line for line in self.lines if self.at_foot(line)), None)
        if self.sheet_exchange.shown:
            self.sheet_exchange.close()
        elif self.pack_taking.shown:
            self.pack_taking.close()
        elif not self.pages.isHidden():
            self.pages.close_pages()
        elif asking:
            asking.close_line()
        elif self.card.box.editing:
            self.answering.leave_line()
        elif self.model is not None and not self.middle.hasFocus():
            self.setFocus()
            self.bar.fold_again()
        elif self.editing:
            self.item_editing.leave()
        elif not self.bar.close_explanation():
            self.left.emit()

    def close_questions(self) -> None:
        """Closes what asks at the foot."""
        for line in self.lines:
            if self.at_foot(line):
                line.close_line()

    @property
    def unsaved(self) -> str:
        """What would be lost with the window."""
        written = self.model is not None and bool(self.model.written)
        return UNFINISHED if written or self.bar.modified or self.item.editor.writing.modified else ""

    @property
    def standing(self) -> str:
        """这一稿改动 12 处，未送核. Which catalogue is told now stands beside it in the status line."""
        if self.model is None:
            return ""
        return unsent_in_words(len(self.model.revising.revision.acts), len(phrases_changed(self.office)))

    # Showing

    def refresh(self) -> None:
        """Shows what the model says now."""
        model = self.model
        if model is None:
            return
        if self.editing and model.on_paper:
            self.item_editing.end()
        names = model.names
        self.lists.show_progress(model.revising.progress)
        if model.by_item:
            self.lists.show_items(model.counts, model.begun, names, model.revising.changed)
        else:
            self.lists.show_statements(model.open)
        self.lists.mark_row(model.item if model.by_item else model.statement)
        if self.editing:
            self.item.show_item(model.revising, model.item)
        else:
            self._show_sentences(names)
        shown = model.shown_item
        new = shown in model.revising.working.items and shown not in model.revising.base.items
        self.changes.show_changes(model.title(shown), model.revising.differences_of(shown), new=new)
        self.effects.show_item(model.revising, shown)
        self.visiting.show_item(model.revising, shown)
        self.visits.setHidden(model.on_paper)
        self.sending.suggest(model.last_source)
        self.sheet_exchange.follow()

    def _show_sentences(self, names: Mapping[str, str]) -> None:
        model, card = self.model, self.card
        assert model is not None
        rows = model.rows
        row = next((each for each in rows if each.statement == model.statement), None)
        card.title.say(model.title(model.item) if model.by_item else "一句一句")
        card.show_keys(paper=model.on_paper)
        card.list.setVisible(bool(rows))
        card.done.setVisible(not rows)
        if row:
            card.box.show_row(row, model.served, names, begun=row.statement in model.written)
            self.answering.show_excluded()
            card.setAccessibleDescription(f"{row.words}，{row.carried}")
        card.list.show_rows(rows, model.statement)

    def _look_at(self, run: VisitRun) -> None:
        """Goes to a typical visit that fails: to its item, and opens it."""
        self.failing.close_line()
        if self.model and run.visit.item in self.model.revising.working.items:
            self._go(lambda model: model.show_item(run.visit.item))
        self.visiting.ask(run)

    # Going about

    def _go(self, act: Callable[[ReviewModel], object]) -> None:
        """Marks something else; a line that is open is kept, and opened again with E. In the editor it is taken
        first, and the list by sentence has no editor.
        """
        if self.model is None or not self.item.editor.take_open():
            return
        act(self.model)
        if self.editing and not self.model.by_item:
            self.item_editing.end()
        self.answering.forget_pending()
        self.setFocus()
        self.refresh()

    def _enter(self) -> None:
        """Enter: from a sentence to the item that it stands in, and from there into its editor. A paper has none: it is E."""
        if self.model is not None and not self.model.by_item and not self.model.on_paper:
            self._go(lambda model: model.turn())
        else:
            self.item_editing.begin()

    def undo(self) -> None:
        """Takes the last act back, and stands where it was done."""
        if self.model is None:
            return
        try:
            done = self.model.undo()
        except Refusal as refusal:
            self.item.editor.say(refusal) if self.editing else self.answering.refuse(refusal)
            return
        self.setFocus()
        self._told(f"已退回：{done}。" if done else "没有可以退回的了。")

    def _told(self, words: str = "") -> None:
        """Something was kept: shows it, and says how far it is."""
        self.refresh()
        self.bar.say(words, "secondary")
        self.told.emit(self.standing)
        self.saved.emit(f"已保存 {self.office.clock():%H:%M:%S}")

    def _many_done(self, words: str) -> None:
        """The answers of a sheet were taken, or taken back."""
        if self.model is not None:
            self.model.catch_up()
            self.card.source.show_source(self.model.last_source)
            self.card.setFocus()
            self._told()
            self.bar.say(words, "done")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Z and control and self.card.hasFocus():
            self.undo()
        else:
            super().keyPressEvent(event)
