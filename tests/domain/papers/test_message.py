"""A text message and a letter say what the slip says, masked as it is, and a message is never too long."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.message import LONGEST_MESSAGE, letter_of, message_of
from counter_assistant.domain.papers.slip import (
    BlankBelow,
    Draft,
    Element,
    Field,
    Fields,
    Heading,
    Paragraph,
    Run,
    Signatures,
    Summary,
    Table,
)

NUMBER, DAY = "某告〔2026〕1号", date(2026, 11, 23)
BRING = (Run("要带："), Run("房租发票", strong=True), Run("。"))
REST = (
    (Run("多久：当场办结。"),),
    (Run("问谁："), Run("李某 0883-2160001。", strong=True)),
    (Run("到哪：白马路18号。"),),
)


def a_draft(*told: Element, name: str = "罗𠅤克") -> Draft:
    head = Fields(
        (
            (Field("申请人", name), Field("证件", "5309********1243"), Field("电话", "138****0461")),
            (Field("事项", "租赁市场住房提取", strong=True),),
            (Field("受理意见", "您本次为咨询。"),),
        )
    )
    body = (head, *told, BlankBelow("以下空白"))
    return Draft(
        SlipKind.NOTIFICATION_SLIP,
        "某中心",
        "某管理部",
        "一次性告知单",
        "",
        body,
        Signatures((), ()),
        ("目录", "＊待核定"),
    )


def test_a_message_is_the_box_with_greeting_and_number() -> None:
    assert message_of(a_draft(Summary((BRING, *REST))), NUMBER) == (
        "【某中心】罗𠅤克，您好！您的“租赁市场住房提取”，要带：房租发票。多久：当场办结。问谁：李某 0883-2160001。"
        "到哪：白马路18号。全部内容见一次性告知单（某告〔2026〕1号）。"
    )
    assert "【某中心】您好！" in message_of(a_draft(Summary((BRING,)), name="—"))


def test_a_paper_without_a_box_is_no_message() -> None:
    assert message_of(a_draft(Paragraph((Run("到哪里办"),)))) == ""


@pytest.mark.parametrize(
    ("more", "kept", "left"), [(215, "多久", "到哪"), (225, "房租发票", "多久"), (260, "要带的材料见纸上的表", "发票")]
)
def test_a_long_one_leaves_out_whole_sentences_and_says_where_all_of_it_stands(more: int, kept: str, left: str) -> None:
    long = (Run("要带："), Run("房租发票、" * (more // 5)))
    text = message_of(a_draft(Summary((long, *REST))), NUMBER)
    assert len(text) <= LONGEST_MESSAGE
    assert kept in text
    assert left not in text
    assert text.endswith("全部内容见一次性告知单（某告〔2026〕1号）。")


def test_what_was_told_by_word_of_mouth_names_no_paper() -> None:
    assert message_of(a_draft(Summary((BRING,)))).endswith("要带：房租发票。")
    long = message_of(a_draft(Summary(((Run("要带：" + "多" * 300),), *REST))))
    assert "要带的材料较多，请来电询问。多久：当场办结。" in long
    assert "纸" not in long


def test_even_the_longest_names_leave_a_message() -> None:
    text = message_of(a_draft(Summary(((Run("多" * 400),), (Run("久" * 400),))), name="岩" * 50))
    assert len(text) <= LONGEST_MESSAGE
    assert "多" not in text


LONG_CASES = Table(
    "maybe",
    ("还要带的＊", "什么情况下需要"),
    ((Run("结婚证（原件1，退还）"), Run("已婚")), (Run("单身声明"), Run("未婚"))),
)


@pytest.mark.parametrize(
    ("brings", "whole", "short"),
    [
        (
            "要带：房租发票，和本单、您的有效身份证件；另看“还要带的”（共2种情况），其中“已婚”“未婚”两种情况必居其一。",
            "要带：房租发票，和您的有效身份证件。已婚的，带：结婚证（原件1，退还）。未婚的，带：单身声明。",
            "要带：房租发票，和您的有效身份证件；还有的看您是哪种情况，请来电问。",
        ),
        (
            "要带：看“还要带的”（共2种情况）。",
            "要带：看您是哪种情况。已婚的，带：结婚证（原件1，退还）。未婚的，带：单身声明。",
            "要带：看您是哪种情况，请来电问。",
        ),
    ],
)
def test_a_message_says_what_depends_where_there_is_room_and_points_at_no_table(
    brings: str, whole: str, short: str
) -> None:
    assert whole + "多久" in message_of(a_draft(Summary(((Run(brings),), *REST)), LONG_CASES), NUMBER)
    rest = ((Run("多久：" + "久" * 180),), *REST[1:])
    text = message_of(a_draft(Summary(((Run(brings),), *rest)), LONG_CASES), NUMBER)
    assert short in text
    assert len(text) <= LONGEST_MESSAGE


@pytest.mark.parametrize(
    ("on_paper", "told"),
    [
        ("材料备齐后带本单到本窗口办理", "材料备齐后到本窗口办理"),
        ("也可凭本单和身份证件到本窗口查询", "也可凭身份证件到本窗口查询"),
        ("要带：本单、您的有效身份证件", "要带：您的有效身份证件"),
        ("要带：房租发票，和本单。", "要带：房租发票。"),
        ("随本单领取；加盖单位公章", "到窗口领取；加盖单位公章"),
        ("从收到本单之日起60日内，不属于本单位的除外", "从收到《一次性告知单》之日起60日内，不属于本单位的除外"),
        ("本通知书即为本中心的决定", "《一次性告知单》即为本中心的决定"),
    ],
)
def test_neither_speaks_of_a_paper_in_the_hand_of_who_has_none(on_paper: str, told: str) -> None:
    draft = a_draft(Summary(((Run(on_paper),),)), Paragraph((Run(on_paper),)))
    assert told in message_of(draft)
    assert letter_of(draft, DAY).count(told) == 2


def test_a_letter_says_all_of_the_paper_but_its_head_and_is_masked_as_it_is() -> None:
    """Part by part with a blank line between, and in words what the head of a table says."""
    head = ("序", "材料＊", "原件、复印件", "谁出具", "怎样才合格", "情况")
    rows = (
        ("1", "房租发票", "原件1 复印件1", "税务机关", "盖发票专用章", "须提供"),
        ("2", "本市无房查询结果", "—", "登记机构", "本中心核验", "免提交"),
    )
    table = Table("needed", head, tuple(tuple(map(Run, row)) for row in rows))
    received = Table(
        "handed_in",
        ("序", "材料", "应交", "实交", "处理"),
        (tuple(map(Run, ("1", "结婚证", "原件1", "原件1", "核验退还"))),),
    )
    told = (Summary((BRING,)), Heading("二、", "所需材料"), table, LONG_CASES, Heading("三、", "收到的材料"), received)
    text = letter_of(a_draft(*told), DAY, NUMBER)
    assert text.split("\n") == [
        "罗𠅤克：", "", "　　关于您的“租赁市场住房提取”，现答复如下。您本次为咨询。", "", "要带：房租发票。", "", "二、所需材料",
        "1　房租发票＊：原件1 复印件1；税务机关出具；盖发票专用章；须提供", "2　本市无房查询结果＊：登记机构出具；本中心核验；免提交",
        "还要带的＊，看您是哪种情况：", "已婚的，带：结婚证（原件1，退还）。", "未婚的，带：单身声明。", "",
        "三、收到的材料", "1　结婚证：应交原件1；实交原件1；核验退还", "",
        "（＊待核定）", "", "　　此致", "敬礼！", "", "某中心　某管理部", "2026年11月23日", "（一次性告知单　某告〔2026〕1号）",
    ]  # fmt: skip
    unnumbered = letter_of(a_draft(name="—"), DAY)
    assert unnumbered.startswith("您好：\n")
    assert unnumbered.endswith("\n2026年11月23日")


def test_of_a_table_without_words_of_its_own_a_letter_keeps_the_cells() -> None:
    other = Table("other", ("序", "名称"), ((Run("1"), Run("甲")),))
    assert "\n1　甲\n" in letter_of(a_draft(other), DAY)
