"""指南的每一行：能改的字各有一处，原样写回去就什么也没有变，念得出来的都在."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.questions import Question
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.condition_sentence import TOO_DEEP
from counter_assistant.domain.revision.editing.items import copied
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.revision import ItemRetired, QuestionEdited, TextEdited, applied
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.program import program
from counter_assistant.storage.characters.pinyin import initials
from counter_assistant.ui.items.editor.lines.guide_lines import guide_lines, slots_of
from counter_assistant.ui.items.editor.lines.head import article_code, read_article
from counter_assistant.ui.items.editor.lines.questions import removing_answer, with_answer_moved
from counter_assistant.ui.items.editor.lines.slots import Editing, Slot, Way

CATALOGUE = program().catalogue
CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号")
every_item = pytest.mark.parametrize(
    "item", [newest(CATALOGUE, id_) for id_ in CATALOGUE.items], ids=lambda item: item.id
)


def editing(item: ServiceItem) -> Editing:
    return Editing(item, CATALOGUE, {step.post: step.post for step in item.steps if step.post}, initials)


def slots(item: ServiceItem) -> dict[str, Slot]:
    return {slot.key: slot for slot in slots_of(guide_lines(editing(item)))}


def act(item: ServiceItem, key: str, value: object) -> ServiceItem:
    made = editing(item).text_after(slots(item)[key].act(value, lambda: CENTRE))
    assert made is not None
    return made


def asked(catalogue: Catalogue, item: str, question: str) -> Question:
    found = newest(catalogue, item).asked(question)
    assert found is not None
    return found.question


def shown(item: ServiceItem) -> str:
    lines = guide_lines(editing(item))
    words = "\n".join("".join(piece.text for piece in line.pieces) for line in lines)
    return words.replace("\u2060", "").replace("\u00a0", " ")


@every_item
def test_each_place_has_a_key_of_its_own(item: ServiceItem) -> None:
    keys = [slot.key for slot in slots_of(guide_lines(editing(item)))]
    assert len(set(keys)) == len(keys)


@every_item
def test_what_is_written_back_as_it_was_changes_nothing(item: ServiceItem) -> None:
    """Words that are marked 待核定 are the centre's once it has written them, even as they were."""
    for slot in slots(item).values():
        if (not slot.adds or slot.way is Way.MANY) and TO_CONFIRM not in str(slot.value):
            assert slot.act(slot.value, lambda: CENTRE) == item, slot.key


@every_item
def test_whatever_may_be_picked_is_there_to_be_picked(item: ServiceItem) -> None:
    for slot in slots(item).values():
        codes = [choice.code for choice in slot.choices]
        assert len(set(codes)) == len(codes), slot.key
        if slot.way is Way.ONE and not slot.adds:
            assert slot.value in codes, slot.key
        if slot.way is Way.MANY:
            assert set(slot.value) <= set(codes), slot.key


@every_item
def test_everything_that_the_guide_says_can_be_read(item: ServiceItem) -> None:
    words = shown(item)
    said = [
        item.name,
        item.department,
        item.procedure,
        item.flow,
        item.standard,
        item.remedy,
        item.redress,
        item.refusal,
    ]
    said += [condition.text for condition in item.conditions] + [note.text for note in item.notes]
    said += [step.name for step in item.steps] + [entry.why for entry in item.never_ask]
    said += [text for rule in item.materials for text in (rule.material.name, rule.material.requirement)]
    said += [asked.question.text for asked in item.questions]
    assert [text for text in said if text not in words] == []


def test_a_condition_reads_as_a_sentence_and_a_deeper_one_says_why_it_is_closed() -> None:
    assert "当〔婚姻状况〕是〔已婚〕或者〔办理人〕是〔配偶〕 须出示“结婚证”" in shown(newest(CATALOGUE, "B08"))
    deep = [slot for slot in slots(newest(CATALOGUE, "B05")).values() if slot.way is Way.CLOSED]
    assert [slot.why for slot in deep] == [TOO_DEEP, TOO_DEEP]


def test_an_article_comes_back_from_its_code() -> None:
    refs = {ref for texts in CATALOGUE.items.values() for item in texts for ref in item.basis}
    assert {read_article(article_code(ref)) for ref in refs} == refs


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("steps.new", "再核：归集提取科", "再核：归集提取科"),
        ("conditions.new", "未被列入失信名单", "未被列入失信名单"),
        ("notes.new", "每年提一次", "说明　每年提一次"),
        ("never_ask.new", "收入证明：条例没有要求", "不得要求　收入证明：条例没有要求"),
        ("materials.new", "水电费单", "水电费单　原件 1 复印件 0"),
        ("materials.shared", "household-register", "“户口簿”"),
        ("questions.new", "有没有贷款（有＝名下有贷款、没有）", "1　有　纸上写　名下有贷款"),
        ("questions.shared", "house", "房屋类型"),
    ],
)
def test_what_is_added_stands_there(key: str, value: str, told: str) -> None:
    item = newest(CATALOGUE, "B08")
    assert told not in shown(item)
    assert told in shown(act(item, key, value))


def test_a_new_question_is_told_apart_with_what_it_prints() -> None:
    item = newest(CATALOGUE, "B08")
    made = slots(item)["questions.new"].act("有没有贷款（有＝名下有贷款、没有）", lambda: CENTRE)
    assert isinstance(made, TextEdited)
    assert made.question is not None
    assert [(o.label, o.phrase) for o in made.question.options] == [("有", "名下有贷款"), ("没有", "有没有贷款：没有")]
    assert (made.question.text, made.question.topic) == ("有没有贷款", "有没有贷款")
    named = slots(item)["questions.new"].act("名下贷款：有没有贷款？（有＝名下有贷款、没有）", lambda: CENTRE)
    assert isinstance(named, TextEdited)
    assert named.question is not None
    assert (named.question.text, named.question.topic) == ("有没有贷款？", "名下贷款")
    bare = slots(item)["questions.new"].act("名下有没有贷款", lambda: CENTRE)
    assert isinstance(bare, TextEdited)
    assert bare.question is not None
    assert [option.label for option in bare.question.options] == ["是", "否"], "to be changed in their places"


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("有，没有", [("有", "手里有没有：有"), ("没有", "手里有没有：没有")]),
        ("有＝有新单位，或者在别处开户、没有", [("有", "有新单位，或者在别处开户"), ("没有", "手里有没有：没有")]),
        ("有＝有合同、发票；没有＝都没有", [("有", "有合同、发票"), ("没有", "都没有")]),
    ],
)
def test_what_an_answer_prints_may_hold_a_comma(typed: str, answers: list[tuple[str, str]]) -> None:
    made = slots(newest(CATALOGUE, "B08"))["questions.new"].act(f"手里有没有（{typed}）", lambda: CENTRE)
    assert isinstance(made, TextEdited)
    assert made.question is not None
    assert [(option.label, option.phrase) for option in made.question.options] == answers


def test_a_question_that_is_there_is_picked_not_made_again() -> None:
    with pytest.raises(Refusal) as refused:
        slots(newest(CATALOGUE, "B08"))["questions.new"].act("房屋类型（新房、旧房）", lambda: CENTRE)
    assert refused.value.code == "known-already"


def test_what_breaks_a_requirement_brings_what_is_then_said() -> None:
    item = newest(CATALOGUE, "B08")
    when = slots(item)["materials[4].when"].value
    made = act(item, "conditions[1].when", when)
    assert made.conditions[1].broken_text == "您不符合“本人及配偶在本市无自有住房”"
    assert slots(made)["conditions[1].broken_text"].value == made.conditions[1].broken_text


def test_an_item_is_copied_and_retired_as_a_whole() -> None:
    item = newest(CATALOGUE, "B08")
    assert act(item, "copy.", "租赁保障房提取") == copied(CATALOGUE, item, "租赁保障房提取")
    assert slots(item)["retire."].act("retire", lambda: CENTRE) == ItemRetired("B08")
    assert slots(item)["retire."].act("", lambda: CENTRE) is item
    assert "retire." not in slots(copied(CATALOGUE, item, "租赁保障房提取"))


def test_a_new_material_can_be_written_once_more_for_another_situation() -> None:
    """As a shared one can: its second row is picked from those that there are."""
    item = act(newest(CATALOGUE, "B01"), "materials.new", "资金监管协议")
    made = item.materials[-1].material
    first = act(item, f"materials[{len(item.materials) - 1}].when", Answered("deed", ("issued",)))
    hints = {choice.code: choice.hint for choice in slots(first)["materials.shared"].choices}
    assert hints[made.id] == "再写一行，另一种情形"
    again = act(first, "materials.shared", made.id)
    assert [rule.when for rule in again.materials if rule.material.id == made.id] == [
        Answered("deed", ("issued",)), Always(),
    ]  # fmt: skip


def test_what_a_shared_question_concerns_is_said_before_it_is_changed() -> None:
    item = newest(CATALOGUE, "B08")
    assert "简称　婚姻状况影响 7 个事项" in shown(item)
    scopes = slots(item)["questions[1].text"].scopes
    assert [choice.label for choice in scopes] == ["7 个事项都改", "只改本事项，另成一个问题"]
    assert slots(item)["questions[3].text"].scopes == (), "no other item asks it"


def test_a_shared_question_is_reworded_for_all_or_becomes_the_items_own() -> None:
    slot = slots(newest(CATALOGUE, "B08"))["questions[1].topic"]
    everywhere = slot.act("婚否", lambda: CENTRE, "all")
    assert isinstance(everywhere, QuestionEdited)
    assert len(everywhere.items) == 7
    topics = {asked(applied(CATALOGUE, everywhere), id_, "marital").topic for id_ in everywhere.items}
    assert topics == {"婚否"}
    own = slot.act("婚否", lambda: CENTRE, "own")
    assert isinstance(own, QuestionEdited)
    assert own.items == ("B08",)
    made = newest(applied(CATALOGUE, own), "B08")
    assert made.asked("marital") is None
    assert "当〔婚否〕是〔已婚〕或者〔办理人〕是〔配偶〕 须出示“结婚证”" in shown(made)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("questions[3].text", "想怎么提取", "4　想怎么提取　　简称　租房提取方式"),
        ("questions[3].topic", "提取办法", "简称　提取办法"),
        ("questions[3].answer.ration.label", "固定数额", "1　固定数额　纸上写　按定额提取"),
        ("questions[3].answer.ration.phrase", "按规定数额", "1　定额　纸上写　按规定数额"),
        ("questions[3].answer", "按季＝按季度提取", "3　按季　纸上写　按季度提取"),
    ],
)
def test_every_word_of_a_question_is_changed_in_its_place(key: str, value: str, told: str) -> None:
    item = newest(CATALOGUE, "B08")
    codes = [option.code for option in item.questions[3].question.options]
    made = editing(item).text_after(slots(item)[key.replace("ration", codes[0])].act(value, lambda: CENTRE))
    assert made is not None
    assert told in shown(made)


def test_an_answer_is_added_for_all_or_for_this_item_only() -> None:
    slot = slots(newest(CATALOGUE, "B08"))["questions[1].answer"]
    everywhere = slot.act("再婚", lambda: CENTRE, "all")
    assert isinstance(everywhere, QuestionEdited)
    after = applied(CATALOGUE, everywhere)
    assert all(len(asked(after, id_, "marital").options) == 5 for id_ in everywhere.items)
    here = slot.act("再婚", lambda: CENTRE, "here")
    assert isinstance(here, TextEdited)
    after = applied(CATALOGUE, here)
    assert [o.label for o in after.questions["marital"].options][-1] == "再婚"
    assert len(asked(after, "B09", "marital").options) == 4


def test_an_answer_is_moved_here_and_the_others_follow_when_they_are_told_to() -> None:
    item = newest(CATALOGUE, "B08")
    spot = Spot("questions", 1, "answer.married.label")
    moved = with_answer_moved(editing(item), spot, -1)
    assert [o.code for o in moved.questions[1].question.options][:2] == ["married", "unmarried"]
    catalogue = applied(CATALOGUE, TextEdited(moved))
    lines = Editing(moved, catalogue, {}, initials)
    sharing = next(slot for slot in slots_of(guide_lines(lines)) if slot.key == "questions[1].shared")
    order = sharing.act(sharing.choices[-1].code, lambda: CENTRE)
    assert isinstance(order, QuestionEdited)
    assert order.before == order.after, "no question is kept that nobody ever asked"
    after = applied(catalogue, order)
    orders = {tuple(o.code for o in asked(after, id_, "marital").options) for id_ in order.items}
    assert orders == {tuple(o.code for o in moved.questions[1].question.options)}
    assert len(sharing.choices) == 3
    assert len(slots(item)["questions[1].shared"].choices) == 2, "all have one order"
    assert sharing.act("", lambda: CENTRE) is moved
    alone = sharing.act(sharing.choices[1].code, lambda: CENTRE)
    assert isinstance(alone, QuestionEdited)
    assert alone.items == ("B08",)


def test_an_answer_is_taken_away_for_all_or_here_and_never_while_it_is_in_use() -> None:
    item = newest(CATALOGUE, "B08")
    used = removing_answer(editing(item), Spot("questions", 1, "answer.married.label"))
    for scope in ("all", "here"):
        with pytest.raises(Refusal) as refused:
            used.act("", lambda: CENTRE, scope)
        assert refused.value.code == "answer-in-use"
    free = removing_answer(editing(item), Spot("questions", 0, "answer.self.label"))
    here = free.act("", lambda: CENTRE, "here")
    assert isinstance(here, ServiceItem)
    assert [o.code for o in here.questions[0].question.options] == ["spouse", "parent_or_child", "other"]
    assert "另有 4 个回答没有给选" in shown(here)


@every_item
def test_every_row_says_what_carries_it_and_can_be_given_another_document(item: ServiceItem) -> None:
    found = {slot.key: slot for slot in slots(item).values() if slot.way is Way.SOURCE}
    for field in ("conditions", "notes", "questions", "never_ask"):
        for i in range(len(getattr(item, field))):
            made = found[f"{field}[{i}].source"].act(CENTRE, lambda: CENTRE)
            assert getattr(made, field)[i].source == CENTRE
    for i, rule in enumerate(item.materials):
        made = found[f"materials[{i}].wording"].act(CENTRE, lambda: CENTRE)
        assert isinstance(made, ServiceItem)
        assert (made.materials[i].wording or made.materials[i].material.source) == CENTRE
        assert made.materials[i].material.name == rule.material.name
    assert found["promised.source"].act(CENTRE, lambda: CENTRE) != item


def test_what_carries_a_row_stands_aside_and_an_open_row_is_known() -> None:
    lines = guide_lines(editing(newest(CATALOGUE, "B08")))
    aside = ["".join(piece.text for piece in line.pieces if piece.aside) for line in lines]
    assert "来源：参照上海 2023 年指南" in aside
    assert any(text.endswith("✓") for text in aside)
    assert {line.row.field for line in lines if line.open} >= {"materials"}
    long = Source("guide", city="上海", year=2023, note="很长的一段说明，写着是从哪一年哪一份指南的哪一页来的")
    text = newest(CATALOGUE, "B08")
    noted = replace(text, conditions=(replace(text.conditions[0], source=long), *text.conditions[1:]))
    (told,) = (line for line in guide_lines(editing(noted)) if line.row == Spot("conditions", 0) and line.open)
    assert len(told.pieces[-1].text) == len("来源：") + 24
    assert told.pieces[-1].text.endswith("…")


def test_what_carries_the_halves_of_a_material_is_the_same_until_one_has_its_own_document() -> None:
    item = newest(CATALOGUE, "B08")

    def halves(text: ServiceItem) -> list[str]:
        lines = [line for line in guide_lines(editing(text)) if line.row == Spot("materials", 0)]
        return [piece.text for line in lines for piece in line.pieces if piece.aside]

    assert halves(item) == ["来源：参照上海 2023 年指南", "来源同上"]
    made = act(item, "materials[0].wording", CENTRE)
    assert halves(made) == ["临公积金〔2026〕9号第五条\u00a0✓", "来源：参照上海 2023 年指南"]
    assert halves(act(made, "materials[0].need", CENTRE)) == ["临公积金〔2026〕9号第五条\u00a0✓"]


def test_a_limit_of_no_day_reads_as_it_is_told() -> None:
    item = newest(CATALOGUE, "B08")
    assert item.promised.n == 0
    assert "承诺　当场或者当天办结，" in shown(item)
    assert "0 个工作日" not in shown(item)
    later = act(item, "promised.n", 3)
    assert "承诺　自材料补齐之日起 3 个工作日内办结，" in shown(later)
    assert slots(later).keys() - slots(item).keys() == {"promised.start", "promised.unit"}
    assert act(later, "promised.n", 0).promised == replace(item.promised, source=CENTRE)
