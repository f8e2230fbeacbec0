"""The sheets of a handover and of a return: everything on them, a copy for each who signs, drawn from the entries alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.entries import HandedBack, HandedCase, HandedLine, Handover
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.handover.sheets import due_in_words, sheet_of, sheet_pdf
from tests.hand_entries import TYPED
from tests.make import an_office, text_of

CASE = HandedCase(
    "c-1",
    "临公积金示一告〔2026〕1号",
    "租赁市场住房提取",
    "岩**",
    "待补材料",
    "材料补来了，到受理台",
    "2026-11-25",
    "2026-11-26",
)
LEFT = Handover(
    "0001", "0002", "0003", "2026-11-23", "2026-11-24", "2026-11-25", "training", (CASE,),
    (HandedLine("咨询", "玉罕 139****2222　问额度", "2026-11-26"),), "停电备用单 2 份：备〔2026〕1号至备〔2026〕2号。",
    "业务专用章 1 枚 编号 03；受理章 2 枚", "UKey 1 个", "告 21—40 号", "卷 3 件", "岩某周三来补材料", "0001",
)  # fmt: skip
DONE = replace(CASE, state="办结", next="—", due="2026-11-24", promised="")
NEW = replace(CASE, case="c-2", number="", person="玉**")
BACK = HandedBack(
    2,
    "2026-11-25",
    "0004",
    (DONE, NEW),
    (),
    "",
    "业务专用章 1 枚 编号 03",
    "UKey 1 个",
    "",
    "",
    "来电 2 次",
    "打印机坏了",
    "0001",
)
EMPTY = replace(LEFT, cases=(), lines=(), blanks="", seals="", keys="", slips="", papers="", remarks="")
WORD = "长"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


def kept(office: Office, said: Handover | HandedBack) -> int:
    kind = EntryKind.HANDOVER if isinstance(said, Handover) else EntryKind.HANDED_BACK
    return office.book.append(kind, said.to_payload()).seq


def both(office: Office, left: Handover = LEFT, back: HandedBack = BACK) -> int:
    """The entry of a return, with its handover before it."""
    return kept(office, replace(back, of=kept(office, left)))


def plain(office: Office, seq: int) -> str:
    return "\n".join(sheet_of(office, seq).lines())


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_sheet_of_a_handover_says_what_is_handed_over(office: Office) -> None:
    text = plain(office, kept(office, LEFT))
    for said in (
        "AB 角工作交接单（示例）", "李某（工号 0001）", "综合受理岗", "王某（工号 0002）", "0883-0000001", "张某（工号 0003）",
        "2026年11月23日至2026年11月24日", "2026年11月25日", "培训", "临公积金示一告〔2026〕1号", "岩**",
        "材料补来了，到受理台", "11-25，11-26 承诺", "玉罕 139****2222　问额度 | 11-26", "业务专用章", "受理章", "UKey 1 个", "告 21—40 号",
        "停电备用单 2 份：备〔2026〕1号至备〔2026〕2号。", "卷 3 件", "岩某周三来补材料", "共 1 件。",
    ):  # fmt: skip
        assert said in text, said
    assert "没有" not in text


def test_what_there_is_none_of_is_said(office: Office) -> None:
    text = plain(office, kept(office, EMPTY))
    assert text.count("没有。") == 7


def test_three_sign_and_each_has_a_copy(office: Office) -> None:
    for seq, parties in (
        (kept(office, LEFT), ("移交人", "接收人", "监交人")),
        (both(office), ("返岗人", "交回人", "监交人")),
    ):
        sheet = sheet_of(office, seq)
        assert sorted(line.text for line in sheet.signatures.left) == sorted(f"{who}（签名）：" for who in parties)
        assert all(line.ruled for line in sheet.signatures.left)
        assert ["时" in line.text and "分" in line.text for line in sheet.signatures.right] == [True] * 3
        copies = pages(sheet_pdf(office, seq))
        assert len(copies) == 3
        for place, (who, page) in enumerate(zip(parties, copies, strict=True)):
            assert f"第{'一二三'[place]}联{who}存" in page


def test_the_sheet_of_a_return_holds_then_and_now_against_each_other(office: Office) -> None:
    text = plain(office, both(office))
    for said in (
        "AB 角返岗交回单", "2026年11月23日起，2026年11月25日返岗", "赵某（工号 0004）", "待补材料", "办结", "新增",
        "交接 1 件，其中办结 1 件；新增 1 件。", "来电 2 次", "打印机坏了",
        "与交接时不同，交接时是：业务专用章 1 枚 编号 03；受理章 2 枚。",
    ):  # fmt: skip
        assert said in text, said


def test_seals_that_are_all_back_are_counted_as_such(office: Office) -> None:
    assert "与交接时相同，已点清。" in plain(office, both(office, back=replace(BACK, seals=LEFT.seals)))
    assert "交接时没有印章。" in plain(office, both(office, EMPTY, replace(BACK, seals="")))
    assert "与交接时不同，交接时是：没有。" in plain(office, both(office, EMPTY))
    nothing = plain(office, both(office, EMPTY, replace(BACK, cases=(), seals="", keys="", came="", odd="")))
    assert nothing.count("没有。") == 7


def test_the_day_of_a_case_and_the_one_that_is_promised() -> None:
    def said(due: str, promised: str) -> str:
        return due_in_words(replace(CASE, due=due, promised=promised), "2026")

    assert said("2026-11-25", "") == "11-25"
    assert said("2026-11-25", "2026-11-25") == "11-25 承诺"
    assert said("2026-11-25", "2027-01-04") == "11-25，2027-01-04 承诺"
    assert said("", "2026-12-01") == "12-01 承诺"
    assert said("", "") == ""


def test_it_prints_the_same_whatever_became_of_the_cases(office: Office) -> None:
    seq = kept(office, LEFT)
    before = sheet_pdf(office, seq)
    kept(office, replace(BACK, of=seq))
    assert sheet_pdf(office, seq) == before


def test_somebody_who_left_the_office_is_named_by_their_number(office: Office) -> None:
    text = plain(office, kept(office, replace(LEFT, who="0098", receiver="0099")))
    assert "工号 0098" in text
    assert "工号 0099" in text
    other = plain(office, kept(office, replace(LEFT, who="0002", receiver="0099")))
    assert "综合受理岗" in other  # no post is theirs: it is their duty


LONG = WORD * 500


@pytest.mark.parametrize("field", ["reason", "keys", "slips", "papers", "remarks"])
def test_the_longest_text_is_printed_to_its_end(office: Office, field: str) -> None:
    changed: Any = {field: f"{LONG}完"}
    text = "".join(pages(sheet_pdf(office, kept(office, replace(LEFT, **changed))))[:2])
    assert text.count(WORD) >= 500
    assert "长完" in text


@pytest.mark.parametrize("field", ["came", "odd", "keys", "papers"])
def test_the_longest_text_of_a_return_is_printed_to_its_end(office: Office, field: str) -> None:
    changed: Any = {field: f"{LONG}完"}
    text = "".join(pages(sheet_pdf(office, both(office, back=replace(BACK, **changed))))[:2])
    assert text.count(WORD) >= 500
    assert "长完" in text


def test_many_cases_go_over_several_pages_and_the_signatures_stand_at_the_end(office: Office) -> None:
    cases = tuple(
        replace(
            CASE,
            case=f"c-{n}",
            number=f"临公积金示一告〔2026〕{10000 + n}号",
            item="购买新建自住住房委托按月偿还住房公积金贷款提取",
        )
        for n in range(60)
    )
    many = pages(sheet_pdf(office, kept(office, replace(LEFT, cases=cases))))
    assert len(many) % 3 == 0
    one = many[: len(many) // 3]
    assert len(one) > 1
    whole = "".join(one)
    assert all(f"{10000 + n}号" in whole for n in range(60))
    assert ["监交人（签名）" in page for page in one] == [False] * (len(one) - 1) + [True]


def test_what_is_no_handover_has_no_sheet(office: Office) -> None:
    absence = keeping.record(office, RegisterKind.ABSENCE, TYPED[RegisterKind.ABSENCE]).seq
    lone = kept(office, replace(BACK, of=absence))
    for seq in (1, absence, lone, 9999):
        with pytest.raises(Refusal) as refusal:
            sheet_of(office, seq)
        assert refusal.value.code == "no-handover"


def test_a_name_that_no_font_draws_stops_the_sheet(office: Office) -> None:
    with pytest.raises(Refusal) as refusal:
        sheet_pdf(office, kept(office, replace(LEFT, remarks="\U000f0000")))
    assert refusal.value.code == "missing-glyph"


def test_training_says_so_on_every_copy(tmp_path: Path) -> None:
    with closing(an_office(tmp_path, training=True)) as office:
        assert text_of(sheet_pdf(office, kept(office, LEFT))).count("样本") >= 3
