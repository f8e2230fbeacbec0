"""核定表：一句一行寄出去，填了结论寄回来（守则 一(四)3）；表只是信封，改目录的仍是一个一个的答复.

A row is known by its sentence's id, which follows from the words, so that an answer to other words is found out. Nothing in a
sheet is ever calculated: every cell is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.wording import clause_in_words, typed_source
from counter_assistant.domain.revision.revision import Act
from counter_assistant.domain.revision.statements import OpenStatement, Statement, open_statements
from counter_assistant.domain.revision.verdicts import Answer, Verdict, with_verdict
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.free_text import check_text

HEADS = ("编号", "部分", "用于", "现在的文字", "来源", "结论", "改为", "文号", "条", "日期")
"""The columns, in their order. What the centre fills in are the last five."""
ANSWERS = tuple(answer.label for answer in Answer)
LONGEST, LONGEST_WORDS = 50, 500


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet, as texts; `number` is its line in the file, 0 before it is in one."""

    id: str
    part: str
    items: str
    words: str
    origin: str
    answer: str = ""
    new: str = ""
    document: str = ""
    clause: str = ""
    day: str = ""
    number: int = 0

    def cells(self) -> tuple[str, ...]:
        """The texts of its columns."""
        return (
            self.id, self.part, self.items, self.words, self.origin, self.answer, self.new, self.document, self.clause, self.day,
        )  # fmt: skip

    @property
    def filled_in(self) -> bool:
        """Whether the centre wrote anything into it."""
        return any((self.answer, self.new, self.document, self.clause, self.day))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row that was filled in comes to: a verdict, or why it is none."""

    row: SheetRow
    verdict: Verdict | None
    refusal: Refusal | None = None


def row_of(cells: Sequence[str], number: int) -> SheetRow:
    """The row of these texts, one for each column, and its line in the file."""
    id_, part, items, words, origin, answer, new, document, clause, day = cells
    return SheetRow(id_, part, items, words, origin, answer, new, document, clause, day, number)


def sheet_rows(working: Catalogue, acts: Iterable[Act]) -> list[SheetRow]:
    """What is still open, and then what this revision has answered already, with its answers."""
    still = [_row(each.statement, each.items, "；".join(each.origins)) for each in open_statements(working)]
    return still + [_answered(act) for act in acts if isinstance(act, Verdict)]


def read_rows(rows: Sequence[SheetRow], working: Catalogue, today: date) -> list[Reading]:
    """Every row that was filled in, in the order of the file; each is tried on what the rows before it leave.

    A refusal of a `Reading` is one of `row-unknown` (the sentence was changed or answered meanwhile, or the words in the row are
    not its own), `row-twice`, `answer-unknown`, `answer-missing`, `words-missing`, `words-unasked` (改为 without 改),
    `source-missing`, or what `read_day`, `check_text` and `with_verdict` refuse.
    """
    known = {each.statement.id: each for each in open_statements(working)}
    found: list[Reading] = []
    seen: set[str] = set()
    for row in rows:
        if not row.filled_in:
            continue
        try:
            verdict = _verdict(row, known, today)
            _refuse_second(row, seen)
            working = with_verdict(working, verdict)
        except Refusal as refusal:
            found.append(Reading(row, None, refusal))
        else:
            seen.add(row.id)
            found.append(Reading(row, verdict))
    return found


def already_answered(rows: Iterable[SheetRow], acts: Iterable[Act]) -> list[SheetRow]:
    """The rows without those that say what the revision holds already.

    A sheet that comes back carries them along: one that was saved after they were answered, and one that was filled in
    further after it had been taken.
    """
    told = {_said(_answered(act)) for act in acts if isinstance(act, Verdict)}
    return [row for row in rows if _said(row) not in told]


def _said(row: SheetRow) -> tuple[object, ...]:
    """What a row says, however its day is written and in whatever order its items are."""
    texts = (row.id, row.words, row.answer, row.new, row.document, clause_in_words(row.clause))
    try:
        day = read_day(row.day).isoformat() if row.day.strip() else ""
    except Refusal:
        day = row.day
    return (*(text.strip() for text in texts), day, frozenset(_named(row)))


def _row(statement: Statement, items: tuple[str, ...], origin: str) -> SheetRow:
    return SheetRow(statement.id, statement.part.label, "、".join(items), statement.words, origin)


def _answered(verdict: Verdict) -> SheetRow:
    source, statement = verdict.source, verdict.statement
    return SheetRow(
        statement.id, statement.part.label, "、".join(verdict.items), statement.words, "", verdict.answer.label, verdict.words,
        source.document, source.clause, source.day.isoformat() if source.day else "",
    )  # fmt: skip


def _verdict(row: SheetRow, known: dict[str, OpenStatement], today: date) -> Verdict:
    answer, source = _answer(row), _source(row, today)
    each = known.get(row.id)
    if each is None or each.statement.words != row.words.strip():
        raise Refusal(
            "row-unknown",
            f"“{row.words or row.id}”已经核过，或者文字改过了。",
            "请重新导出核定表，看这一句现在的写法。",
        )
    words = check_text(row.new.strip(), "改为", LONGEST_WORDS)
    if answer is not Answer.CHANGE and words:
        raise Refusal("words-unasked", f"结论是“{answer.label}”，却写了改为“{words}”。", "要改的，结论请写“改”。")
    return Verdict(each.statement, answer, source, words, _items(row, each))


def _refuse_second(row: SheetRow, seen: set[str]) -> None:
    if row.id in seen:
        raise Refusal("row-twice", f"编号 {row.id} 填了两次。", "请只留一行。")


def _answer(row: SheetRow) -> Answer:
    said = row.answer.strip()
    if not said:
        raise Refusal("answer-missing", "填了依据或者改为，没有填结论。", f"结论请写{'、'.join(ANSWERS)}。")
    found = next((answer for answer in Answer if answer.label == said), None)
    if found is None:
        raise Refusal("answer-unknown", f"结论“{said}”不认识。", f"结论请写{'、'.join(ANSWERS)}。")
    return found


def _source(row: SheetRow, today: date) -> Source:
    document, clause = check_text(row.document.strip(), "文号", LONGEST), check_text(row.clause.strip(), "条", LONGEST)
    if not document or not row.day.strip():
        raise Refusal(
            "source-missing",
            "没有写明依据的文号和日期。",
            "请填写批准的文号和日期，如 临住金〔2026〕18号，2026-12-03。",
        )
    source = typed_source(document, clause, row.day, today)
    if source.day and source.day > today:
        raise Refusal("source-missing", f"依据的日期 {source.day.isoformat()} 还没有到。", "请核对日期。")
    return source


def _items(row: SheetRow, each: OpenStatement) -> tuple[str, ...]:
    """The items of the row: whoever fills the sheet in may narrow them, and name no other."""
    named = _named(row)
    foreign = [item for item in named if item not in each.items]
    if foreign or not named:
        raise Refusal(
            "row-items",
            f"“{'、'.join(foreign) or '用于'}”不对：这一句用在{'、'.join(each.items)}。",
            "用于只能从这些事项里删，不能改成别的。",
        )
    return named


def _named(row: SheetRow) -> tuple[str, ...]:
    return tuple(part.strip() for part in row.items.replace("，", "、").replace(",", "、").split("、") if part.strip())
