"""一件投诉的全部，一栏一行：登记的、每一步、补充的。只给打开了登记的保管人看。"""

from __future__ import annotations

from counter_assistant.domain.formatting import chinese_time, listed
from counter_assistant.domain.registers.complaint import Complaint
from counter_assistant.domain.registers.complaint_state import ComplaintState
from counter_assistant.domain.registers.complaint_steps import ComplaintStepTaken, Supplement

Rows = list[tuple[str, str]]
"""What each says is called, and what it says."""


def whole_in_words(state: ComplaintState) -> Rows:
    """A complaint as it was taken down, each step with who took it and when, and what was added."""
    rows = taken_down(state.complaint)
    rows += [(step.step.label, said_in_words(step)) for step in state.taken]
    return rows + [(besides_in_words(said), said_in_words(said)) for said in state.besides]


def taken_down(complaint: Complaint) -> Rows:
    """A complaint as it was taken down, without what is empty."""
    rows = (
        ("投诉人", listed((complaint.name_kept.label, complaint.name))),
        ("地址", complaint.address),
        ("电话", complaint.phone),
        ("被投诉的部门或人员", complaint.about),
        ("主要问题", complaint.matter),
        ("附件", complaint.attachments),
        ("记录", f"工号 {complaint.author}，{chinese_time(complaint.recorded)}" if complaint.recorded else ""),
    )
    return [(label, said) for label, said in rows if said]


def besides_in_words(said: ComplaintStepTaken | Supplement) -> str:
    """What is called that does not move a complaint on."""
    return f"不算数的{said.step.label}" if isinstance(said, ComplaintStepTaken) else "补充"


def said_in_words(said: ComplaintStepTaken | Supplement) -> str:
    """What was said, by whom and when."""
    who = f"工号 {said.author}，{chinese_time(said.at)}"
    if isinstance(said, Supplement):
        return listed((said.text, who), "　")
    told = said.told
    labels = [field.label for field in (told.way, told.handling, told.satisfaction) if field]
    to, volume = f"转工号 {told.to}" if told.to else "", f"立卷号 {told.volume}" if told.volume else ""
    return listed((*labels, told.text, to, volume, who), "　")
