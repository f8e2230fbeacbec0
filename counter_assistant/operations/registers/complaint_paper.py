"""一件投诉的纸：给保管人归档的《投诉来访登记表》，给投诉人的回执.

A name that is withheld, and by what its bearer is reached, stands on no paper; the receipt names nobody at all, neither who complained nor who is
complained of nor who took it.
"""

from __future__ import annotations

from datetime import datetime

from counter_assistant.domain.counter_forms.filling import Cell, FilledForm, FilledGroup
from counter_assistant.domain.counter_forms.form import CounterForm, Declaration, FormField, Origin
from counter_assistant.domain.counter_forms.frame_words import AS_PUBLISHED, EXAMPLE, FrameWords
from counter_assistant.domain.formatting import chinese_date, chinese_time, listed
from counter_assistant.domain.registers.complaint import Complaint, ComplaintChannel, NameKept, read_number
from counter_assistant.domain.registers.complaint_state import ComplaintState
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, ComplaintStepTaken, Supplement
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.complaints import find
from counter_assistant.storage.sealing.sealed_payload import RegisterKey

TITLE, RECEIPT = "投诉来访登记表", "投诉登记回执"
WITHHELD = "要求保密，不印在纸上"
SEAL = "按本中心规定"
SEALED = "密件：由登记保管人保管，未经投诉人同意不得公开"
Rows = tuple[tuple[str, str, int], ...]
"""The label of each cell, what stands in it, and how many of the two columns it takes."""


def register_sheet(office: Office, key: RegisterKey, number: str, *, clerk: str = "") -> bytes:
    """The PDF of 《投诉来访登记表》 of a complaint, as far as it has come, for its keeper.

    Raises:
        Refusal: `missing-glyph`; what `find` refuses.
    """
    state = find(office, key, number, clerk=clerk)
    complaint = state.complaint
    signed = ("投诉人",) if complaint.channel is ComplaintChannel.WINDOW and _is_named(complaint) else ()
    form = _form(TITLE, (Declaration("签名", (), (*signed, "受理人", "办理人")),))
    words = FrameWords(_unit(office), (f"编号：{complaint.number}", "", _printed(office)), (SEALED,), mark_of(office))
    groups = (
        ("登记", _taken_down(office, complaint)),
        *((label, rows) for label, rows in _steps(office, state) if rows),
    )
    return _pdf(office, form, groups, words)


def receipt(office: Office, number: str, channel: ComplaintChannel) -> bytes:
    """The PDF of the receipt for who complained: the number, when and how, and what happens next.

    Raises:
        Refusal: `bad-complaint-number`, `missing-glyph`.
    """
    profile = office.profile
    rows: Rows = (
        ("编号", read_number(number), 1),
        ("登记日期", chinese_date(office.today()), 1),
        ("方式", channel.label, 1),
        ("监督电话", profile.supervision_phone, 1),
        ("怎样补充", "凭编号到窗口或者来电补充，不必重新说明，也不必留姓名", 2),
        ("怎样办理", "内容已密封，只有登记保管人看得到；受理、核实、处理以后按您愿意的方式反馈", 2),
    )
    words = FrameWords(_unit(office), ("", "", _printed(office)), ("请妥善保管编号",), mark_of(office))
    return _pdf(office, _form(RECEIPT, ()), (("回执", rows),), words)


def _is_named(complaint: Complaint) -> bool:
    return complaint.name_kept is NameKept.NAMED


def _taken_down(office: Office, complaint: Complaint) -> Rows:
    shown = complaint if _is_named(complaint) else None
    kept = WITHHELD if complaint.name_kept is NameKept.WITHHELD else complaint.name_kept.label
    return (
        ("方式", complaint.channel.label, 1),
        ("类别", complaint.category.label, 1),
        ("时间", chinese_date(complaint.day), 1),
        ("投诉人", shown.name if shown else kept, 1),
        ("电话", shown.phone if shown else "", 1),
        ("地址", shown.address if shown else "", 1),
        ("被投诉的部门或人员", complaint.about, 2),
        ("主要问题", complaint.matter, 2),
        ("附件", complaint.attachments, 1),
        ("登记人", _who(office, complaint.author, complaint.recorded), 1),
    )


def _steps(office: Office, state: ComplaintState) -> list[tuple[str, Rows]]:
    """Each step that was taken, in its order, and what was added; those that are due are left to a pen."""
    found: list[tuple[str, Rows]] = [(step.step.label, _step(office, step)) for step in state.taken]
    done = {step.step for step in state.taken}
    for due in (ComplaintStep.VERIFY, ComplaintStep.DECIDE, ComplaintStep.FEED_BACK, ComplaintStep.FILE):
        if due not in done:
            found.append((due.label, ((_asked(due), "", 2),)))
    added = [said for said in state.besides if isinstance(said, Supplement)]
    return [*found, ("补充", tuple((chinese_time(said.at), said.text, 2) for said in added))]


def _step(office: Office, step: ComplaintStepTaken) -> Rows:
    told = step.told
    chosen = listed([field.label for field in (told.way, told.handling, told.satisfaction) if field], "，")
    due = f"{step.due.isoformat()} 前反馈{'（预计）' if step.provisional else ''}" if step.due else ""
    to = office.profile.clerk_names.get(told.to, told.to)
    said = listed([part for part in (chosen, to and f"转{to}", told.volume, due, told.text) if part], "　")
    return ((_asked(step.step), said, 2), ("办理人、时间", _who(office, step.author, step.at), 2))


def _asked(step: ComplaintStep) -> str:
    """What is written in the cell of a step: 核实情况, 处理意见."""
    return step.asks.get("text", step.label)


def _who(office: Office, staff: str, at: datetime | None) -> str:
    name = office.profile.clerk_names.get(staff, staff)
    return listed([part for part in (name, chinese_time(at) if at else "") if part], "　")


def _form(title: str, declarations: tuple[Declaration, ...]) -> CounterForm:
    return CounterForm(title, title, "", (), (), ("存卷" if declarations else "交投诉人",), SEAL, (), declarations)


def _pdf(office: Office, form: CounterForm, groups: tuple[tuple[str, Rows], ...], words: FrameWords) -> bytes:
    filled = tuple(
        FilledGroup(name, tuple(Cell(FormField(label, Origin.KNOWN, width=width), said) for label, said, width in rows))
        for name, rows in groups
    )
    return office.program.typesetter.form(FilledForm(form, filled, form.declarations), words, office.watermark)


def _unit(office: Office) -> str:
    return f"{office.profile.unit}　{office.profile.branch}"


def _printed(office: Office) -> str:
    return f"{chinese_date(office.today())} 打印"


def mark_of(office: Office) -> str:
    """What stands beside the title of a paper of ours, which the centre may have in another form."""
    return EXAMPLE if office.is_example else AS_PUBLISHED
