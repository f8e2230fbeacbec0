from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.devices.identity_card import (
    ALSO_FOREIGN,
    MAY_BE_CUT,
    NO_NAME,
    NOT_HELD,
    IdentityCard,
)
from counter_assistant.devices.text_record import DamagedRecordError, read_record
from counter_assistant.domain.typed_text.id_type import IdType
from tests.devices.cards import (
    FOREIGN_NUMBER,
    NAME,
    NUMBER,
    OLD_FOREIGN_NUMBER,
    PERMIT_NUMBER,
    foreign,
    old_foreign,
    permit,
    resident,
)

TODAY = date(2026, 11, 23)
FULL = "阿依努尔·买买提阿不都热合曼肯"


@pytest.mark.parametrize("record", [resident(), permit(), old_foreign(), foreign()], ids=["resident", "J", "I", "Y"])
def test_every_record_is_256_bytes(record: bytes) -> None:
    assert len(record) == 256


def test_a_residents_card_gives_name_number_kind_and_last_day_and_nothing_else() -> None:
    assert read_record(resident()) == IdentityCard(NAME, NUMBER, IdType.RESIDENT, date(2036, 1, 1))


def test_the_person_is_not_in_the_repr() -> None:
    shown = repr(read_record(resident()))
    assert NAME not in shown
    assert NUMBER not in shown


def test_a_card_for_the_long_term_has_no_last_day() -> None:
    assert read_record(resident(until="长期")).until is None


def test_a_permit_of_hong_kong_macao_taiwan_residents_is_another_document() -> None:
    card = read_record(permit())
    assert (card.name, card.number, card.kind) == ("陈嘉欣", PERMIT_NUMBER, IdType.OTHER)


@pytest.mark.parametrize(
    ("record", "name", "number"),
    [
        (old_foreign(), "证件样本", OLD_FOREIGN_NUMBER),
        (old_foreign(chinese=""), "ZHENGJIAN, YANGBEN", OLD_FOREIGN_NUMBER),
        (foreign(), "ZHENGJIAN, YANGBEN", FOREIGN_NUMBER),
        (foreign(latin="ZHENGJIAN, YANGBEN ZHENG JIAN YANG BEN Z"), "ZHENGJIAN, YANGBEN ZHENG JIAN YANG BEN Z", FOREIGN_NUMBER),
        (foreign(chinese="证件样本"), "证件样本", FOREIGN_NUMBER),
    ],
)  # fmt: skip
def test_a_permanent_residents_card_gives_the_chinese_name_where_there_is_one(
    record: bytes, name: str, number: str
) -> None:
    card = read_record(record)
    assert (card.name, card.number, card.kind) == (name, number, IdType.FOREIGN_PERMANENT)


@pytest.mark.parametrize(
    ("record", "doubts"),
    [
        (resident(), []),
        (resident(name=FULL), [MAY_BE_CUT]),
        (resident(name=FULL[:-1]), []),
        (resident(name=""), [NO_NAME]),
        (resident(name="罗\ue863克"), [NOT_HELD]),
        (resident(name="罗？克"), [NOT_HELD]),
        (resident(name="罗 克"), [NOT_HELD]),
        (resident(name="罗\u3000克"), [NOT_HELD]),
        (resident(until="20261122"), ["证件有效期到2026年11月22日，已经过期。"]),
        (resident(until="20261123"), []),
        (old_foreign(), [ALSO_FOREIGN]),
        (foreign(), []),
        (foreign(latin="ZHENGJIAN, YANGBEN ZHENG JIAN YANG BEN ZHENGJI"), [MAY_BE_CUT]),
    ],
)
def test_what_is_doubtful_is_said_in_sentences(record: bytes, doubts: list[str]) -> None:
    assert read_record(record).doubts(TODAY) == doubts


def test_a_name_cut_in_the_middle_of_a_character_shows_that_something_is_missing() -> None:
    card = read_record(resident(name="阿依努尔·买买提阿不都热合曼𠅤"))
    assert card.name.endswith("\ufffd")
    assert card.doubts(TODAY) == [MAY_BE_CUT, NOT_HELD]


def test_a_zero_in_a_name_does_not_end_it() -> None:
    assert read_record(resident(name="罗\0克")).name == "罗\ufffd克"


@pytest.mark.parametrize(
    "record",
    [
        b"",
        resident()[:-1],
        resident() + b" ",
        resident(number="530900199003070018"),
        resident(number=PERMIT_NUMBER),
        resident(number=""),
        permit(number=NUMBER),
        foreign(number=NUMBER),
        old_foreign(number="PAK3100800101X3"),
        resident(until="20361301"),
        resident(until="明年"),
        resident()[:36] + "19900308".encode("utf-16-le") + resident()[52:],
        resident()[:248] + "K".encode("utf-16-le") + resident()[250:],
    ],
)
def test_a_record_that_does_not_agree_with_itself_is_refused(record: bytes) -> None:
    with pytest.raises(DamagedRecordError):
        read_record(record)


def test_what_is_refused_is_said_without_the_person() -> None:
    with pytest.raises(DamagedRecordError) as refused:
        read_record(resident(number="530900199003070018"))
    assert str(refused.value) == "证件号码校验不符"
