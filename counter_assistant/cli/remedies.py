"""命令行里怎么办：窗口里按键办的，命令行里用命令办."""

from __future__ import annotations

from collections.abc import Mapping

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.checkup import CHECK_FIRST
from counter_assistant.operations.cases.find_case import SCAN_IT
from counter_assistant.operations.exchange.taking import SEAL_FIRST
from counter_assistant.operations.safekeeping.restored import CONFIRM, KEEP_NO_JOURNAL
from counter_assistant.storage.book_clock import CONFIRM_TIME
from counter_assistant.storage.sealing.key_refusals import OPEN_SEALED

IN_COMMANDS: Mapping[str, str] = {
    CHECK_FIRST: "请先核对台账（counter-assistant archive check）",
    CONFIRM: "都对了，办 restore --confirmed",
    KEEP_NO_JOURNAL: "不再用的先办 journal --off",
    CONFIRM_TIME: "加 --clock-confirmed",
    SCAN_IT: "请在窗口里用扫码枪扫，或者办 archive check --head",
    SEAL_FIRST: "请先密封（book seal）",
    OPEN_SEALED: "请用 --as 写明工号，口令或者恢复单在终端里输入，或者用 --secret-fd 指明从哪里读。",
}
"""What a Refusal says to do next is said for the window; here, the same for whoever works by commands."""


def in_commands(refusal: Refusal) -> str:
    """A refusal as the command line says it."""
    remedy = refusal.remedy
    for in_window, command in IN_COMMANDS.items():
        remedy = remedy.replace(in_window, command)
    return refusal.sentence + remedy
