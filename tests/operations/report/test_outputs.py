"""Screen, paper, spreadsheet and JSON say the same of a generated month; formula-like text stays text; nobody is on it."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counter_assistant.domain.report.counted import Counted, Lacking
from counter_assistant.domain.report.pictures import LEAST, Subject
from counter_assistant.domain.report.report import Report, report_of
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.report.making import make_report
from counter_assistant.operations.report.outputs import printed, report_pdf, report_sheet
from counter_assistant.paper.charts.chart import GREYS, chart
from counter_assistant.paper.charts.marks import Word, marks_of
from tests.bench.lead import NOW, build
from tests.make import text_of

SIZE = 4_000
"""So many entries of a year are some three hundred in its last month."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Office]:
    with closing(open_office(tmp_path_factory.mktemp("year"), lambda: NOW)) as made:
        build(made, random.Random(7), SIZE)
        yield made


@pytest.fixture(scope="module")
def report(office: Office) -> Report:
    return make_report(office, Span(2026, 11))


def test_paper_spreadsheet_json_and_screen_say_the_same(office: Office, report: Report) -> None:
    text, book = text_of(report_pdf(office, report)), openpyxl.load_workbook(BytesIO(report_sheet(office, report)))
    said = report.to_payload()
    assert sum(one["total"] for one in said["pictures"]) > 4 * LEAST
    assert book.sheetnames == [section.title for section in report.sections]
    for section in report.sections:
        rows = list(book[section.title].iter_rows(min_row=5, values_only=True))
        assert rows == [tuple(row) for row in section.rows], "the spreadsheet"
        for row in section.rows:
            assert "".join("".join(str(cell) for cell in row).split()) in text, "the paper"
    assert [(one["name"], one["count"], one["before"]) for one in said["done"]] == list(report.done.rows)
    for one, section in zip(said["pictures"], report.sections[1:], strict=True):
        subject = Subject(one["id"])
        rates = subject is Subject.TOLD
        listed = [(row[2] if rates else row[1]) for row in section.rows][: len(one["bars"])]
        assert [bar["count"] for bar in one["bars"]] == listed, "JSON"
        drawn = chart(report.picture(subject).now, 400, 300, 12, GREYS)
        words = [mark.text for mark in marks_of(drawn.drawing) if isinstance(mark, Word)]
        for bar in drawn.bars:
            assert (f"{bar.percent}%" if rates else str(bar.count)) in words, "the screen"
        assert one["words"] == section.words == report.picture(subject).advice.words
        assert "".join(section.words.split()) in text


def test_what_is_told_as_a_rate_is_of_twenty_matters_at_least(report: Report) -> None:
    picture = report.picture(Subject.TOLD).now
    assert picture.bars
    assert all(bar.of >= LEAST for bar in picture.bars)
    assert picture.left_out > 0
    assert all(bar["of"] >= LEAST for bar in report.to_payload()["pictures"][1]["bars"])


def test_no_clerk_and_no_visitor_is_on_it(office: Office, report: Report) -> None:
    content = report_sheet(office, report)
    inside = "".join(
        zipfile.ZipFile(BytesIO(content)).read(name).decode() for name in zipfile.ZipFile(BytesIO(content)).namelist()
    )
    text = text_of(report_pdf(office, report))
    rows = office.archive.search(limit=50)
    for name in {clerk.name for clerk in office.profile.clerks} | {row.applicant for row in rows if row.applicant}:
        assert name not in text
        assert name not in inside


def test_a_figure_opens_as_many_cases_as_it_counts(office: Office, report: Report) -> None:
    for one in report.pictures:
        for bar in one.now.bars:
            lacking = bar.of - bar.count if bar.of else bar.count
            assert len(bar.cases) == lacking
            assert all(office.cases.get(case) is not None for case in bar.cases[:5])


def test_the_year_is_the_sum_of_its_months(office: Office) -> None:
    year = make_report(office, Span(2026))
    months = [make_report(office, month) for month in Span(2026).months]
    for subject in Subject:
        assert year.picture(subject).now.total == sum(one.picture(subject).now.total for one in months) or (
            subject is Subject.WAITING  # an application that waits in two months is one
        )
    assert year.done.rows[0][1] == sum(int(one.done.rows[0][1]) for one in months)


def test_the_paper_stays_whole_however_much_there_is(office: Office) -> None:
    lacking = tuple(Lacking(f"case {n}", f"材料{n}") for n in range(200))
    made = report_of(Span(2026, 11), Counted(lacking=lacking), Counted(), NOW.time(), unfinished=False)
    text = text_of(report_pdf(office, made))
    assert "其他195" in text
    assert "第1页共" in text
    assert "带班领导：" in text


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.com", '=HYPERLINK("x")', "{=1}"])
def test_what_looks_like_a_formula_or_a_link_stays_text(office: Office, hostile: str) -> None:
    made = report_of(
        Span(2026, 11), Counted(lacking=(Lacking("one", hostile),)), Counted(), NOW.time(), unfinished=False
    )
    content = report_sheet(office, made)
    cell = openpyxl.load_workbook(BytesIO(content))["在等什么"]["A5"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (hostile, "s", None)
    names = zipfile.ZipFile(BytesIO(content))
    sheets = "".join(names.read(name).decode() for name in names.namelist() if "worksheets/sheet" in name)
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets


def test_around_it_stands_whose_it_is_and_how_far_it_counts(office: Office, report: Report) -> None:
    made = printed(office, report)
    assert (made.title, made.mark) == ("窗口月报告", "示例")
    assert made.extent == "2026年11月，与2026年10月对照，数到 2026年11月30日 17:00，这一期还没有过完"
    year: Any = printed(office, make_report(office, Span(2025)))
    assert (year.title, year.extent) == ("窗口年报告", "2025年，与2024年对照")


def test_training_stands_across_it(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, lambda: NOW, training=True)) as training:
        made = make_report(training, Span(2026, 11))
        assert "样本" in text_of(report_pdf(training, made))
