"""受理台上的一位当事人：问到什么、答了什么、收了什么、填了什么。Plain Python: every key of the desk is a small method here.

Answers, ticks and defects are kept even while another answer makes them idle, so that a corrected slip of the finger
brings them back. The request made of it (request_mapping.py) hands on only what counts in the situation.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.domain.catalogue.questions import AskedQuestion

LONGEST_DEFECT = 100
_OF_PERSON = (
    "name", "phone", "id_type", "id_number", "agent_name", "agent_relation", "agent_phone", "agent_id_number", "large_print",
)  # fmt: skip


def _new_uuid() -> str:
    """As random as a uuid4, without the module that looks the whole platform up before the first paint."""
    return os.urandom(16).hex()


@dataclass(slots=True)
class DeskState:
    """What stands on the desk. `unsure` are questions answered with 0; `at` is the one that digits answer now.

    `eligibility` is what the clerk said beside the checked conditions; `late`: the day of acceptance is in `details` (补录).
    `slip` is the kind chosen in place of the recommended one, `details` what its fields hold as typed, `case` the id of
    the case that goes on. `compared`: by field of the person, the doubtful text that was held against the document.
    `form_values` is what was typed for the forms of the matter, by key; `blank_forms`: blank ones are printed with the paper.
    `asked_review`: somebody else is to look at the paper, as it stands here, before it is issued.
    """

    uuid: str = field(default_factory=_new_uuid)
    item: str = ""
    item_name: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    at: str = ""
    received: set[str] = field(default_factory=set)
    defects: dict[str, str] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    applying: bool = False
    duty: str = "ours"
    clarity: str = "clear"
    hold: str = ""
    eligibility: str = ""
    on_the_spot: bool = True
    channel: str = "window"
    late: bool = False
    slip: str = ""
    details: dict[str, str] = field(default_factory=dict)
    case: str = ""
    name: str = ""
    phone: str = ""
    id_type: str = "resident"
    id_number: str = ""
    agent_name: str = ""
    agent_relation: str = ""
    agent_phone: str = ""
    agent_id_number: str = ""
    compared: dict[str, str] = field(default_factory=dict)
    asked_review: bool = False
    large_print: bool = False
    form_values: dict[str, str] = field(default_factory=dict)
    blank_forms: bool = False

    @property
    def pristine(self) -> bool:
        """Whether nothing is on the desk yet that would be missed."""
        typed = (self.item, self.name, self.phone, self.id_number, self.agent_name, *self.details.values())
        return not any(typed)

    @property
    def elsewhere(self) -> bool:
        """Whether something is asked that is none of our items: `details` holds it in the visitor's words."""
        return not self.item and self.duty == "elsewhere"

    @property
    def begun(self) -> bool:
        """Whether there is a matter on the desk that a paper may come of."""
        return bool(self.item) or self.elsewhere

    def of_the_same_visitor(self) -> DeskState:
        """A new matter of whoever stands at the window: the person stays, and nothing of what was asked."""
        from counter_assistant.operations.counter_forms.keeping import of_the_person

        kept = {name: getattr(self, name) for name in _OF_PERSON}
        who = {"who": self.answers["who"]} if "who" in self.answers else {}
        return DeskState(answers=who, channel=self.channel, compared=dict(self.compared),
                         form_values=of_the_person(self.form_values), **kept)  # fmt: skip

    @property
    def vacant(self) -> bool:
        """Whether nobody stands at the desk."""
        return self.pristine and not self.begun

    def title(self) -> str:
        """How the draft is called where it is offered again."""
        asked = self.item_name or self.details.get("asked", "").strip()
        return "　".join(part for part in (self.name or "未填姓名", asked) if part)

    # The keys

    def choose_item(self, item_id: str, name: str) -> None:
        """Takes an item. Answers to questions that items share stay; what was said of another item does not."""
        typed = self._of_what_is_corrected() if self.item else self.details
        if item_id != self.item:
            self.received, self.defects, self.checked = set(), {}, set()
            self.duty, self.clarity, self.hold, self.eligibility, self.on_the_spot = "ours", "clear", "", "", True
            self.slip, self.details, self.late, self.case = "", typed, False, ""
        self.item, self.item_name, self.at = item_id, name, ""

    def _of_what_is_corrected(self) -> dict[str, str]:
        """What stays although another item is taken: which slip is corrected, and why."""
        if "corrects" not in self.details:
            return {}
        from counter_assistant.operations.intake.request import CORRECTING

        return {key: text for key, text in self.details.items() if key in CORRECTING}

    def answer(self, item: ServiceItem, question_id: str, code: str) -> None:
        """Answers a question (an empty code: 不确定) and moves on to the next open one."""
        asked = item.asked(question_id)
        if asked is None or (code and asked.question.option(code) is None):
            return
        self.answers.pop(question_id, None)
        self.unsure.discard(question_id)
        if code:
            self.answers[question_id] = code
        else:
            self.unsure.add(question_id)
        self.at = self._next_open(item, question_id)

    def press_digit(self, item: ServiceItem, digit: int) -> bool:
        """Answers the question that is waiting; False where the digit stands for nothing."""
        asked = self.current(item)
        if asked is None or digit > len(asked.question.options):
            return False
        self.answer(item, asked.id, asked.question.options[digit - 1].code if digit else "")
        return True

    def back(self, item: ServiceItem) -> bool:
        """Goes back one question; False at the first."""
        ids = [asked.id for asked in self.arising(item)]
        place = ids.index(self.at) if self.at in ids else len(ids)
        if place == 0:
            return False
        self.at = ids[place - 1]
        return True

    def enter_questions(self, item: ServiceItem) -> None:
        """The questions get the keys: the first open one waits, else the first."""
        ids = [asked.id for asked in self.arising(item)]
        if self.at not in ids:
            self.at = next((id_ for id_ in ids if not self.is_settled(id_)), ids[0] if ids else "")

    def tick(self, material_id: str, also: Iterable[str] = ()) -> None:
        """Marks a document as handed in, or takes the mark away. What is handed in makes it an application.

        `also`: other materials that the document is; a mark on any of them is a mark on it.
        """
        ids = {material_id, *also}
        if ids & self.received:
            self.received -= ids
        else:
            self.received.add(material_id)
            self._clear_defects(ids)
            self.applying = True

    def tick_all(self, material_ids: Iterable[str]) -> None:
        """Marks all as handed in; where all are, takes all marks away. What is to be mended stays so."""
        ids = set(material_ids) - self.defects.keys()
        if ids <= self.received:
            self.received -= ids
        elif ids:
            self.received |= ids
            self.applying = True

    def mend(self, material_id: str, why: str, also: Iterable[str] = ()) -> None:
        """Marks a document as 须改; an empty reason takes the mark away."""
        ids = {material_id, *also}
        self._clear_defects(ids)
        if why.strip():
            self.defects[material_id] = why.strip()[:LONGEST_DEFECT]
            self.received -= ids
            self.applying = True

    def _clear_defects(self, material_ids: set[str]) -> None:
        for material_id in material_ids:
            self.defects.pop(material_id, None)

    def check(self, condition_id: str) -> None:
        """Turns a condition from 待核 to 已核 and back."""
        self.checked ^= {condition_id}

    def toggle_purpose(self) -> None:
        """咨询 to 申请 and back."""
        self.applying = not self.applying

    # What follows from it

    def settled(self, item: ServiceItem) -> dict[str, str | None]:
        """The item's questions with these answers; an answer that the item no longer knows is left out."""
        return item.settle(item.known_answers(self.answers))

    def arising(self, item: ServiceItem) -> list[AskedQuestion]:
        """The questions that arise in this situation, in the item's order."""
        from counter_assistant.domain.catalogue.conditions import NOT_ASKED

        settled = self.settled(item)
        return [asked for asked in item.questions if settled[asked.id] != NOT_ASKED]

    def current(self, item: ServiceItem) -> AskedQuestion | None:
        """The question that digits answer now; None after the last."""
        return next((asked for asked in self.arising(item) if asked.id == self.at), None)

    def is_settled(self, question_id: str) -> bool:
        """Whether a question needs no key any more: answered, or said to be unsure."""
        return question_id in self.answers or question_id in self.unsure

    def is_compared(self, field: str) -> bool:
        """Whether a field is known to be as the document has it, however doubtful; another text is a new question."""
        return bool(self.compared.get(field) == getattr(self, field))

    def has_agent(self) -> bool:
        """Whether somebody else than the applicant stands at the window."""
        from counter_assistant.domain.people.agent import IN_PERSON

        return self.answers.get("who", "self") not in IN_PERSON

    def _next_open(self, item: ServiceItem, after: str) -> str:
        ids = [asked.id for asked in self.arising(item)]
        following = ids[ids.index(after) + 1 :] if after in ids else ids
        return next((id_ for id_ in following if not self.is_settled(id_)), "")
