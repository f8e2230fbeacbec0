"""登记簿的表头和每一格：一本一种栏目，屏上细看、打印、导出都照这一张表.

A cell is a text, or a whole number where it is one, so that totals can be made of it. What a cell says is read from the entries, as
long as they are kept; a whole number of a person is shown masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.assessment.decision import Duty
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, act_in
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.entry import Entry
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.ruled_book import BookColumn as Column
from counter_assistant.domain.papers.ruled_book import Cell
from counter_assistant.domain.people.identity import mask_numbers
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.hand_entries import (
    Absence,
    AbsenceSort,
    BoxOpened,
    Misunderstanding,
    Opinion,
    OpinionSort,
    Overtime,
    OvertimeSort,
    ReportedUpward,
    Source,
)
from counter_assistant.domain.registers.handover.entries import HandedBack, Handover, Reason
from counter_assistant.domain.registers.handover.handover_forms import HANDOVER as HANDOVER_TITLE
from counter_assistant.domain.registers.rating import Rating, RatingChannel, RatingLevel, RatingOutcome, RatingSettled
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_row import word
from counter_assistant.domain.registers.settling import Answered, ResultFiled
from counter_assistant.operations.intake.request import Channel
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.registers.register_lines import RegisterLine

NUMBER, WHEN, STANDING = Column("序号", 4), Column("时间", 9), Column("状态", 6)
"""What every register has: a running number first and how it stands last."""
_OWN: Mapping[RegisterKind, tuple[Column, ...]] = {
    RegisterKind.FIRST_CONTACT: (
        Column("方式", 5), Column("来办（问）的人", 9), Column("电话", 9), Column("咨询或者办理的事项", 14),
        Column("所收材料", 14), Column("件数", 4, adds=True), Column("首问责任人", 8), Column("是否本岗", 5),
        Column("承办人、电话", 11), Column("转交、指引去向", 10),
    ),
    RegisterKind.INQUIRY: (
        Column("方式", 5), Column("咨询的人", 12), Column("咨询的内容", 24), Column("答复期限", 8),
        Column("答复情况", 20), Column("记录人", 7),
    ),
    RegisterKind.REFERRAL: (
        Column("文书", 15), Column("当事人", 8), Column("事项", 14), Column("转给谁、去哪里", 14), Column("代收材料", 14),
        Column("件数", 4, adds=True), Column("首问责任人", 8), Column("联系、督办情况", 16),
    ),
    RegisterKind.OPINION: (
        Column("来源", 6), Column("类别", 5), Column("内容", 26), Column("署名", 7), Column("联系方式", 9),
        Column("转办科室", 8), Column("答复", 18), Column("公示日期", 8), Column("记录人", 7),
    ),
    RegisterKind.BOX_OPENED: (
        Column("意见箱", 14), Column("开箱人", 10), Column("开箱人", 10), Column("件数", 6, adds=True), Column("记录人", 10),
    ),
    RegisterKind.MISUNDERSTANDING: (
        Column("误解了什么", 26), Column("怎样解释", 26), Column("向谁汇报", 10), Column("记录人", 7),
    ),
    RegisterKind.OVERTIME: (
        Column("情形", 7), Column("办到几点", 6), Column("人数", 5, adds=True), Column("内容或者说明", 30), Column("经办人", 7),
    ),
    RegisterKind.ABSENCE: (
        Column("情形", 7), Column("谁", 7), Column("从", 8), Column("到", 8), Column("事由", 14), Column("值班人", 7),
        Column("怎样告知", 14), Column("返岗情况", 12), Column("记录人", 7),
    ),
    RegisterKind.REPORTED_UPWARD: (
        Column("什么事", 28), Column("报告的领导", 9), Column("指定的承办机构", 14), Column("领导意见", 16), Column("记录人", 7),
    ),
    RegisterKind.RESULT_FILED: (
        Column("承诺件编号", 14), Column("当事人", 9), Column("事项", 14), Column("办理结果", 22), Column("文号", 12),
        Column("备案时间", 9), Column("备案人", 7),
    ),
    RegisterKind.RATING: (
        Column("渠道", 6), Column("评价", 6), Column("事项", 12), Column("文书", 12), Column("写了什么", 16),
        Column("联系方式", 8), Column("整改期限", 9), Column("结果", 6), Column("核实的情况", 14), Column("怎样整改的", 14),
        Column("怎样告知", 9),
    ),
}  # fmt: skip


def columns_of(kind: RegisterKind) -> tuple[Column, ...]:
    """The columns of a register's book."""
    return (NUMBER, WHEN, *_OWN[kind], STANDING)


@dataclass(frozen=True, slots=True)
class _Said:
    """All that is known of a line: its entry, what came of it, its case."""

    line: RegisterLine
    content: Any
    came: Any
    ended: Entry | None
    case: Case | None
    office: Office

    def name(self, staff: str) -> str:
        """What a person of the office is called; the staff number of one who is no longer there."""
        return self.office.profile.clerk_names.get(staff, staff)


def rows_of(
    office: Office, kind: RegisterKind, lines: Sequence[RegisterLine], first: int = 1, *, masked: bool = True
) -> list[tuple[Cell, ...]]:
    """The rows of lines of one register, in their order, numbered from `first`. What was erased leaves its cells empty. `masked`: numbers
    that somebody typed into a text are masked as well.

    Raises:
        Refusal: what `BookReading.at` refuses.
    """
    entries = office.book.at({seq for line in lines for seq in (line.seq, line.settled) if seq})
    rows: list[tuple[Cell, ...]] = []
    for n, line in enumerate(lines, first):
        entry, ended = entries.get(line.seq), entries.get(line.settled)
        content, came = (content_of(one) if one else None for one in (entry, ended))
        case = office.cases.get(line.case) if line.case else None
        own = _cells(_Said(line, content, came, ended, case, office))
        if masked and act_in(content) is None:
            own = tuple(mask_numbers(cell) if isinstance(cell, str) else cell for cell in own)
        rows.append((n, f"{line.time:%Y-%m-%d %H:%M}", *own, line.in_words))
    return rows


def in_words(office: Office, line: RegisterLine) -> list[tuple[str, str]]:
    """Everything that a line says, a head and what stands under it; what is empty is left out. A number that was typed is there as
    long as the line waits, since whoever waits for an answer is reached by it."""
    (row,) = rows_of(office, line.kind, [line], masked=not line.waits)
    cells = zip(columns_of(line.kind)[1:], row[1:], strict=True)
    return [(column.head, str(cell)) for column, cell in cells if cell or column.adds]


def _cells(said: _Said) -> tuple[Cell, ...]:
    columns = _OWN[said.line.kind]
    cells = tuple(_of_act(said, act) if (act := act_in(said.content)) else _of_typed(said))
    return cells or tuple(0 if column.adds else "" for column in columns)


def _of_act(said: _Said, act: ActRecorded) -> Iterable[Cell]:
    """The cells of what arose from a visit."""
    facts, who, case, office = act.facts, act.applicant, said.case, said.office
    person = listed((who.name, who.agent.name and f"{who.agent.in_words()}代办"))
    phone, channel = who.shown_phone, word(Channel, facts.channel)
    number = said.content.registered.number if isinstance(said.content, SlipIssued) else ""
    told = facts.told["required"] | facts.told["maybe"] if facts.told else {}
    materials = listed(told[id_]["name"] for id_ in facts.received if id_ in told)
    where = listed(facts.details.get(name, "") for name in ("refer_to", "colleague"))
    match said.line.kind:
        case RegisterKind.FIRST_CONTACT:
            handler = on_duty(office).in_charge(case.looked_after_by if case else facts.clerk)
            reached = next((one.phone for one in office.profile.clerks if one.staff_number == handler), "")
            own = "是" if facts.duty is Duty.OURS else "否"
            return (
                channel, person, phone, facts.item_name or facts.details.get("asked", ""), materials, len(facts.received),
                said.name(facts.clerk), own, listed((said.name(handler), reached)), where,
            )  # fmt: skip
        case RegisterKind.INQUIRY:
            asked = listed((facts.item_name, facts.details.get("asked", "")), "：")
            due = act.result.due.isoformat() if act.result and act.result.due else ""
            return channel, listed((person, phone), " "), asked, due, _last(case), said.name(facts.clerk)
        case RegisterKind.REFERRAL:
            asked = facts.item_name or facts.details.get("asked", "")
            return (
                number, person, asked, where, materials, len(facts.received), said.name(facts.clerk), _last(case),
            )  # fmt: skip
        case _:
            filed = said.came if isinstance(said.came, ResultFiled) else None
            when = f"{said.ended.time:%Y-%m-%d}" if filed and said.ended else ""
            result = (filed.text, filed.document, when, said.name(filed.clerk)) if filed else ("", "", "", "")
            return number, person, facts.item_name, *result


def _last(case: Case | None) -> str:
    """What was last done about a case after its first act."""
    return case.history[-1].words if case and len(case.history) > 1 else ""


def _of_typed(said: _Said) -> Iterable[Cell]:
    """The cells of what was typed."""
    answered = said.came if isinstance(said.came, Answered) else Answered(0, "", "", "", "")
    name = said.name
    match said.content:
        case CallNoted() as call:
            return _of_call(said, call, answered)
        case Opinion() as one:
            return (
                word(Source, one.source), word(OpinionSort, one.sort), one.text, one.signed or "匿名", one.reply_to,
                answered.to, answered.text, answered.posted, name(one.clerk),
            )  # fmt: skip
        case BoxOpened() as box:
            return box.place, name(box.opener), name(box.second), box.count, name(box.clerk)
        case Misunderstanding() as one:
            return one.text, one.explained, one.reported_to, name(one.clerk)
        case Overtime() as late:
            return word(OvertimeSort, late.sort), late.until, late.visitors, late.text, name(late.clerk)
        case Absence() as away:
            return (
                word(AbsenceSort, away.sort), name(away.who), away.since, away.back, away.reason, name(away.deputy),
                away.notice, answered.text, name(away.clerk),
            )  # fmt: skip
        case Handover() as handed:
            return _of_handover(said, handed)
        case ReportedUpward() as one:
            return one.text, one.leader, answered.to, answered.text, name(one.clerk)
        case Rating() as rating:
            return _of_rating(rating, said.came)
    return ()


def _of_rating(said: Rating, came: object) -> Iterable[Cell]:
    """No cell says who served, or who typed it."""
    ended = came if isinstance(came, RatingSettled) else RatingSettled(0, "", "", "", "", "")
    due = f"{said.due}{'（预计）' if said.provisional else ''}"
    return (
        word(RatingChannel, said.channel), word(RatingLevel, said.level), said.item_name, said.number, said.text, said.contact,
        due, word(RatingOutcome, ended.outcome), ended.verified, ended.text, ended.told,
    )  # fmt: skip


def _of_handover(said: _Said, handed: Handover) -> Iterable[Cell]:
    """The cells of an absence of a day or more; what of it stands on the sheets is said by how much there is."""
    back = said.came if isinstance(said.came, HandedBack) else None
    given = f"交接：在办件 {len(handed.cases)} 件{f'，印章 {handed.seals}' if handed.seals else ''}"
    returned = f"{back.day} 返岗交回{f'，异常：{back.odd}' if back.odd else ''}" if back else ""
    return (
        HANDOVER_TITLE, said.name(handed.who), handed.since, handed.until, word(Reason, handed.reason), said.name(handed.receiver), given,
        returned, said.name(handed.clerk),
    )  # fmt: skip


def _of_call(said: _Said, call: CallNoted, answered: Answered) -> Iterable[Cell]:
    item = next((text.name for text in said.office.catalogue.items.get(call.item, ())), "")
    asked = listed((item, call.note), "：")
    channel = word(Channel, call.channel)
    if said.line.kind is RegisterKind.FIRST_CONTACT:
        return channel, call.caller, "", asked, "", 0, said.name(call.clerk), "是", said.name(call.clerk), ""
    due = call.due.isoformat() if call.due else ""
    return channel, call.caller, asked, due, answered.text or ("" if call.due else "当即答复"), said.name(call.clerk)
