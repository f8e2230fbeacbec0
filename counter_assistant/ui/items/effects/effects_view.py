"""改动管到哪里，看着改：哪些情形的清单变了，有没有矛盾，影响几件未结办件，单子上哪些字变了."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import NOTHING, Difference, Said
from counter_assistant.domain.revision.editing import places
from counter_assistant.domain.revision.effects import ItemEffect
from counter_assistant.domain.revision.statements import newest_or_none
from counter_assistant.domain.revision.stoppable import Reached
from counter_assistant.operations.catalogue.effects import Pages, ShownEffect, effect_shown, slips_as_pages
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.effects.whole_pages import Example
from counter_assistant.ui.items.in_slices import InSlices
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.operations.catalogue.revising import Revising
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.items.review.frame import ReviewFrame

SLIP, NEW_SLIP, SITUATIONS = "今天的单子 → 改后的单子", "这个事项的单子", "情形里的改动"
WITHOUT_FAULT = "没有互相矛盾，没有问了不用的问题"
DRAFT = "草稿"
MOST_FAULTS = 3


class EffectsView(QWidget):
    """What a change of the marked item does, computed once it was left alone for a moment, beneath the lines of `changes`."""

    def __init__(self, office: Office, frame: ReviewFrame) -> None:
        super().__init__()
        self._office, self._frame, self._changes = office, frame, frame.changes
        self._revising: Revising | None = None
        self._item = ""
        self._pair: tuple[ServiceItem | None, ServiceItem | None] = (None, None)
        self.effect: ItemEffect | None = None
        """What is known of the change of the item that is shown."""
        self.what, self.cases = PlainLabel("", "secondary", wrap=True), PlainLabel("", "secondary", wrap=True)
        self.what.setObjectName("what_changes")
        self.cases.setObjectName("cases_changed")
        self.work = InSlices(lambda: not office.database.closed, self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        for label in (self.what, self.cases):
            rows.addWidget(label)
            label.hide()
        self.work.reached.connect(self._show_reached)
        self.work.found.connect(self._show)
        self.work.refused.connect(self._refuse)
        frame.changes.add_beneath(self)
        frame.changes.pages_wanted.connect(self.look_at_pages)
        frame.pages.closed.connect(lambda: frame.show_pages(shown=False))

    def show_item(self, revising: Revising, item: str) -> None:
        """Begins with another item or another text; what is the same goes on."""
        self._revising, self._item = revising, item
        before, after = revising.base, revising.working
        pair = (newest_or_none(before, item), newest_or_none(after, item))
        if pair[0] is self._pair[0] and pair[1] is self._pair[1]:
            return
        self._pair, self.effect = pair, None
        self._changes.show_found(())
        self.cases.say("")
        self.work.stop()
        changed = pair[0] is not pair[1]
        self.what.say("改了什么　正在算…" if changed else "", "hint")
        if changed:
            self.work.begin(effect_shown(self._office, before, after, item))

    def _show_reached(self, reached: Reached) -> None:
        share = 100 * reached.done // max(reached.all, 1)
        self.what.say(f"改了什么　正在算 {share}%", "hint")

    def _show(self, found: ShownEffect) -> None:
        effect = self.effect = found.item
        faulty = effect is not None and any(not fault.warning for fault in effect.faults)
        self.what.say(f"改了什么　{in_words(effect, self._pair[1])}", "attention" if faulty else "secondary")
        self.cases.say(f"{found.effects.cases.summary}。", "secondary")
        slip = SLIP if found.beside.before else NEW_SLIP
        beside = found.beside.differing if found.beside.after else ()
        lines = [Difference(slip, Said(line.before), Said(line.after)) for line in beside]
        told = [Difference(SITUATIONS, NOTHING, Said(words)) for words in effect.in_lines()] if effect else []
        self._changes.show_found((*lines, *told))

        self._frame.pages.show_examples(examples_of(self.effect))

    def _refuse(self, refusal: Refusal) -> None:
        self.what.say(str(refusal), "error")
        self._frame.pages.show_examples(())

    def look_at_pages(self) -> None:
        """Shows today's slip and the changed one of the marked item as whole pages; or takes them away again."""
        revising, item, frame = self._revising, self._item, self._frame
        if not frame.pages.isHidden():
            frame.pages.close_pages()
            return
        if revising is None or frame.covered or not frame.item.editor.take_open():
            return

        def made(answers: Mapping[str, str]) -> Pages:
            return slips_as_pages(self._office, revising.base, revising.working, item, answers, DRAFT)

        if item not in revising.base.items and item not in revising.working.items:
            frame.bar.explain("整页看的是事项的单子；文书的这一句，选一个事项就看得到。")
            return
        frame.pages.show_pages(frame.changes.shown_title, None if self.work.running else examples_of(self.effect), made)
        frame.show_pages(shown=True)


def examples_of(effect: ItemEffect | None) -> list[Example]:
    """The situations in which something changes, each with what changes in it; the most frequent first."""
    found: dict[frozenset[tuple[str, str]], Example] = {}
    for each in effect.changes if effect else ():
        found.setdefault(frozenset(each.answers.items()), Example(each.answers, each.difference.in_words()))
    return list(found.values())


def in_words(effect: ItemEffect | None, text: ServiceItem | None = None) -> str:
    """96 种情形里 24 种的清单变了；没有互相矛盾，没有问了不用的问题. A fault is named by its place in the text."""
    if effect is None:
        return "和现在告知的一样。"
    faults = [_named(fault, text) for fault in effect.faults[:MOST_FAULTS]]
    left = f"另有 {len(effect.faults) - MOST_FAULTS} 处" if len(effect.faults) > MOST_FAULTS else ""
    return f"{listed((effect.summary, *(faults or [WITHOUT_FAULT]), left), '；')}。"


def _named(fault: Fault, text: ServiceItem | None) -> str:
    """情形“有无未结清的公积金贷款”没有任何材料取决于它，不必问."""
    return f"{places.in_words(text, fault.place)}：{places.said_of(text, fault).rstrip('。')}" if text else fault.fault
