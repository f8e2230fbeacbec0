"""What is typed into each register, with the least said. People and matters are invented."""

from __future__ import annotations

from counter_assistant.domain.registers.register_kind import RegisterKind

TYPED: dict[RegisterKind, dict[str, str]] = {
    RegisterKind.INQUIRY: {"wait": "waits", "text": "问租房提取额度怎样算", "caller": "玉罕 13900002222"},
    RegisterKind.OPINION: {"sort": "suggestion", "source": "box", "text": "门口台阶请装扶手", "signed": "岩温"},
    RegisterKind.BOX_OPENED: {"count": "3", "second": "0002"},
    RegisterKind.MISUNDERSTANDING: {
        "text": "以为提取要收费", "explained": "说明不收任何费用，并指了公告", "reported_to": "归集科",
    },
    RegisterKind.OVERTIME: {"sort": "served", "until": "1750", "visitors": "2", "text": "办完两件提取"},
    RegisterKind.ABSENCE: {"since": "14:00", "reason": "送材料到银行", "deputy": "0002"},
    RegisterKind.REPORTED_UPWARD: {"text": "省平台停了，办不了转移", "leader": "某副主任"},
    RegisterKind.RATING: {"level": "dissatisfied", "text": "等了一个小时", "item": "B08", "contact": "13900003333"},
}  # fmt: skip

MENDED = {"outcome": "mended", "verified": "当天两个窗口停电", "text": "添了叫号机", "told": "11-23 电话告知"}
"""What came of the rating."""
