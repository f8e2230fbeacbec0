"""What a keeper binds a complaint's papers in: cover, catalogue, remarks; who complained is named on none of them, and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import NameKept
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, Satisfaction, StepTold, TellingWay
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.complaint_volume import volume_of, volume_of_year
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.storage.sealing.sealed_payload import RegisterKey
from tests.make import NOW, text_of
from tests.operations.registers.test_complaint_paper import ABOUT, NAME, PHONE, PLACE, STEPS, TEXT, TOLD

SAID = (NAME, PHONE, PLACE, TEXT, ABOUT, "又打来")


class Clock:
    """A clock that a test moves."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def moved() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, moved: Clock) -> Iterator[Office]:
    with closing(open_office(tmp_path, moved, training=True)) as made:
        yield made


def filed(office: Office, volume: str = "2026投1", kept: NameKept = NameKept.NAMED) -> str:
    """A complaint that two keepers brought to its file, with something added."""
    key = register_key(office)
    number = complaints.record(office, key, replace(TOLD, name_kept=kept)).number
    complaints.supplement(office, key, number, "又打来")
    for step, says in STEPS:
        clerk = "0001" if step in (ComplaintStep.ACCEPT, ComplaintStep.TRANSFER) else "0002"
        told = StepTold(number, step, **{**says, **({"volume": volume} if step is ComplaintStep.FILE else {})})
        complaints.take_step(office, key, told, clerk=clerk)
    return number


def pages_of(pdf: bytes) -> list[str]:
    """What stands on each page, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_file_of_one_has_its_papers_in_their_order(office: Office) -> None:
    number = filed(office)
    cover, catalogue, remarks = pages_of(volume_of(office, register_key(office), number.lower()))
    for said in (
        "案卷封面",
        "类目名称投诉举报",
        f"案卷题名2026年投诉举报卷（时限，编号{number}）",
        "立卷号2026投1",
        "件数9件",
    ):
        assert said in cover
    assert "时间2026年11月23日立卷号" in cover, "a single day is written once"
    assert "顺序号文号责任者题名日期页号备注" in catalogue
    titles = (
        "投诉来访登记表", "投诉人提供的附件：照片1张", "补充记录", "受理记录", "转办记录", "核实（调查）材料", "处理意见", "反馈记录",
        "回访记录（基本满意）",
    )  # fmt: skip
    places = [catalogue.index(title) for title in titles]
    assert places == sorted(places)
    assert catalogue.count("20261123") == 9
    second = office.profile.clerk("0002").name
    assert f"6{second}核实（调查）材料" in catalogue
    assert "本卷收投诉1件、文件9件" in remarks
    assert "姓名保密" not in catalogue + remarks
    for line in ("立卷人：", "检查人：", "立卷时间："):
        assert line in remarks


def test_nobody_is_named_whoever_asked_for_it(office: Office) -> None:
    before = office.book.head()
    number = filed(office, kept=NameKept.WITHHELD)
    head = office.book.head()
    whole = text_of(volume_of(office, register_key(office), number)) + text_of(
        volume_of_year(office, register_key(office), 2026)
    )
    assert [said for said in SAID if said in whole] == []
    assert "姓名保密" in whole
    assert "要求对姓名保密的1件" in whole
    assert (office.book.head(), office.prints.unprinted()) == (head, [])
    assert before != head


def test_a_year_is_one_file_of_what_was_filed_in_it(office: Office, moved: Clock) -> None:
    key = register_key(office)
    first, second = filed(office), filed(office, "2026投2")
    complaints.record(office, key, TOLD)
    moved.now = NOW + timedelta(days=365)
    later = filed(office, "2027投1")
    cover, catalogue, remarks = pages_of(volume_of_year(office, key, 2026))
    assert "2026年投诉举报卷（2件）立卷号" not in cover
    assert "案卷题名2026年投诉举报卷（2件）" in cover
    assert "立卷号2026投1等2个" in cover
    assert (first in catalogue, second in catalogue, later in catalogue) == (True, True, False)
    assert "本卷收投诉2件、文件18件" in remarks
    assert "立卷号2027投1" in pages_of(volume_of_year(office, key, 2027))[0]


def test_what_has_no_papers_yet_is_refused_with_what_to_do(office: Office) -> None:
    key = register_key(office)
    number = complaints.record(office, key, TOLD).number
    stranger = RegisterKey(key.public)
    refusing: tuple[tuple[Callable[[], bytes], str], ...] = (
        (lambda: volume_of(office, key, number), "complaint-not-accepted"),
        (lambda: volume_of_year(office, key, 2026), "nothing-filed"),
        (lambda: volume_of(office, stranger, number), "not-a-keeper"),
        (lambda: volume_of_year(office, stranger, 2026), "not-a-keeper"),
    )
    for make, code in refusing:
        with pytest.raises(Refusal) as refusal:
            make()
        assert refusal.value.code == code
        assert refusal.value.remedy
    complaints.take_step(office, key, StepTold(number, ComplaintStep.ACCEPT, way=TellingWay.PHONE))
    cover, catalogue, _ = pages_of(volume_of(office, key, number))
    assert "立卷号保管期限" in cover, "it is written by hand"
    assert "核实" not in catalogue
    assert Satisfaction.UNKNOWN.label not in catalogue


def test_a_year_of_many_goes_over_several_pages_with_its_head_on_each(office: Office) -> None:
    for n in range(6):
        filed(office, f"2026投{n}")
    pages = pages_of(volume_of_year(office, register_key(office), 2026))
    catalogue = [page for page in pages if "顺序号" in page]
    assert len(catalogue) == len(pages) - 2 == 2
    assert "54" in catalogue[1]
