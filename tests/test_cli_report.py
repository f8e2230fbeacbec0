"""The command `report`: figures for people, as JSON, as files; and who is refused."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from counter_assistant.cli.parser import main
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from tests.make import a_request, confirmed, text_of

Out = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(open_office(tmp_path / "book")) as office:
        issue_slip(office, a_request())
        today = office.today()
    (tmp_path / "period").write_text(f"{today:%Y-%m}", "utf-8")
    return tmp_path


def period(folder: Path) -> str:
    return (folder / "period").read_text("utf-8")


def test_it_counts_a_month_and_a_year(folder: Path, capsys: Out) -> None:
    month = period(folder)
    for typed in (month, month[:4]):
        assert main(["report", typed, "--data-dir", str(folder / "book"), "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["period"], said["unfinished"], said["files"]) == (typed, True, [])
        assert said["done"][0] == {"name": "来人来电", "count": 1, "before": 0}
        assert [one["id"] for one in said["pictures"]] == ["visits", "told", "promises", "waiting"]
        assert sum(bar["count"] for bar in said["pictures"][0]["bars"]) == 1


def test_for_people_it_is_the_tables(folder: Path, capsys: Out) -> None:
    assert main(["report", period(folder), "--data-dir", str(folder / "book")]) == 0
    said = capsys.readouterr().out
    assert "（还没有过完），与" in said
    assert "来人来电　1　0" in said
    assert "没有等补材料的申请。" in said


def test_with_out_it_writes_both_files(folder: Path, capsys: Out) -> None:
    out = folder / "out"
    assert main(["report", period(folder), "--data-dir", str(folder / "book"), "--out", str(out), "--json"]) == 0
    pdf, sheet = (Path(path) for path in json.loads(capsys.readouterr().out)["files"])
    assert (pdf.name, sheet.name) == (f"窗口报告-{period(folder)}.pdf", f"窗口报告-{period(folder)}.xlsx")
    assert "来人来电10" in text_of(pdf.read_bytes())
    assert openpyxl.load_workbook(BytesIO(sheet.read_bytes()))["办了什么"]["B5"].value == 1


@pytest.mark.parametrize(
    ("typed", "words"), [("13月", "“13月”不是一个月，也不是一年。"), ("2999-01", "2999年1月还没有到，没有数。")]
)
def test_what_is_no_period_is_refused(folder: Path, capsys: Out, typed: str, words: str) -> None:
    assert main(["report", typed, "--data-dir", str(folder / "book")]) == 1
    assert capsys.readouterr().err.startswith(words)


def test_it_is_for_supervisors(folder: Path, capsys: Out) -> None:
    with closing(open_office(folder / "book")) as office:
        profile = confirmed(office.profile)
        first, second, *rest = profile.clerks
        clerks = (replace(first, roles=(Role.CLERK.value,)), replace(second, roles=tuple(Role)), *rest)
        office.book.append(EntryKind.OFFICE_PROFILE, replace(profile, clerks=clerks).to_payload())
    assert main(["report", period(folder), "--data-dir", str(folder / "book")]) == 1
    assert "看带班页和报告由带班领导办" in capsys.readouterr().err
    assert main(["report", period(folder), "--data-dir", str(folder / "book"), "--as", "0002"]) == 0
