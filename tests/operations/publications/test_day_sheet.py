"""The sheet of a closing: one page whatever the day came to, drawn from the entry alone, and its code read back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing as closing_at_end
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from counter_assistant.domain.closing.closing_entry import Closed, Period
from counter_assistant.domain.closing.figures import Figures, Gap, SeriesUsed
from counter_assistant.domain.closing.outside_head import OutsideHead, grouped, read_head
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.day_sheet import closing_pdf, closing_sheet
from tests.make import NOW, an_office

HEAD = "0123456789abcdef" * 4


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing_at_end(an_office(tmp_path)) as office:
        yield office


def entry(time: datetime = NOW) -> Entry:
    return Entry(58, time, EntryKind.DAY_CLOSED, {}, bytes.fromhex("ab" * 32))


def closed(figures: Figures, **changes: object) -> Closed:
    made = Closed(
        Period.DAY,
        "2026-11-23",
        1,
        57,
        HEAD,
        0,
        1,
        figures,
        "0001",
        "罗𠅤克",
        "临沧市住房公积金管理中心",
        "耿马管理部",
        "530926",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def used(kind: SlipKind, year: int = 2026, issued: int = 30) -> SeriesUsed:
    numbers = [f"临公积金耿一{KINDS[kind].series_mark}〔{year}〕{n}号" for n in (12001, 12000 + issued)]
    return SeriesUsed(f"{kind}/{year}/530926", 12001, 12000 + issued, numbers[0], numbers[1], issued)


FULLEST = Figures(
    {
        EntryKind.SLIP_ISSUED: 600, EntryKind.SLIP_VOIDED: 60, EntryKind.SLIP_REPRINTED: 60, EntryKind.ORAL_NOTICE: 99,
        EntryKind.INQUIRY: 99, EntryKind.CASE_STEP: 99, EntryKind.STEP_WITHDRAWN: 9, EntryKind.COMPLAINT: 5,
        EntryKind.OFFICE_PROFILE: 2,
    },
    tuple(used(kind, year) for kind in SlipKind for year in (2026, 2027)),
    tuple(
        SlipVoided(f"临公积金耿一告〔2026〕{n}号", "当事人的姓名与证件不一致，" * 30, "欧阳晓雪", copy_returned=n % 2 == 0)
        for n in range(60)
    ),
    {f"临公积金耿一告〔2026〕{n}号": 3 for n in range(60)},
    tuple(Gap(f"notification_slip/2026/53092{n}", 12001, 13000, "纸上用过，改从后面接着编") for n in range(9)),
)  # fmt: skip


def pages_of(pdf: bytes) -> list[str]:
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("figures", [Figures(), FULLEST], ids=["nothing", "fullest"])
def test_it_is_one_page_whatever_there_was(office: Office, figures: Figures, period: Period) -> None:
    name = period.name_of(NOW.date())
    pages = pages_of(closing_pdf(office, closed(figures, period=period, name=name, late=7, days=21), entry()))
    assert len(pages) == 1
    for words in (
        f"{period.label}单",
        "结账人（签名）",
        "带班领导（签名）",
        grouped(HEAD).replace(" ", ""),
        "57:0123456789ab",
        "第58条印出",
    ):
        assert words in pages[0].replace("\u00a0", ""), words


def test_what_the_day_came_to_is_on_it(office: Office) -> None:
    figures = Figures(
        {EntryKind.SLIP_ISSUED: 2, EntryKind.SLIP_VOIDED: 1, EntryKind.ORAL_NOTICE: 3, EntryKind.COMPLAINT: 1},
        (used(SlipKind.NOTIFICATION_SLIP, issued=2),),
        (SlipVoided("临公积金耿一告〔2026〕12001号", "写错了姓名", "李某", copy_returned=False),),
        {"临公积金耿一告〔2026〕12002号": 2},
        (Gap("receipt/2026/530926", 4, 4), Gap("receipt/2026/530926", 8, 9, "纸上用过")),
    )
    lines = "\n".join(closing_sheet(office, closed(figures, late=2), entry()).lines())
    for words in (
        "第 1 条至第 57 条，共 7 条",
        "一次性告知单〔2026〕 | 临公积金耿一告〔2026〕12001号 | 临公积金耿一告〔2026〕12002号 | 2",
        "共出具 2 份。口头告知 3 条；其他记录 1 条。",
        "其中 2 条是上一次结账以后当天又有的，计入本次。",
        "临公积金耿一告〔2026〕12001号 | 写错了姓名 | 李某 | 没有收回",
        "补打 2 次：临公积金耿一告〔2026〕12002号（2 次）。",
        "收件回执〔2026〕第 4 号没有用，原因不明，请查明；收件回执〔2026〕第 8 号至第 9 号没有用（纸上用过）。",
    ):
        assert words in lines, words
    assert "投诉" not in lines


def test_its_code_is_its_head(office: Office) -> None:
    sheet = closing_sheet(office, closed(Figures()), entry())
    assert read_head(sheet.qr) == OutsideHead(57, HEAD[:12])


def test_it_prints_the_same_when_the_office_is_called_otherwise(office: Office) -> None:
    before = closing_sheet(office, closed(FULLEST), entry()).lines()
    office.decide_profile(replace(office.profile, unit="另一个中心", branch="另一处", installation_code="111111"))
    assert closing_sheet(office, closed(FULLEST), entry()).lines() == before


def test_data_is_never_markup(office: Office) -> None:
    hostile = "{{ 7*7 }}<b>粗</b>"
    figures = Figures({EntryKind.SLIP_VOIDED: 1}, voids=(SlipVoided(hostile, hostile, hostile, copy_returned=True),))
    assert (
        closing_sheet(office, closed(figures, clerk_name=hostile), entry())
        .lines()
        .__str__()
        .count("{{ 7*7 }}<b>粗</b>")
        == 4
    )
