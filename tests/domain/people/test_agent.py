"""Who acts for another: in words, in printed form, and in agreement with who is said to come."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.people.agent import AGENTS, IN_PERSON, OFFERED, Agent, check_agent, check_relation
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.id_type import IdType

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("agent", "words"),
    [(Agent("李四", "配偶"), "李四（配偶）"), (Agent("李四"), "李四"), (Agent(relation="配偶"), "—")],
)
def test_an_agent_in_words(agent: Agent, words: str) -> None:
    assert agent.in_words() == words


def test_every_field_comes_back_in_its_printed_form() -> None:
    typed = Agent(" 玉香 ", "配偶", id_number="11010519491231002x", phone="138 8765 0461")
    checked = typed.checked(TODAY)
    assert checked == Agent("玉香", "配偶", id_number="11010519491231002X", phone="13887650461")
    assert (checked.masked_id, checked.masked_phone) == ("110105********002X", "138****0461")
    assert (Agent().checked(TODAY), Agent().masked_id, Agent().masked_phone) == (Agent(), "", "")


def test_another_document_than_the_resident_card_is_checked_as_what_it_is() -> None:
    passport = Agent("玉香", id_type=IdType.PASSPORT, id_number="E12345678")
    assert passport.checked(TODAY) == passport


def test_numbers_stand_in_no_representation() -> None:
    shown = repr(Agent("玉香", "配偶", IdType.PASSPORT, "E12345678", "13887650461"))
    assert shown == "Agent(name='玉香', relation='配偶')"


@pytest.mark.parametrize(
    ("wrong", "code", "sentence"),
    [
        (Agent("李\n四"), "unprintable-text", "代办人的姓名里有控制字符"),
        (Agent("李四", "远" * 21), "text-too-long", "代办人关系有 21 个字"),
        (Agent("李四", id_number="110105194912310021"), "id-number-doubtful", "代办人的身份证号码校验不符"),
        (Agent("李四", id_number="1", id_type=IdType.PASSPORT), "bad-id-number", "代办人的护照号码格式不对"),
        (Agent("李四", phone="无"), "bad-phone", "代办人的电话号码"),
    ],
)
def test_a_field_that_cannot_be_right_is_refused_as_the_agents(wrong: Agent, code: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        wrong.checked(TODAY)
    assert refused.value.code == code
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("who", "relation"),
    [
        ("spouse", "配偶"), ("spouse", "丈夫"), ("spouse", " 夫妻关系\u3000"), ("spouse", ""),
        ("parent_or_child", "女儿"), ("parent_or_child", "父子关系"), ("parent_or_child", "养母"),
        ("other", "女儿"), ("other", "同事"), ("guardian", "父亲"), ("employer", "经办人"), (None, "女儿"),
    ],
)  # fmt: skip
def test_a_relation_that_may_be_is_taken(who: str | None, relation: str) -> None:
    check_relation(relation, who)


@pytest.mark.parametrize("who", OFFERED)
def test_what_is_offered_is_taken(who: str) -> None:
    for relation in OFFERED[who]:
        check_relation(relation, who)


@pytest.mark.parametrize(
    ("who", "relation", "said"),
    [
        ("spouse", "女儿", ("情形是配偶代办，与申请人的关系却填了“女儿”。", "请改为配偶等相符的关系")),
        ("spouse", "夫妻朋友", ("情形是配偶代办", "请改为配偶等")),
        ("parent_or_child", "配偶", ("情形是父母子女代办", "请改为父亲、母亲、儿子、女儿等")),
        ("parent_or_child", "女婿", ("情形是父母子女代办", "请改为父亲、母亲、儿子、女儿等")),
    ],
)
def test_a_relation_of_somebody_else_is_refused_with_the_way_out(
    who: str, relation: str, said: tuple[str, str]
) -> None:
    with pytest.raises(Refusal) as refused:
        check_agent(Agent("李四", relation), who)
    assert refused.value.code == "agent-relation"
    assert refused.value.sentence.startswith(said[0])
    assert refused.value.remedy.startswith(said[1])
    assert refused.value.remedy.endswith("或者改“谁来办理”的回答。")


@pytest.mark.parametrize(
    ("agent", "what"),
    [
        (Agent(relation="配偶"), "与申请人的关系"), (Agent(id_number="1"), "证件号码"), (Agent(phone="1"), "电话"),
        (Agent(relation="配偶", phone="1"), "与申请人的关系、电话"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_agent_has_a_name(agent: Agent, what: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_agent(agent, "spouse")
    assert (refused.value.code, refused.value.sentence) == (
        "agent-name-needed", f"填了代办人的{what}，没有填代办人姓名。",
    )  # fmt: skip
    assert refused.value.remedy == f"请填代办人姓名，或者删去{what}。"


@pytest.mark.parametrize(("who", "comes"), IN_PERSON.items())
def test_nobody_acts_for_whoever_comes_in_person(who: str, comes: str) -> None:
    """An heir whom somebody acts for is 其他人代办, which asks for the agent's papers."""
    check_agent(Agent(), who)
    with pytest.raises(Refusal, match=f"情形是{comes}办理，却填了代办人") as refused:
        check_agent(Agent("李四"), who)
    assert (refused.value.code, refused.value.remedy) == (
        "agent-contradicts", "请改“谁来办理”的回答，或者删去代办人。",
    )  # fmt: skip
    assert who not in AGENTS


@pytest.mark.parametrize("who", [*AGENTS, "employer", None])
def test_an_agent_may_be_named_where_one_may_come(who: str | None) -> None:
    check_agent(Agent("李四"), who)
