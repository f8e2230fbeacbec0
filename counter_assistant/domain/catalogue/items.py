"""服务事项目录：一个事项的十一要件（守则 一(四)2）与一次性告知的五项内容（守则 一(五)2）。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_assistant.domain.catalogue.conditions import NOT_ASKED, Always, Answers, Condition, truth
from counter_assistant.domain.catalogue.form_sentences import FormSentences
from counter_assistant.domain.catalogue.limits import SAME_DAY, Limit
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, NeverAsk
from counter_assistant.domain.catalogue.questions import AskedQuestion, Question
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef, Statute, in_force


class Handling(StrEnum):
    """办理制（守则 一(七)1–3）: 直接办理, 承诺办理, 负责办理（报上级审批）."""

    DIRECT = "direct"
    PROMISE = "promise"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class EligibilityCondition:
    """资格要求. It is not met where the answers make `broken_when` true.

    `broken_text` then says what is the case with the applicant, in a plain positive sentence (您有未结清的公积金贷款),
    and `next_step` what they may do instead.
    """

    id: str
    text: str
    source: Source
    broken_when: Condition | None = None
    broken_text: str = ""
    next_step: str = ""

    @property
    def refuses(self) -> bool:
        """Whether 不符合 may rest on it: its source is a statute, the service code or the centre's approval.

        What only a guide or an assumption says is for the clerk to verify (请核实) and never decides against anybody.
        """
        return self.source.kind in ("statute", "code", "centre")

    def is_broken(self, answers: Answers) -> bool:
        """Whether the answers show for certain that it is not met."""
        return self.broken_when is not None and truth(self.broken_when, answers) is True


@dataclass(frozen=True, slots=True)
class Note:
    """说明：what an applicant should know that is neither a condition nor a material, such as 额度.

    It is told to those whom `when` does not rule out, and says itself whom it is about.
    """

    text: str
    source: Source
    when: Condition = field(default_factory=Always)


@dataclass(frozen=True, slots=True)
class Step:
    """审批环节：承办部门与责任岗位（守则 一(五)2⑶）."""

    name: str
    department: str
    post: str = ""


_Day = date
"""`date` within a class that has a field of that name."""


@dataclass(frozen=True, slots=True)
class Approval:
    """The centre's approval of an item (守则 一(四)3): number of the document, date and approver.

    `effective_from` is the first day of acceptance that it covers (None: the date of the approval).
    """

    number: str
    date: date
    approver: str
    effective_from: _Day | None = None

    @property
    def since(self) -> _Day:
        """The first day of acceptance that it covers."""
        return self.effective_from or self.date


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One text of an item, in force from `effective_from` to `effective_to` (None: until a later text)."""

    id: str
    name: str
    also_called: tuple[str, ...]
    department: str
    handling: tuple[tuple[Condition, Handling], ...]
    effective_from: date
    effective_to: date | None
    checked: date
    approval: Approval | None
    basis: tuple[ArticleRef, ...]
    basis_note: str
    conditions: tuple[EligibilityCondition, ...]
    notes: tuple[Note, ...]
    questions: tuple[AskedQuestion, ...]
    materials: tuple[MaterialRule, ...]
    never_ask: tuple[NeverAsk, ...]
    steps: tuple[Step, ...]
    statutory: tuple[Limit, ...]
    promised: Limit
    procedure: str
    flow: str
    standard: str
    remedy: str
    redress: str
    refusal: str

    @property
    def ours(self) -> bool:
        """Whether it is one of this office's items, not a matter of another body (`asked_elsewhere`)."""
        return bool(self.id)

    def valid_on(self, day: date) -> bool:
        """Whether this text is in force on a day of acceptance."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def asked(self, question_id: str) -> AskedQuestion | None:
        """The question as this item asks it."""
        return next((asked for asked in self.questions if asked.id == question_id), None)

    def known_answers(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Those of the answers that this text asks for and offers."""
        offered = {asked.id: asked.question for asked in self.questions}
        return {id_: code for id_, code in answers.items() if id_ in offered and offered[id_].option(code)}

    def settle(self, answers: Answers) -> dict[str, str | None]:
        """The answers to all questions of the item: None where open, NOT_ASKED where the question does not arise."""
        settled: dict[str, str | None] = {}
        for asked in self.questions:
            arises = truth(asked.when, settled) is not False
            settled[asked.id] = answers.get(asked.id) if arises else NOT_ASKED
        return settled

    def notes_for(self, settled: Answers) -> tuple[Note, ...]:
        """What is to be known in a situation; while an answer is open, whatever it may come to be."""
        return tuple(note for note in self.notes if truth(note.when, settled) is not False)

    def handling_for(self, settled: Answers) -> Handling:
        """The handling in a situation. While an answer is open it is the strictest of those that are still possible."""
        possible = []
        for when, handling in self.handling:
            verdict = truth(when, settled)
            if verdict is not False:
                possible.append(handling)
            if verdict is True:
                break
        return max(possible, key=list(Handling).index)

    def promised_for(self, handling: Handling) -> Limit:
        """The promised limit: the same day for 直接办理, where the handling depends on the situation; else `promised`."""
        return SAME_DAY if len(self.handling) > 1 and handling is Handling.DIRECT else self.promised


NOTHING_SETTLED: Answers = {}
"""No question answered."""


def asked_elsewhere(words: str, day: date) -> ServiceItem:
    """What a visitor asks that is not this office's business, in their words (守则 一(六)4⑸): an item without an id.

    It has no question, material or condition, so that whatever reads an item can read it as it is.
    """
    return ServiceItem(
        id="", name=words, also_called=(), department="", handling=((Always(), Handling.DIRECT),), effective_from=day,
        effective_to=None, checked=day, approval=None, basis=(), basis_note="", conditions=(), notes=(), questions=(),
        materials=(), never_ask=(), steps=(), statutory=(), promised=SAME_DAY, procedure="", flow="", standard="",
        remedy="", redress="", refusal="",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The items with their texts, and what they share."""

    version: str
    items: Mapping[str, tuple[ServiceItem, ...]]
    questions: Mapping[str, Question]
    statutes: Mapping[str, Statute]
    materials: Mapping[str, Material]
    form_sentences: FormSentences = field(default_factory=dict)
    """What the centre has settled of the wording of its papers; in a revision every sentence that it may word."""

    def item(self, item_id: str, day: date) -> ServiceItem | None:
        """The text of an item on a day; None where there is no such item or no text for that day."""
        return next((item for item in self.items.get(item_id, ()) if item.valid_on(day)), None)

    def basis_on(self, item: ServiceItem, day: date) -> tuple[ArticleRef, ...]:
        """Part one of the notice: the articles in force on the day."""
        return tuple(ref for ref in item.basis if in_force(ref, self.statutes, day))

    def statutory_on(self, item: ServiceItem, day: date, settled: Answers = NOTHING_SETTLED) -> tuple[Limit, ...]:
        """The statutory limits in force on the day that the situation does not rule out, one for each body's step.

        Empty where no statute sets one.
        """
        return tuple(
            limit
            for limit in item.statutory
            if (limit.source.article is None or in_force(limit.source.article, self.statutes, day))
            and truth(limit.when, settled) is not False
        )
