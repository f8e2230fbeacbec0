"""核定到哪里：按事项还是按句子看，选中哪一句，用于哪些事项；答一句，就到下一句。No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import (
    Act,
    ItemRetired,
    QuestionEdited,
    TextEdited,
    VisitRemoved,
    VisitWritten,
)
from counter_assistant.domain.revision.statements import OpenStatement, Part, Statement, newest, papers_saying
from counter_assistant.domain.revision.verdicts import Answer, Verdict, edit_in_item
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.ui.items.review.presentation import Row, act_in_words, code_of, row_of, row_of_paper, rows_of


class ReviewModel:
    """The revision, and what of it is marked. `written` holds the lines that were begun and not taken, by sentence."""

    def __init__(self, revising: Revising, item: str = "") -> None:
        self.revising = revising
        self.by_item = True
        self.excluded: frozenset[str] = frozenset()
        self.written: dict[Statement, str] = {}
        self._rows: tuple[object, list[Row]] = (None, [])
        self._open: tuple[object, dict[Statement, OpenStatement]] = (None, {})
        self.item = item if item in self.items else next(iter(self.items), "")
        self.statement: Statement | None = None
        self._mark_first()

    # What there is

    @property
    def items(self) -> list[str]:
        """The items, in their order, and then the papers whose sentences the centre may word."""
        working = self.revising.working
        return [*sorted(working.items), *working.form_sentences]

    @property
    def names(self) -> dict[str, str]:
        """What each of them is called; a paper has no code beside its name."""
        working = self.revising.working
        return {item: newest(working, item).name for item in working.items} | {
            each: each for each in working.form_sentences
        }

    def title(self, item: str) -> str:
        """租赁市场住房提取　B08, the name first where there is little room; 一次性告知单."""
        names = self.names
        return listed((names.get(item, ""), code_of(item, names)), "　")

    @property
    def open(self) -> dict[Statement, OpenStatement]:
        """What is to be confirmed, part by part."""
        found = self.revising.open
        if self._open[0] is not found:
            self._open = (found, {each.statement: each for each in found})
        return self._open[1]

    @property
    def on_paper(self) -> bool:
        """Whether what is shown is a paper, which has sentences and no editor."""
        return self.shown_item in self.revising.working.form_sentences

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences of each item are to be confirmed."""
        return dict.fromkeys(self.items, 0) | _counts(self.revising.open)

    @cached_property
    def begun(self) -> Mapping[str, int]:
        """How many there were before the first answer, of the items that had any."""
        return _counts(self.revising.begun_with)

    @property
    def rows(self) -> list[Row]:
        """What the middle shows: the marked item, or the marked sentence."""
        if not self.by_item:
            found = self.open.get(self.statement) if self.statement else None
            return [row_of(found)] if found else []
        if sentences := self.revising.working.form_sentences.get(self.item):
            return [row_of_paper(each) for each in sentences]
        if self.item not in self.revising.working.items:
            return []
        text = newest(self.revising.working, self.item)
        if self._rows[0] is not text:
            self._rows = (text, rows_of(text))
        return self._rows[1]

    @property
    def served(self) -> tuple[str, ...]:
        """The items that the marked sentence serves; none once it is confirmed, but of papers, where it may be worded anew."""
        if self.statement is None:
            return ()
        found = self.open.get(self.statement)
        return found.items if found else papers_saying(self.revising.working, self.statement)

    @property
    def origins(self) -> str:
        """Where the marked sentence was taken from."""
        found = self.open.get(self.statement) if self.statement else None
        return row_of(found).carried if found else ""

    @property
    def shown_item(self) -> str:
        """The item whose changes are shown: the marked one, or the first that the marked sentence serves."""
        chosen = [item for item in self.served if item not in self.excluded]
        return self.item if self.by_item or not chosen else chosen[0]

    # Marking

    def mark(self, statement: Statement) -> None:
        """Marks a sentence."""
        if statement != self.statement:
            self.statement, self.excluded = statement, frozenset()

    def mark_item(self, item: str) -> None:
        """Marks an item, and in it the first sentence to be confirmed."""
        self.item = item
        self._mark_first()

    def show_item(self, item: str) -> None:
        """Marks an item in the list by item, whichever list was shown."""
        self.by_item = True
        if item != self.item:
            self.mark_item(item)

    def step(self, rows: int) -> None:
        """Marks the sentence so many rows on; the ends stop."""
        places = self._places()
        if places:
            at = places.index(self.statement) if self.statement in places else -1
            self.mark(places[min(max(at + rows, 0), len(places) - 1)])

    def step_group(self, groups: int) -> None:
        """Goes to the item so many on; by sentences, to the first of the part so many on."""
        if self.by_item and self.items:
            at = self.items.index(self.item) if self.item in self.items else 0
            self.mark_item(self.items[(at + groups) % len(self.items)])
        elif self.statement:
            parts = list(dict.fromkeys(statement.part for statement in self.open))
            at = parts.index(self.statement.part) if self.statement.part in parts else 0
            wanted = parts[(at + groups) % len(parts)] if parts else None
            self.mark(next((each for each in self.open if each.part is wanted), self.statement))

    def turn(self) -> None:
        """Turns from the list by item to the one by sentence, and back, with the same sentence marked."""
        self.by_item = not self.by_item
        served = self.served
        if self.by_item and served and self.item not in served:
            self.item = served[0]
        if self.statement not in self._places():
            self._mark_first()

    def toggle(self, item: str) -> None:
        """Leaves an item out of what the answer is for, or takes it in again; one at least stays in."""
        excluded = self.excluded ^ {item}
        if item in self.served and excluded != set(self.served):
            self.excluded = frozenset(excluded)

    def only_here(self) -> None:
        """Leaves out every item but the one that is shown; and takes them all in again."""
        here = self.shown_item
        self.excluded = frozenset() if self.excluded else frozenset(self.served) - {here}

    # Answering

    def line(self) -> str:
        """What stands in the line for the marked sentence: what was begun, else its words.

        Raises:
            Refusal: `already-confirmed`; `edit-in-item`.
        """
        statement = self._marked_open()
        if statement.part is Part.NEED:
            raise edit_in_item()
        return self.written.get(statement, statement.words.replace(TO_CONFIRM, ""))

    def write(self, words: str) -> None:
        """Keeps a line that is not taken yet; the words as they were are nothing to keep."""
        if self.statement is not None:
            self.written.pop(self.statement, None)
            if words != self.statement.words.replace(TO_CONFIRM, ""):
                self.written[self.statement] = words

    def answer(self, answer: Answer, source: Source, words: str = "") -> Statement:
        """Answers the marked sentence and goes to the next that is open; gives the one that was answered.

        Raises:
            Refusal: `already-confirmed`; what `Revising.do` refuses.
        """
        statement = self._marked_open()
        if answer is Answer.CHANGE and words.strip() == statement.words.replace(TO_CONFIRM, ""):
            answer, words = Answer.AGREE, ""
        items = tuple(item for item in self.served if item not in self.excluded)
        before = self._open_places()
        self.revising.do(Verdict(statement, answer, source, words if answer is Answer.CHANGE else "", items))
        self.written.pop(statement, None)
        self.excluded = frozenset()
        self._go_on(before, statement)
        return statement

    def undo(self) -> str:
        """Takes the last act back, and marks what it was about; says what it was, or nothing where there was none.

        Raises:
            Refusal: what `Revising.undo` refuses.
        """
        act = self.revising.undo()
        if isinstance(act, Verdict):
            if self.by_item and self.item not in act.items and act.items:
                self.item = act.items[0]
            self.statement, self.excluded = act.statement, frozenset()
        elif act and self.by_item:
            self.stay_at(_item_of(act))
        return act_in_words(act) if act else ""

    def catch_up(self) -> None:
        """Many were answered, or taken back, at once: marks the first that is open, and keeps no line of one that is not."""
        self.written = {statement: words for statement, words in self.written.items() if statement in self.open}
        if self.statement not in self.open:
            self.item = next((item for item in self.items if self.counts[item]), self.item)
            self._mark_first()
        self.excluded = frozenset()

    def stay_at(self, item: str) -> None:
        """Marks an item, or where the revision has it no more the one before it; what is marked in it stays so."""
        there = item or self.item
        if there not in self.items:
            there = max((each for each in self.items if each < there), default=next(iter(self.items), ""))
        self.item = there
        if self.statement not in self._places():
            self._mark_first()

    @property
    def last_source(self) -> Source | None:
        """What carried the last answer, in this revision."""
        return next((act.source for act in reversed(self.revising.revision.acts) if isinstance(act, Verdict)), None)

    def _marked_open(self) -> Statement:
        if self.statement is None or not self.served:
            raise Refusal("already-confirmed", "这一句已经核过，或者本来就有依据。", "要退回，请按 Ctrl+Z。")
        return self.statement

    def _places(self) -> list[Statement]:
        """What can be marked now, in its order."""
        return [row.statement for row in self.rows] if self.by_item else list(self.open)

    def _open_places(self) -> list[Statement]:
        return [row.statement for row in self.rows if row.open] if self.by_item else list(self.open)

    def _mark_first(self) -> None:
        """Marks the first sentence that is open, else the first."""
        places, is_open = self._places(), self._open_places()
        self.statement, self.excluded = next(iter(is_open or places), None), frozenset()

    def _go_on(self, before: Sequence[Statement], answered: Statement) -> None:
        """Marks the next open one: the same again where some of its items are left, then on, then from the beginning."""
        after, at = set(self._open_places()), before.index(answered) if answered in before else 0
        following = next((each for each in (*before[at:], *before[:at]) if each in after), None)
        if following or not self.by_item:
            self.statement = following
            return
        counts, items = self.counts, self.items
        here = items.index(self.item)
        others = (item for item in (*items[here + 1 :], *items[:here]) if counts[item])
        self.mark_item(next(others, self.item))


def _counts(found: Iterable[OpenStatement]) -> Counter[str]:
    return Counter(chain.from_iterable(each.items for each in found))


def _item_of(act: Act) -> str:
    """The item that an act of the editor was about; empty where it was about none."""
    match act:
        case TextEdited(text=text):
            return text.id
        case ItemRetired(item=item) | VisitRemoved(item=item):
            return item
        case VisitWritten(visit=visit):
            return visit.item
        case QuestionEdited(items=(item,)):
            return item
    return ""
