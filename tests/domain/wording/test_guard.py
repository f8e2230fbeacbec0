"""The guard: the forbidden phrases as people vary them, and the lawful and polite sentences that look like them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest

from counter_assistant.domain.wording import guard as guarding
from counter_assistant.domain.wording import variant_rule
from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrase
from tests.domain.wording.backtracking import Steps
from tests.effort import calls_in
from tests.forbidden import FORBIDDEN, guard

VARIANTS: dict[int, tuple[str, ...]] = {
    1: ("没到上班时间，你等着吧", "还没到上班时间呢，您等着吧", "没到点，你先等着吧", "没上班呢,等着", "你先在外面等着吧"),
    2: ("没见我正忙着吗,急什么", "没見我忙著嗎，急啥呀", "没有见到我在忙吗"),
    3: ("喊什么", "喊什么喊，等一会儿", "嚷什么，等一下", "叫什么叫", "你喊啥，等会儿", "别喊了", "别嚷嚷"),
    4: ("烦 死 了", "凡死了", "烦死啦！！", "煩死了", "真烦", "烦。死。了", "烦不烦", "烦死我了", "fan死了", "烦得很"),
    5: ("不知道呀", "不 知　道", "我也不知道", "不造", "不知到", "这个我不知道", "我怎么知道", "不晓得", "不知道，不知道！",
        "鬼知道", "我也不清楚", "不知道啊你问别人", "不知道是谁的章", "这个我不知道是哪个单位的"),
    6: ("不是告诉您了吗", "我不是说过了吗", "不是跟你说过了嘛", "不是告诉过你要带身份证吗", "跟你说了多少遍了", "要我说几遍",
        "早就告诉你了", "不是告诉你了吗你怎么还问", "不是告你了吗", "跟你说过了", "我刚才跟您讲过了嘛"),
    7: ("你怎么还不明白", "咋还不明白呀", "怎么还没听懂", "怎么就听不明白呢", "还不明白？", "怎么还不清楚", "听不懂吗",
        "说了半天还不懂", "到底懂不懂"),
    8: ("我就这样，你能怎么样", "我就这样了，怎么着吧", "我就这样", "您能把我怎么着", "你想怎样", "能把我怎样", "爱咋咋地"),
    9: ("您管不着！", "管不着", "这事你管不着", "你管得着吗", "关你什么事", "要你管", "少管闲事", "用不着你管"),
    10: ("不办了", "不 办", "就不办", "我不办", "不办，走吧", "今天不办了", "不给你办", "爱办不办", "不辦",
         "不归我管", "这事不归我们管", "我不管", "我可不管了"),
    11: ("我就这个态度", "我就这态度，有意见找领导去", "有意见，找主任去", "找领导去", "我态度就这样", "有本事你去投诉啊", "爱找谁找谁",
         "我的态度就是这样"),
    12: ("急什么急", "急啥", "您急什么呀", "急什么？没看见我在忙吗", "沒看見我正忙著嗎", "有什么好急的", "慌什么"),
    13: ("别催了", "催什么催", "别崔了，烦死啦", "莫催", "甭催了", "催什么，烦死了", "你老催什么", "莫催莫催"),
    14: ("着啥急，谁也没闲着", "着什么急", "着急什么，谁也没闲着", "谁都没嫌着", "哪个也没闲着", "谁闲着呢", "没人闲着", "着哪样急"),
    15: ("正忙着呢，等着吧", "忙着呢，等着", "等着吧", "正忙呢，等会儿"),
    16: ("真是麻烦", "您这人真麻烦", "麻烦死了", "怎么这么麻烦", "真麻凡", "好麻烦", "净给我们添乱", "麻烦不麻烦", "真麻烦你这人"),
    17: ("快点，真罗嗦", "真啰唆", "别啰嗦", "快点儿，啰嗦什么", "囉嗦", "快点", "磨蹭什么"),
    18: ("你问我，我问谁", "您问我我问谁去", "别问我", "我去问谁啊", "我问谁去", "问别人去", "问我有什么用", "我问谁", "问我我也不知道",
         "你自己看", "您自己看去", "你自己看着办"),
    19: ("怎么不早点准备好", "早干什么去了", "早干嘛去了", "为什么不提前准备好，早干啥去了", "怎么不早说", "早去哪儿了", "你也不提前准备好", "怎么没准备好"),
    20: ("下班了，不办了", "谁叫你来这么晚", "谁让您不早点来", "怎么来这么晚", "这么晚才来", "都下班了才来", "下班了，明天再来"),
    21: ("马上下班了，快点", "快下班了，您快一点", "你快一点儿", "马上要下班了，赶紧的", "你快点，马上下班了", "你搞快点"),
}  # fmt: skip

LAWFUL = """
单位逾期不办的，处1万元以上5万元以下的罚款。
逾期不办理的，由住房公积金管理中心责令限期办理
逾 期 不 办 理 的
自知道或者应当知道该行政行为作出之日起六十日内
申请人不知道账户已经封存
单位经办人不知道密码
当事人表示不办了
不办理
未办结
可办可不办
能不能办？
办、不办，由您决定
催告书送达后仍不履行的
请不要催促单位
该套住房没有闲着
谁也没有闲着的房子
账户不造成影响
麻烦死亡证明原件给我看一下
罗嗦（姓名）
没看见您的身份证复印件，请补一份
这不是说明书吗？
为什么不提前还款？
为什么不提前说明？
下班后不办理现金业务
他就这样签了名
""".strip().splitlines()

POLITE = """
给您添麻烦了，请谅解
真麻烦您了，谢谢！
麻烦您在这里签名
不怕麻烦，认真麻烦一次
您不知道的话，我给您介绍
不知道怎么填，请参考样表
不知道，没关系，我帮您查
不知道的，可以拨打12329咨询
不清楚可以再问
我也不清楚，我帮您问问
请快点儿好起来
祝您快点好起来
请您快一点
快一点，可以网上办
您别急，请慢慢说
您急什么时候用款？
不用着急，谁先到谁先办
没什么好急的，您慢慢来
不着什么急的话，可以改天来
请您在等候区等着叫号
对不起，我正忙着呢，请您等一会儿
您还不明白的地方我再解释
您还不明白？我再给您讲一遍
是不是已经告诉您要带身份证了？
上次不是告诉您本人到场即可，而是可以代办
对不起，早就告诉您了
如有意见，请找领导
请有意见找领导反映
我去找领导请示一下
请找领导签字
我就这样填可以吗？
您看怎么样？
手续不用您管，内部流转
我去问一下谁负责
您叫什么名字？
喊到您的号时请到窗口
抱歉，下班了，明天再来吧
马上下班了，请您快一点
谁让您代办的？请出示委托书
这么晚才给您答复，非常抱歉
早做准备
""".strip().splitlines()


@pytest.mark.parametrize("phrase", FORBIDDEN.phrases, ids=lambda phrase: phrase.text)
@pytest.mark.parametrize(
    "write",
    [
        lambda text: text,
        lambda text: text.replace(",", "，").replace("?", "？"),
        lambda text: text.replace(",", " "),
        " ".join,
        "　".join,
        "\u200b".join,
        lambda text: text.replace("你", "您"),
        lambda text: text.rstrip("。?!") + "！！！",
        lambda text: f"材料已收。{text}请核对。",
    ],
    ids=["to the letter", "full width", "blank", "spaced", "full-width blanks", "zero width", "您", "loud", "inside"],
)  # fmt: skip
def test_every_forbidden_phrase_is_found_whole_however_it_is_set(
    phrase: ForbiddenPhrase, write: Callable[[str], str]
) -> None:
    text = write(phrase.text)
    hits = guard(text)
    assert [hit.forbidden for hit in hits] == [phrase.text]
    assert hits[0].instead == phrase.instead
    assert hits[0].text == text[hits[0].start : hits[0].end]
    assert hits[0].text[0].replace("您", "你") == phrase.text[0]
    assert hits[0].text[-1] not in "。？?！!"


@pytest.mark.parametrize(("number", "text"), [(n, text) for n, texts in VARIANTS.items() for text in texts])
def test_variants_are_found_as_what_they_vary(number: int, text: str) -> None:
    assert [hit.forbidden for hit in guard(text)] == [FORBIDDEN.phrases[number - 1].text]


@pytest.mark.parametrize("text", LAWFUL + POLITE)
def test_lawful_and_polite_sentences_are_let_pass(text: str) -> None:
    assert guard(text) == []
    assert guard(f"说明：{text}；已登记。") == []


def test_the_lists_above_are_whole() -> None:
    assert list(VARIANTS) == [phrase.number for phrase in FORBIDDEN.phrases]
    assert len(LAWFUL) > 20
    assert len(POLITE) > 40


def test_positions_are_those_of_the_text_as_typed() -> None:
    text = "㎏　甲：“烦  死了！”，乙：真㏄，你　管不着。"
    assert [(hit.start, hit.end, hit.text) for hit in guard(text)] == [(5, 10, "烦  死了"), (18, 23, "你　管不着")]


def test_two_clauses_of_one_forbidden_phrase_are_one_find_and_two_phrases_are_two() -> None:
    assert [hit.text for hit in guard("快点儿，啰嗦什么！不办！不办！")] == ["快点儿，啰嗦什么", "不办！不办"]
    assert [hit.text for hit in guard("不知道。材料不全。不知道。")] == ["不知道", "不知道"]
    assert [hit.text for hit in guard("不知道，你问别人去")] == ["不知道", "问别人去"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("同志 不办 明天再说", 1),
        ("逾期 不办 理", 0),
        ("下午不办", 0),
        ("是否不办", 0),
        ("哎呀同志那我们就是不办", 1),
        ("哎呀哎呀哎呀哎呀哎呀哎呀哎呀哎呀哎呀不办", 0),
        ("办理结果\n不办\n", 1),
        ("", 0),
        ("……", 0),
        ("|", 0),
    ],
)
def test_a_short_phrase_counts_as_a_whole_clause_only(text: str, found: int) -> None:
    assert len(guard(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不得以“不知道”、“不清楚”等为由，敷衍问询。", 0),
        ("以“不知道”为由敷衍的，应当问责。", 0),
        ("禁用“烦死了”“真麻烦”等忌语。", 0),
        ("不得推诿。他说：“不知道。”", 1),
        ("当事人称窗口答复“不知道”，要求核实。", 1),
        ("不得说不知道 不办", 1),
    ],
)
def test_what_is_quoted_as_forbidden_passes_and_what_is_quoted_as_said_does_not(text: str, found: int) -> None:
    assert len(guard(text)) == found


def steps_of(text: str) -> int:
    """How many steps all the rules take that are tried on a text; they find what Python's own engine finds."""
    bare, taken = guarding._strip(text).text, 0
    for _, rule in FORBIDDEN.possible_in(bare):
        pattern = variant_rule._compiled_pattern(rule.pattern)
        search = Steps(pattern)
        assert search.finds(bare) == [match.span() for match in pattern.finditer(bare)], rule.pattern
        taken += search.taken
    return taken


@pytest.mark.parametrize(
    "run",
    [
        "了",
        "不知道",
        "就是",
        "正在",
        "哎呀",
        "下班了",
        "急什么",
        "你就",
        "真的是",
        "怎么就还",
        "不是都",
        "的",
        "，",
        " ",
    ],
)
def test_twice_the_repetitions_take_twice_the_steps(run: str) -> None:
    for around in ("{}", "下班{}", "{}不办", "我问{}谁"):
        once, twice = (around.format(run * (length // len(run))) for length in (60, 120))
        assert steps_of(twice) <= 2.2 * steps_of(once)
        guard(twice)  # patterns are compiled when they are first needed
        assert calls_in(partial(guard, twice)) <= 2.2 * calls_in(partial(guard, once))


@pytest.mark.parametrize(("slow", "run"), [("(?:了+)+不", "了"), ("(?:哎|呀|哎呀)+不", "哎呀")])
def test_a_pattern_that_makes_a_search_slow_is_noticed(slow: str, run: str) -> None:
    once, twice = Steps(re.compile(slow)), Steps(re.compile(slow))
    once.finds(run * 5)
    twice.finds(run * 10)
    assert twice.taken > 10 * once.taken
