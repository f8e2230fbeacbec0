"""一稿：从现在的目录起，一步一步改到要送核的样子；每一步都记着，可以一步一步退回."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.questions import Question
from counter_assistant.domain.catalogue.statutes import Statute, StatuteVersion
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import BrokenContent, from_json, to_json
from counter_assistant.domain.revision.editing.shared_questions import asked_otherwise
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.verdicts import Verdict, replace_items, with_verdict
from counter_assistant.domain.revision.visits import (
    TypicalVisit,
    answering_as,
    check_visit,
    with_visit,
    without_visit,
)


@dataclass(frozen=True, slots=True)
class TextEdited:
    """The newest text of an item reads so now; or the item is new. `question` is one that it asks and that is new with it, or that
    has more answers now.
    """

    text: ServiceItem
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class ItemRetired:
    """The item is not handled any more."""

    item: str


@dataclass(frozen=True, slots=True)
class QuestionDefined:
    """A question that items may ask is new, or reads otherwise."""

    question: Question


@dataclass(frozen=True, slots=True)
class QuestionEdited:
    """These items ask the question `before` as `after`; under another id it is one of their own, and their typical visits answer it.

    Where `before` and `after` are the same, they have its answers in its order.
    """

    before: Question
    after: Question
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitWritten:
    """A typical visit is new, or must be told something else. It changes no text."""

    visit: TypicalVisit


@dataclass(frozen=True, slots=True)
class VisitRemoved:
    """A typical visit is no longer gone through."""

    item: str
    name: str


@dataclass(frozen=True, slots=True)
class StatuteDefined:
    """A version of a statute is new, or reads otherwise; `statute` is its name."""

    statute: str
    version: StatuteVersion


Act = (
    Verdict | TextEdited | ItemRetired | QuestionDefined | QuestionEdited | StatuteDefined | VisitWritten | VisitRemoved
)
_KINDS: dict[str, type[Any]] = {
    "verdict": Verdict, "text": TextEdited, "retired": ItemRetired, "question": QuestionDefined,
    "question_edited": QuestionEdited, "statute": StatuteDefined, "visit": VisitWritten, "visit_removed": VisitRemoved,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """Acts that came together: how many went before, how many they are, and what they came from, such as the name of a sheet."""

    before: int
    count: int
    origin: str

    @property
    def after(self) -> int:
        """How many acts there are with the last of them."""
        return self.before + self.count


@dataclass(frozen=True, slots=True)
class Revision:
    """The acts of a revision, oldest first. `based_on` is the version of the catalogue that it was begun with."""

    based_on: str
    acts: tuple[Act, ...] = ()
    batches: tuple[Batch, ...] = ()
    """Those of the acts that came together, oldest first."""

    @property
    def laws_from(self) -> date | None:
        """From when on every version of a statute holds that it defines; None where it defines none."""
        days = [act.version.effective_from for act in self.acts if isinstance(act, StatuteDefined)]
        return max(days, default=None)

    def with_acts(self, acts: tuple[Act, ...], origin: str = "") -> Revision:
        """The revision with some acts more; as a batch where it is said what they came from."""
        batch = (Batch(len(self.acts), len(acts), origin),) if origin and acts else ()
        return replace(self, acts=self.acts + acts, batches=self.batches + batch)

    def without_last(self) -> Revision:
        """The revision without its last act; the same where there is none."""
        return self._first(max(len(self.acts) - 1, 0))

    def without_last_batch(self) -> Revision:
        """The revision without the acts of its newest batch; those that came later stay.

        Raises:
            Refusal: `no-batch`; `batch-built-on`: a text that was edited later says what the batch said.
        """
        if not self.batches:
            raise Refusal("no-batch", "这一稿里没有导入的内容。", "一步一步退回，请按 Ctrl+Z。")
        batch = self.batches[-1]
        later = self.acts[batch.after :]
        touched = {
            item for act in self.acts[batch.before : batch.after] if isinstance(act, Verdict) for item in act.items
        }
        if edited := sorted({act.text.id for act in later if isinstance(act, TextEdited)} & touched):
            raise Refusal(
                "batch-built-on",
                f"导入以后又改过事项{'、'.join(edited)}，里面带着导入的内容。",
                f"请先按 Ctrl+Z 退回导入以后的 {len(later)} 步，再退回这次导入。",
            )
        kept = self._first(batch.before)
        return replace(kept, acts=kept.acts + later)

    def _first(self, many: int) -> Revision:
        """The revision as it was after so many acts."""
        batches = (
            replace(each, count=min(each.count, many - each.before)) for each in self.batches if each.before < many
        )
        return replace(self, acts=self.acts[:many], batches=tuple(batches))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, to be kept until it is approved."""
        return {
            "based_on": self.based_on, "acts": [act_to_json(act) for act in self.acts],
            "batches": [to_json(batch) for batch in self.batches],
        }  # fmt: skip

    @classmethod
    def from_json(cls, written: Any) -> Revision:
        """What `to_json` wrote, with batches or from before there were any.

        Raises:
            Refusal: `broken-content`.
        """
        match written:
            case {"based_on": str(based_on), "acts": list(acts)}:
                read = tuple(_act_from_json(act, f"acts[{i}]") for i, act in enumerate(acts, 1))
                return cls(based_on, read, _batches(written.get("batches", []), len(read)))
        raise _broken()


def _batches(written: Any, acts: int) -> tuple[Batch, ...]:
    """Batches that lie one after the other among so many acts."""
    found: tuple[Batch, ...] = tuple(
        from_json(Batch, batch, f"batches[{i}]")
        for i, batch in enumerate(written if isinstance(written, list) else [None])
    )
    ends = [0, *(batch.after for batch in found)]
    in_order = all(end <= batch.before for end, batch in zip(ends, found, strict=False))
    if not in_order or ends[-1] > acts or any(batch.count < 1 for batch in found):
        raise _broken()
    return found


def _broken() -> Refusal:
    return Refusal("broken-content", "这不是一稿核定的内容。", "请换一份没有改动过的文件。")


def applied(catalogue: Catalogue, act: Act) -> Catalogue:
    """The catalogue after one act.

    Raises:
        Refusal: what `with_verdict`, `asked_otherwise` and `check_visit` refuse; `unknown-item`, `statute-day-taken` (another
            version begins on that day).
    """
    match act:
        case Verdict():
            return with_verdict(catalogue, act)
        case TextEdited(text=text, question=question):
            asked = {**catalogue.questions, question.id: question} if question else catalogue.questions
            return replace(replace_items(catalogue, {text.id: _with_text(catalogue, text)}), questions=asked)
        case QuestionDefined(question=question):
            return replace(catalogue, questions={**catalogue.questions, question.id: question})
        case QuestionEdited():
            for item in act.items:
                _require(catalogue, item)
            return asked_otherwise(catalogue, act.before, act.after, act.items)
        case VisitWritten(visit=visit):
            check_visit(visit, catalogue)
            return catalogue
        case VisitRemoved():
            return catalogue
        case StatuteDefined(statute=name, version=version):
            known = catalogue.statutes
            return replace(catalogue, statutes={**known, name: _with_version(known.get(name), name, version)})
        case ItemRetired(item=item):  # pragma: no branch - the last kind there is
            _require(catalogue, item)
            return replace(catalogue, items={id_: texts for id_, texts in catalogue.items.items() if id_ != item})


def _require(catalogue: Catalogue, item: str) -> None:
    if item not in catalogue.items:
        raise Refusal("unknown-item", f"没有事项 {item}。", "请核对编码。")


def visits_after(visits: tuple[TypicalVisit, ...], revision: Revision) -> tuple[TypicalVisit, ...]:
    """The typical visits after every act of a revision."""
    for act in revision.acts:
        match act:
            case VisitWritten(visit=visit):
                visits = with_visit(visits, visit)
            case VisitRemoved(item=item, name=name):
                visits = without_visit(visits, item, name)
            case QuestionEdited(before=before, after=after, items=items) if after.id != before.id:
                visits = answering_as(visits, items, before.id, after.id)
            case _:
                pass
    return visits


def _with_text(catalogue: Catalogue, text: ServiceItem) -> tuple[ServiceItem, ...]:
    if text.id not in catalogue.items:
        return (text,)
    before = newest(catalogue, text.id)
    return tuple(text if each is before else each for each in catalogue.items[text.id])


def _with_version(statute: Statute | None, name: str, version: StatuteVersion) -> Statute:
    others = [each for each in statute.versions if each.version != version.version] if statute else []
    if any(each.effective_from == version.effective_from for each in others):
        day = chinese_date(version.effective_from)
        raise Refusal("statute-day-taken", f"《{name}》已经有一版自{day}起施行。", "请核对施行日和年份。")
    return Statute(name, tuple(sorted((*others, version), key=lambda each: each.effective_from)))


def act_to_json(act: Act) -> dict[str, Any]:
    """An act as plain JSON values, as it stands among the acts of `Revision.to_json`."""
    kind = next(name for name, kind in _KINDS.items() if isinstance(act, kind))
    return {"act": kind, **to_json(act)}


def _act_from_json(written: Any, place: str) -> Act:
    parts = dict(written) if isinstance(written, dict) else {}
    name = parts.pop("act", "")
    kind = _KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BrokenContent(place, "的一步不认识")
    act: Act = from_json(kind, parts, place)
    return act
