"""打印机的测试页：打一张，用尺子量，把差数填回设置。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.paper.geometry.ruler_page import CROSS

if TYPE_CHECKING:
    from counter_assistant.domain.papers.formats import PaperFormat
    from counter_assistant.operations.office import Office
    from counter_assistant.printing.media import Adjustment

TITLE = "打印位置测试页"


def printer_page(office: Office, which: PaperFormat, printer: str, adjustment: Adjustment) -> bytes:
    """The PDF of the page for one size of sheet. It is sent as every paper is, moved by what is set now.

    Raises:
        Refusal: `missing-glyph`.
    """
    words = (
        TITLE,
        f"{which.short}　{printer}",
        f"现在设的是：向右 {adjustment.right_mm:+.1f} 毫米，向下 {adjustment.down_mm:+.1f} 毫米。",
        f"左上角的十字，应在离纸左边 {CROSS} 毫米、离纸上边 {CROSS} 毫米的地方。",
        f"量一量：左边不是 {CROSS} 的，“向右”填：现在设的数＋{CROSS}－量得的数；上边不是 {CROSS} 的，“向下”照样填。",
        f"例：左边量得 21.5，现在设的是 0，就填 {CROSS - 21.5:.1f}。填好再打一张看看。",
        "本页背面应是空白；尺子上 30 到 130 应是 10 厘米，短了、长了的，请关掉打印机的“缩放”。",
    )
    return office.program.typesetter.ruled(TITLE, which, words)
