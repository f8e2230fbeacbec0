"""Edits drawn at random from everything that the editor offers, values and all: what a hand could do there, in any order."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.condition_sentence import (
    ConditionSentence,
    Joined,
    answered,
    asking,
    condition_of,
    joined_otherwise,
    sentence_of,
    turned,
    with_claim,
    without_claim,
)
from counter_assistant.domain.revision.editing.rows import moved
from counter_assistant.storage.characters.pinyin import initials
from counter_assistant.ui.items.editor.lines.guide_lines import WHOLE, guide_lines, is_row, slots_of, without_row
from counter_assistant.ui.items.editor.lines.questions import answer_at, removing_answer, with_answer_moved
from counter_assistant.ui.items.editor.lines.slots import ALL, Editing, Made, Slot, Way

CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号")
WORDS = (
    "写明用途和金额", "本人签名；盖章", "经办人核验", "近三个月的", "窗口当场核对", "中心各营业部", "单身证明", "户口簿", "身份证复印件",
    "有没有贷款（有、没有）", "房子在哪里（本市＝房屋在本市、外地＝房屋在外地、不清楚）", "复核：归集提取科", "收入证明：条例没有要求", "",
)  # fmt: skip


class Hand:
    """Somebody who changes an item here and there."""

    def __init__(self, chance: random.Random, catalogue: Catalogue, posts: Mapping[str, str]) -> None:
        self.chance, self.catalogue, self.posts = chance, catalogue, posts

    def edit(self, item: ServiceItem) -> tuple[str, Made]:
        """One edit: what was done, and what it comes to.

        Raises:
            Refusal: what the act refuses.
        """
        editing = Editing(item, self.catalogue, self.posts, initials)
        lines = guide_lines(editing)
        if self.chance.random() < 0.15:
            row = self.chance.choice([line.row for line in lines if is_row(line.row)])
            if answers := [slot.spot for slot in slots_of(lines) if answer_at(slot.spot)]:
                spot = self.chance.choice(answers)
                match self.chance.randrange(4):
                    case 0:
                        return f"moved {spot}", with_answer_moved(editing, spot, self.chance.choice((-1, 1)))
                    case 1:
                        removing = removing_answer(editing, spot)
                        return f"removed {spot}", removing.act("", lambda: CENTRE, self.scope(removing))
            if self.chance.random() < 0.5:
                assert row.index is not None
                return f"moved {row}", moved(item, row.field, row.index, self.chance.choice((-1, 1)))
            return f"removed {row}", without_row(item, row)
        slot = self.chance.choice(
            [slot for slot in slots_of(lines) if slot.way is not Way.CLOSED and slot.spot.field not in WHOLE]
        )
        value = self.value(item, slot)
        scope = self.scope(slot)
        return f"{slot.key} = {value!r} for {scope}", slot.act(value, lambda: CENTRE, scope)

    def scope(self, slot: Slot) -> str:
        """Whom an act is for."""
        return self.chance.choice(slot.scopes).code if slot.scopes else ALL

    def value(self, item: ServiceItem, slot: Slot) -> Any:
        """A value such as a hand could give."""
        match slot.way:
            case Way.TEXT:
                words = self.chance.choice(WORDS)
                return words if slot.adds or self.chance.random() < 0.5 else f"{slot.value}{words}"
            case Way.NUMBER:
                return self.chance.choice((0, 1, 1, 2, 3, 10, 999))
            case Way.ONE:
                return self.chance.choice(slot.choices).code if slot.choices else ""
            case Way.SOURCE:
                return self.chance.choice((CENTRE, replace(CENTRE, document="临公积金〔2026〕10号")))
            case Way.MANY:
                codes = [choice.code for choice in slot.choices]
                return tuple(self.chance.sample(codes, self.chance.randint(0, min(len(codes), 4))))
            case _:
                return self.condition(item, slot.value)

    def condition(self, item: ServiceItem, before: Condition) -> Condition:
        """A sentence after some acts upon it, those that are refused left out."""
        said = sentence_of(self.chance.choice((before, Always())))
        assert said is not None
        for _ in range(self.chance.randint(1, 4)):
            try:
                said = self._changed(item, said)
            except Refusal:
                continue
        return condition_of(said)

    def _changed(self, item: ServiceItem, said: ConditionSentence) -> ConditionSentence:
        if not said.claims or self.chance.random() < 0.3:
            said = with_claim(item, said, self.chance.choice(list(Joined)))
        i = self.chance.randrange(len(said.claims))
        asked = self.chance.choice(item.questions)
        options = [option.code for option in asked.question.options]
        match self.chance.randrange(6):
            case 0:
                return turned(said, i)
            case 1:
                return joined_otherwise(said)
            case 2:
                return without_claim(said, i)
            case _:
                codes = tuple(self.chance.sample(options, self.chance.randint(1, len(options))))
                return answered(item, asking(item, said, i, asked.id), i, codes)
