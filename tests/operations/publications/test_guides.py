"""办事指南：every item of the catalogue, under the old law and the new, with all its elements on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from counter_assistant.domain.calendar.workdays import Deadline
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Fields, Run, Table
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.guides import count_sheet, guide
from tests.make import an_office, confirmed
from tests.places import GOLDEN

BEFORE, TODAY = date(2026, 9, 19), date(2026, 11, 23)
ELEMENTS = (
    "事项名称",
    "政策规定",
    "资格要求",
    "必备手续",
    "办理程序",
    "办事流程",
    "服务标准",
    "时限承诺",
    "责任人",
    "具体经办人",
    "联系电话",
)
"""守则 一(四)2."""
MOST_PAGES = 3


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Office]:
    office = an_office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()


def table(sheet: Sheet) -> Table:
    return next(element for element in sheet.body if isinstance(element, Table))


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.slow
@pytest.mark.parametrize("day", [BEFORE, TODAY])
def test_every_item_prints_all_eleven_elements(office: Office, day: date) -> None:
    """GIVEN a law day WHEN every item with a text on it is set THEN nothing is missing, open or empty."""
    texts = [texts for texts in (office.catalogue.item(name, day) for name in office.catalogue.items) if texts]
    assert len(texts) == (48 if day == TODAY else 8)
    for item in texts:
        pages = pages_of(office.program.typesetter.sheet(guide(office, item.id, day)))
        text = "".join(pages)
        assert [element for element in ELEMENTS if element not in text] == [], item.id
        assert [odd for odd in ("{{", "{%", "None", "。。", "：。", "；；") if odd in text] == [], item.id
        assert len(pages) <= MOST_PAGES, item.id
        assert item.name.replace(" ", "") in text


def test_every_material_of_every_item_has_its_condition(office: Office) -> None:
    for name in office.catalogue.items:
        item = office.catalogue.item(name, TODAY)
        assert item is not None
        rows = table(guide(office, name, TODAY)).rows
        assert len(rows) == len(item.materials)
        assert all(row[5].text == "都需要" or len(row[5].text) > 2 for row in rows), name
        assert [row[0].text for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize(("name", "item", "day"), [("B08", "B08", TODAY), ("B08-before", "B08", BEFORE)])
def test_the_words_are_those_of_the_golden_file(office: Office, name: str, item: str, day: date) -> None:
    text = "\n".join(guide(office, item, day).lines()) + "\n"
    path = GOLDEN / f"guide-{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_each_day_shows_its_own_law(office: Office) -> None:
    before, now = ("".join(guide(office, "B08", day).lines()) for day in (BEFORE, TODAY))
    assert "2019年修订" in before
    assert "2026年修订" not in before
    assert "2026年修订" in now
    assert "单位提取证明" not in before.split("不得要求")[1]


def test_a_day_before_the_first_text_and_an_unknown_item_are_refused(office: Office) -> None:
    with pytest.raises(Refusal) as early:
        guide(office, "A01", BEFORE)
    with pytest.raises(Refusal) as unknown:
        guide(office, "Z99", TODAY)
    assert (early.value.code, unknown.value.code) == ("no-text-for-day", "unknown-item")


def test_what_is_approved_loses_its_mark_once_the_office_is_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = an_office(tmp_path)
    approve(office, ["B08"], TODAY, Approval("临公积金〔2026〕9号", TODAY, "中心办公会"))
    assert guide(office, "B08", TODAY).mark == "示例，待本中心核定"
    monkeypatch.setitem(office.__dict__, "profile", confirmed(office.profile))
    sheet = guide(office, "B08", TODAY)
    assert sheet.mark == ""
    assert "本事项经中心办公会临公积金〔2026〕9号核定，自2026年11月23日起受理的适用" in sheet.notes
    lines = "".join(sheet.lines())
    assert "待核定" not in lines
    assert "＊" not in lines
    assert "本人及配偶无未结清的公积金贷款（本中心核定）" in lines
    assert "机构人员为示例" not in sheet.notes
    office.close()


def test_what_the_office_looks_up_itself_needs_no_bringing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    item = office.catalogue.item("B08", TODAY)
    assert item is not None
    ids = [rule.material.id for rule in item.materials if rule.material.submit is Submit.SHOW]
    names = {rule.material.name for rule in item.materials if rule.material.id == ids[-1]}
    monkeypatch.setitem(office.__dict__, "profile", replace(office.profile, shared_materials=(ids[-1],)))
    rows = [row for row in table(guide(office, "B08", TODAY)).rows if row[1].text.rstrip("＊") in names]
    assert rows
    assert {row[2].text for row in rows} == {"免提交"}


def test_a_handling_that_hangs_on_the_situation_is_told_for_each(office: Office) -> None:
    mixed = [texts[-1] for texts in office.catalogue.items.values() if len(texts[-1].handling) > 1]
    assert mixed
    for item in mixed:
        lines = guide(office, item.id, TODAY).lines()
        (handling,) = [line for line in lines if "办理方式：" in line]
        assert "的，" in handling
        assert "其他情形，" in handling


class TestCount:
    def counted(self, office: Office, start: date, n: int, unit: str = "workday") -> tuple[Sheet, Deadline]:
        deadline = office.calendar.deadline(start, n, unit)
        return count_sheet(office, "租赁市场住房提取", deadline), deadline

    def test_each_day_stands_with_its_reason_and_number(self, office: Office) -> None:
        """GIVEN three working days from 30 September THEN the holiday does not count and the due day is strong."""
        sheet, deadline = self.counted(office, date(2026, 9, 30), 3)
        rows = table(sheet).rows
        assert len(rows) == len(deadline.days)
        assert [run.text for run in rows[0]][:5] == ["2026年10月1日", "四", "不计", "国庆节放假", "—"]
        assert [row[4].text for row in rows if row[2].text == "计入"] == ["第1日", "第2日", "第3日"]
        assert [all(run.strong for run in row) for row in rows] == [False] * (len(rows) - 1) + [True]
        assert rows[-1][5] == Run("到期", strong=True)
        assert "预计" not in "".join(sheet.texts())

    def test_an_unpublished_year_makes_it_provisional(self, office: Office) -> None:
        sheet, _ = self.counted(office, date(2026, 12, 30), 5)
        assert sheet.mark == "预计"
        assert "如遇调休以实际工作日为准" in "".join(sheet.texts())

    def test_a_limit_of_the_same_day_has_nothing_to_count(self, office: Office) -> None:
        sheet, _ = self.counted(office, TODAY, 0)
        assert not [element for element in sheet.body if isinstance(element, Table)]
        assert "当天到期" in "".join(sheet.texts())
        head = sheet.body[0]
        assert isinstance(head, Fields)
        assert head.rows[1][0].text == "2026年11月23日 星期一"

    def test_a_long_count_runs_over_pages(self, office: Office) -> None:
        sheet, deadline = self.counted(office, date(2026, 3, 2), 60, "day")
        pages = pages_of(office.program.typesetter.sheet(sheet))
        assert len(pages) > 1
        assert "按自然日计算" in pages[-1]
        dates = [f"{day.date.year}年{day.date.month}月{day.date.day}日" for day in deadline.days]
        assert [day for day in dates if day not in "".join(pages)] == []
