"""Who applies: every field in its printed form, and masked where it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.refusal import Refusal

TODAY = date(2026, 11, 23)


def test_every_field_comes_back_in_its_printed_form() -> None:
    typed = Applicant(" 岩罕 ", "138 8765 0461", id_number="11010519491231002x", agent=Agent("玉香 ", "配偶"))
    checked = typed.checked(TODAY)
    assert checked == Applicant("岩罕", "13887650461", id_number="11010519491231002X", agent=Agent("玉香", "配偶"))
    assert (checked.masked_id, checked.masked_phone) == ("110105********002X", "138****0461")


def test_who_only_asks_need_not_say_who_he_is() -> None:
    nobody = Applicant().checked(TODAY)
    assert (nobody.masked_id, nobody.masked_phone, nobody.agent.in_words()) == ("未采集", "未留", "—")


@pytest.mark.parametrize(
    "wrong",
    [
        Applicant("张\u202e三"),
        Applicant(phone="无"),
        Applicant(id_number="1"),
        Applicant(agent=Agent("李\n四")),
        Applicant(agent=Agent("李四", "远" * 21)),
    ],
)
def test_a_field_that_cannot_be_right_is_refused(wrong: Applicant) -> None:
    with pytest.raises(Refusal):
        wrong.checked(TODAY)


def test_an_agent_of_before_numbers_were_kept_has_none() -> None:
    early = {**Applicant("赵六").to_payload(), "agent": {"name": "钱七", "relation": "友"}}
    assert Applicant.from_payload(early).agent == Agent("钱七", "友")


def test_whole_numbers_are_told_with_what_they_are_and_whose() -> None:
    alone = Applicant("赵六", phone="13800000000")
    assert alone.whole_in_words == ["电话 13800000000"]
    represented = replace(alone, phone="", agent=Agent("钱七", "友", phone="13900000000"))
    assert represented.whole_in_words == ["代办人：电话 13900000000"]
    assert Applicant("赵六").whole_in_words == []
