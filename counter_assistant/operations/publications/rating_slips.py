"""评价条：一张 A4 三张，剪开放在窗口，自愿取用；二维码的地方留给本中心贴（国办发〔2019〕51号、云政办发〔2020〕6号）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.papers.rating_slip import RatingSlip
from counter_assistant.domain.registers.rating import MENDED_WITHIN, RatingLevel

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

TITLE = "评价条"


def rating_slip(office: Office) -> RatingSlip:
    """The slip of the office, with nothing filled in: neither the item nor the day is taken from who stands there."""
    profile = office.profile
    phone = f"　监督电话 {profile.supervision_phone}" if profile.supervision_phone else ""
    return RatingSlip(
        f"{TITLE}（示例）" if office.is_example else TITLE,
        f"{profile.unit}　{profile.branch}",
        "自愿填写，不写姓名。请在一个方框里打√",
        tuple(level.label for level in RatingLevel),
        ("办的事项", "日期"),
        "想说的话（可以不写）",
        ("文书编号", "联系方式（要答复的留）"),
        "评价二维码",
        f"不满意的，{MENDED_WITHIN} 个工作日内核实整改；留了联系方式的，告诉您结果。填好放进意见箱，或者交给窗口。{phone}",
    )


def rating_slips_pdf(office: Office) -> bytes:
    """The PDF of a sheet of slips, marked 样本 in training.

    Raises:
        Refusal: `missing-glyph`.
    """
    from counter_assistant.paper.register_books.rating_slips import rating_slips

    slip, typesetter = rating_slip(office), office.program.typesetter
    typesetter.refuse_missing([*slip.texts(), office.watermark])
    return typesetter.page(slip.title, rating_slips(typesetter.breaker, slip), office.watermark)
