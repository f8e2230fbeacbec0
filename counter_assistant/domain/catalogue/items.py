"""服务事项目录：一个事项的十一要件（守则 一(四)2）与一次性告知的五项内容（守则 一(五)2）。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_assistant.domain.calendar.time_limit import USUAL_PAUSES, PauseReason
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, Always, Answers, Condition, truth
from counter_assistant.domain.catalogue.statutes import ArticleRef, Statute, in_force


class Submit(StrEnum):
    """How a material is submitted."""

    HAND_IN = "hand_in"
    SHOW = "show"
    AT_COUNTER = "at_counter"
    EXEMPT = "exempt"


class Handling(StrEnum):
    """办理制（守则 一(七)1–3）: 直接办理, 承诺办理, 负责办理（报上级审批）."""

    DIRECT = "direct"
    PROMISE = "promise"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from. A guide's or an assumption prints 待核定 until the centre has approved it; then its
    kind is `centre` and `document` the number of the approval (domain/catalogue/approval.py).
    """

    kind: str
    article: ArticleRef | None = None
    clause: str = ""
    city: str = ""
    year: int = 0
    note: str = ""
    document: str = ""

    @property
    def to_confirm(self) -> bool:
        """Whether neither a statute nor a clause of the service code carries it."""
        return self.kind in ("guide", "assumption")


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: what its button says, and how it reads in the situation printed on paper."""

    code: str
    label: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that all items share. It has no preset answer; unknown prints 未定, never the negative."""

    id: str
    text: str
    topic: str
    options: tuple[Option, ...]

    def option(self, code: str) -> Option | None:
        """The option of that code."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as one item asks it: with the options that make sense there, and when it arises at all."""

    question: Question
    when: Condition = field(default_factory=Always)

    @property
    def id(self) -> str:
        return self.question.id


@dataclass(frozen=True, slots=True)
class Material:
    """材料：原件、复印件份数，出具单位，填报要求，提交方式，以及留下哪些。"""

    id: str
    name: str
    issuer: str
    requirement: str
    originals: int
    copies: int
    submit: Submit
    keep_originals: int
    keep_copies: int
    source: Source
    covers: tuple[str, ...] = ()
    """Materials that are this very document: where both are asked for, it stands on their line and is brought once."""
    one_of: tuple[str, ...] = ()
    """Materials any one of which may be brought as this one: where it is asked for, they are never called 不需要."""

    @property
    def counts(self) -> str:
        """原件1 复印件1, or — for what nobody brings."""
        parts = [f"{name}{n}" for name, n in (("原件", self.originals), ("复印件", self.copies)) if n]
        return " ".join(parts) if parts and self.submit is not Submit.EXEMPT else "—"

    @property
    def text(self) -> tuple[object, ...]:
        """All that is told of it: two rules of one material whose texts differ are two variants of it."""
        counts = (self.originals, self.copies, self.keep_originals, self.keep_copies)
        return (self.name, self.issuer, self.requirement, self.submit, *counts)


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """A material of an item and the condition under which it is asked for."""

    material: Material
    when: Condition


@dataclass(frozen=True, slots=True)
class NeverAsk:
    """What must not be asked for, and why: the opposite of 错告."""

    id: str
    name: str
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class EligibilityCondition:
    """资格要求。An answer that makes `broken_when` true speaks against it; `broken_text` says of the applicant what then is
    so, in a plain positive sentence (您有未结清的公积金贷款), `next_step` what they may do instead.
    """

    id: str
    text: str
    source: Source
    broken_when: Condition | None = None
    broken_text: str = ""
    next_step: str = ""

    @property
    def refuses(self) -> bool:
        """Whether 不符合 may rest on it: an article, a clause of the service code or the centre's approval carries it.

        What only a guide or an assumption says is for the clerk to verify (请核实) and never decides against anybody.
        """
        return self.source.kind in ("statute", "code", "centre")

    def is_broken(self, answers: Answers) -> bool:
        """Whether the answers certainly speak against it."""
        return self.broken_when is not None and truth(self.broken_when, answers) is True


@dataclass(frozen=True, slots=True)
class Note:
    """说明：what an applicant should know that is neither a condition nor a material, such as 额度."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Step:
    """审批环节：承办部门与责任岗位（守则 一(五)2⑶）."""

    name: str
    department: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """时限。`n` in `unit` (day 自然日 | workday 工作日), counted from `start` (acceptance 受理 | complete 补齐 | receipt
    收到申请 | filing 立案, which no act at the window starts); 0 is the same day.

    `act` is what is done by then: 办结, and 作出决定 by a statute's limit, where nothing else is said. A body above, or another
    centre, is never promised for; `by` names another body that a statute binds at its own step, empty for this centre.
    `when` is the situation in which a statute's limit runs at all.
    `pauses` holds what may pause the limit (`USUAL_PAUSES` says why these); the day of `start` is not counted unless
    `first_day_counts`.
    """

    n: int
    unit: str
    start: str
    source: Source
    act: str = "办结"
    pauses: tuple[PauseReason, ...] = USUAL_PAUSES
    first_day_counts: bool = False
    by: str = ""
    when: Condition = field(default_factory=Always)

    @property
    def binds_centre(self) -> bool:
        """Whether it is this centre's own, from an act at the window on."""
        return not self.by and self.start != "filing"

    def may_outlast(self, other: Limit) -> bool:
        """Whether this limit can end after another that starts with it, on some calendar.

        A single working day never does: the other's last day is put off to a working day as well.
        """
        if self.start == "complete" and other.start == "receipt":
            return True
        if self.unit == other.unit:
            return self.n > other.n
        return self.n > 1 if self.unit == "workday" else self.n > other.n


SAME_DAY = Limit(0, "workday", "complete", Source("code", clause="一(七)1"))
"""直接办理：材料补齐后当场或当天办结（守则 一(七)1）."""


_Day = date
"""`date` within a class that has a field of that name."""


@dataclass(frozen=True, slots=True)
class Approval:
    """The centre's approval of an item (守则 一(四)3): document, day, by whom, and from which day of acceptance it holds
    (None: from the day of the approval).
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
    """One text of an item, valid from `effective_from` to `effective_to` (None: until a later text)."""

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
        """Whether it is one of this office's items, not words that belong to another body (`asked_elsewhere`)."""
        return bool(self.id)

    def valid_on(self, day: date) -> bool:
        """Whether this text holds on a day of acceptance."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def asked(self, question_id: str) -> AskedQuestion | None:
        """The question as this item asks it."""
        return next((asked for asked in self.questions if asked.id == question_id), None)

    def settle(self, answers: Answers) -> dict[str, str | None]:
        """The answers to all questions of the item: None where open, NOT_ASKED where the question does not arise."""
        settled: dict[str, str | None] = {}
        for asked in self.questions:
            arises = truth(asked.when, settled) is not False
            settled[asked.id] = answers.get(asked.id) if arises else NOT_ASKED
        return settled

    def handling_for(self, settled: Answers) -> Handling:
        """The handling in a situation. An answer that is still open never makes the handling lighter than it may turn out."""
        possible = []
        for when, handling in self.handling:
            verdict = truth(when, settled)
            if verdict is not False:
                possible.append(handling)
            if verdict is True:
                break
        return max(possible, key=list(Handling).index)

    def promised_for(self, handling: Handling) -> Limit:
        """The promised limit. Where the handling hangs on the situation, the limit is that of the others than 直接办理."""
        return SAME_DAY if len(self.handling) > 1 and handling is Handling.DIRECT else self.promised


NOTHING_SETTLED: Answers = {}
"""No question answered."""


def own_limit(limits: Iterable[Limit]) -> Limit | None:
    """The limit that binds this centre from an act at the window on, among those of the steps."""
    return next((limit for limit in limits if limit.binds_centre), None)


def asked_elsewhere(words: str, day: date) -> ServiceItem:
    """What a visitor asks that is no business of this office, in their words (守则 一(六)4⑸): an item without an id.

    It asks no question and no material and knows no condition, so that all that reads an item reads it as it is.
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

    def item(self, item_id: str, day: date) -> ServiceItem | None:
        """The text of an item on a day; None where there is no such item or no text for that day."""
        return next((item for item in self.items.get(item_id, ()) if item.valid_on(day)), None)

    def basis_on(self, item: ServiceItem, day: date) -> tuple[ArticleRef, ...]:
        """Part one of the notice: the articles in force on the day."""
        return tuple(ref for ref in item.basis if in_force(ref, self.statutes, day))

    def statutory_on(self, item: ServiceItem, day: date, settled: Answers = NOTHING_SETTLED) -> tuple[Limit, ...]:
        """The statutory limits in force on the day that the situation does not rule out, each step's own.

        Empty where no statute sets one.
        """
        return tuple(
            limit
            for limit in item.statutory
            if (limit.source.article is None or in_force(limit.source.article, self.statutes, day))
            and truth(limit.when, settled) is not False
        )
