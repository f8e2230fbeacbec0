"""A visitor at the wrong office: from the empty desk to the 指引单 in the hand, by keys in the real window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.office_profile import Body
from tests.journeys.keys import Counter

pytestmark = pytest.mark.slow  # each opens the whole window

POLICE = Body("某县公安局某派出所", "身份证、户口簿", "城关路2号", "0883-2130110")


def test_the_wrong_office_takes_fewer_keys_from_the_search(counter: Counter) -> None:
    office = counter.office
    office.decide_profile(replace(office.profile, bodies=(Body("某市不动产登记中心", "不动产权证"), POLICE)))
    counter.write("补办身份证")
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)
    counter.type("2")
    counter.press(Qt.Key.Key_F9)
    counter.took("走错门，在框里写")
    text = counter.issued(SlipKind.GUIDANCE, "临公积金耿一引〔2026〕1号")
    assert "您所问的“补办身份证”不属于本单位业务" in text
    assert text.count(POLICE.name) == 2


def test_the_wrong_office_takes_few_keys(counter: Counter) -> None:
    # GIVEN an empty desk WHEN the visitor asks about an identity card
    office = counter.office
    office.decide_profile(replace(office.profile, bodies=(Body("某市不动产登记中心", "不动产权证"), POLICE)))
    counter.set_circumstance("3")
    counter.write("补办身份证")
    counter.press(Qt.Key.Key_Return)
    counter.type("2")
    counter.press(Qt.Key.Key_F9)
    counter.took("8 走错门，指引")

    # THEN the paper names what was asked, and the body with address and phone, and none of our items
    text = counter.issued(SlipKind.GUIDANCE, "临公积金耿一引〔2026〕1号")
    assert "您所问的“补办身份证”不属于本单位业务" in text
    for part in (POLICE.name, POLICE.address, POLICE.phone):
        assert text.count(part) == 2
    entry = office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    assert (entry.payload["applicant"]["name"], entry.payload["facts"]["item"]) == ("", "")

    # AND with Enter the next visitor may come
    counter.press(Qt.Key.Key_Return)
    assert counter.search.hasFocus()
    assert office.drafts.all() == []
