"""The stack of first copies at a day's end: which are missing, what lies in the volume, its list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing as closing_at_end
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from counter_assistant.domain.closing.closing_entry import Closed, Period
from counter_assistant.domain.closing.copies import Signature
from counter_assistant.domain.papers.slip import Table
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping import closing, copies
from counter_assistant.operations.safekeeping.volume_list import volume_list
from tests.make import a_request
from tests.roles import Counter

SIGNED, REFUSED, MISSING = Signature


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    with closing_at_end(made.office):
        yield made


def slips(office: Office, n: int) -> list[str]:
    issued = [issue_slip(office, a_request()).slip for _ in range(n)]
    return [slip.number for slip in issued if slip]


def close_today(counter: Counter) -> Closed:
    return closing.close(counter.office, Period.DAY, counter.office.today().isoformat())[0]


def refused(office: Office, closed: Closed, numbers: list[str]) -> str:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        copies.file_copies(office, closed, dict.fromkeys(numbers, SIGNED))
    assert office.book.head() == before
    return refusal.value.code


def test_what_was_not_scanned_is_missing(counter: Counter) -> None:
    office = counter.office
    numbers = slips(office, 4)
    closed = close_today(counter)
    assert list(copies.copies_of(office, closed).missing) == numbers
    copies.file_copies(office, closed, {numbers[2]: SIGNED, numbers[0]: REFUSED})
    now = copies.copies_of(office, closed)
    assert list(now.missing) == [numbers[1], numbers[3]]
    assert [(number, filed.signature) for number, (_, filed) in now.filed.items()] == [
        (numbers[2], SIGNED),
        (numbers[0], REFUSED),
    ]
    assert office.book.check().ok


def test_what_did_not_come_back_is_asked_for_the_next_day_and_lies_in_that_volume(counter: Counter) -> None:
    office = counter.office
    first, late = slips(office, 2)
    monday = close_today(counter)
    copies.file_copies(office, monday, {first: SIGNED})
    counter.now += timedelta(days=1)
    (today,) = slips(office, 1)
    tuesday = close_today(counter)
    assert list(copies.copies_of(office, tuesday).missing) == [late, today]
    assert refused(office, tuesday, [first]) == "copy-elsewhere"
    copies.file_copies(office, tuesday, {today: SIGNED, late: MISSING})
    assert list(copies.copies_of(office, tuesday).filed) == [today, late]
    assert list(copies.copies_of(office, monday).filed) == [first]
    assert copies.copies_of(office, monday).missing == {}


def test_a_signature_can_be_told_again(counter: Counter) -> None:
    office = counter.office
    (number,) = slips(office, 1)
    closed = close_today(counter)
    for signature in (MISSING, SIGNED):
        copies.file_copies(office, closed, {number: signature})
    ((_, filed),) = copies.copies_of(office, closed).filed.values()
    assert filed.signature is SIGNED


def test_what_is_no_copy_of_the_day_is_refused(counter: Counter) -> None:
    office = counter.office
    slips(office, 1)
    closed = close_today(counter)
    (after,) = slips(office, 1)
    assert refused(office, closed, [after]) == "copy-elsewhere"
    assert refused(office, closed, []) == "nothing-scanned"


def test_a_day_of_filing_alone_is_not_open(counter: Counter) -> None:
    office = counter.office
    (number,) = slips(office, 1)
    closed = close_today(counter)
    counter.now += timedelta(days=1)
    copies.file_copies(office, closed, {number: SIGNED})
    counter.now += timedelta(days=1)
    assert closing.to_close_in_words(office) == ""


def test_the_list_of_the_volume_has_its_columns_its_pages_and_no_names(counter: Counter) -> None:
    office = counter.office
    numbers = slips(office, 3)
    void(office, numbers[0], "写错了姓名")
    closed = close_today(counter)
    copies.file_copies(office, closed, {numbers[1]: SIGNED, numbers[0]: REFUSED})
    sheet = volume_list(office, copies.copies_of(office, closed))
    table = next(element for element in sheet.body if isinstance(element, Table))
    assert table.head == ("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注")
    assert [[run.text for run in row] for row in table.rows] == [
        ["1", numbers[1], "罗𠅤克", "一次性告知单　租赁市场住房提取", "20261123", "1", ""],
        ["2", numbers[0], "罗𠅤克", "一次性告知单　租赁市场住房提取", "20261123", "2", "作废、拒签"],
    ]
    lines = "\n".join(sheet.lines())
    assert "2 件，2 页" in lines
    assert f"还没有归卷 1 份：{numbers[2]}。" in lines
    assert len(pypdfium2.PdfDocument(office.program.typesetter.sheet(sheet))) == 1
