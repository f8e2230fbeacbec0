"""Whatever file of content is given is checked by the one check, and what is wrong is said at its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.approval_sheet import HEADS
from counter_assistant.domain.revision.content_json import from_json, to_json
from counter_assistant.domain.revision.revision import ItemRetired, Revision, StatuteDefined, TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.content_check import WHOLE_FILE, ContentReport, check_content
from counter_assistant.operations.catalogue.named_catalogue import NOW, PROGRAM, REVISION, named_catalogue
from counter_assistant.operations.catalogue.revising import Revising, as_told
from counter_assistant.operations.catalogue.sheets import export_sheet
from counter_assistant.operations.office import Office
from counter_assistant.storage.content.revision_file import NAME, write_revision
from tests.operations.catalogue.packing import FEW, a_pack, an_office_at, few_items, signed, written

RULES = "住房公积金管理条例"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office_at(tmp_path / "office")
    yield office
    office.close()


def content(office: Office) -> dict[str, Any]:
    """A pack without a fault, with typical visits."""
    pack = a_pack(few_items())
    visits = tuple(visit for visit in office.program.visits if visit.item in FEW)
    return written(replace(pack, edition=replace(pack.edition, visits=visits)))


def places(report: ContentReport) -> list[str]:
    return [fault.place for fault in report.faults]


def test_what_is_told_now_and_what_came_with_the_program_have_no_fault(office: Office) -> None:
    for name in (NOW, PROGRAM, "2026-09-20"):
        report = check_content(office, name)
        assert report.faults == ()
        assert report.items
        assert [run.failings for run in report.failing if run.visit.item in FEW] == []


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.slow
def test_a_pack_and_an_edition_are_checked_alike(office: Office, tmp_path: Path, packed: bool) -> None:
    def report(change: Callable[[Any], object]) -> ContentReport:
        made, path = content(office), tmp_path / "给网点的"
        change(made["edition"])
        path.write_bytes(signed(made) if packed else json.dumps(made["edition"]).encode())
        return check_content(office, str(path))

    sound = report(lambda _: None)
    assert (sound.faults, sound.failing, sound.items, sound.version) == ((), (), len(FEW), "2026-11-30")
    assert len(sound.visits) == sum(visit.item in FEW for visit in office.program.visits) > 5
    assert sound.words.startswith("内容包 给网点的" if packed else "文件 给网点的")

    text = "content.items.B08[1]"
    faulty = report(lambda edition: edition["content"]["items"]["B08"][0].update(flow="不知道\u202e", procedure=""))
    assert places(faulty) == ["B08（2026年9月20日起） service.procedure", f"{text}.flow".removeprefix("content.")]
    assert "无法如实打印" in faulty.faults[1].fault
    assert places(report(lambda edition: edition["approval"].update(number=" "))) == ["approval.number"]
    assert places(report(lambda edition: edition["content"].pop("statutes"))) == ["statutes"]
    assert places(report(lambda edition: edition["visits"][0].update(paper="x"))) == ["visits[1].paper"]

    failing = report(lambda edition: edition["visits"][0].update(required=[]))
    assert (failing.faults, len(failing.failing)) == ((), 1)
    unknown = report(lambda edition: edition["content"]["items"]["B08"][0]["promised"].update(unit="week"))
    assert (places(unknown), unknown.visits) == (["items.B08[1] limits.promised.unit"], ())


def test_what_is_no_content_is_reported_as_a_whole(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pack"
    made = content(office)
    for broken, said in (
        (signed(made).replace("主任办公会".encode(), "某人办公会".encode()), "内容包的签名不对"),
        (signed(made)[:-9], "内容包已经损坏"), (b"{", "不是一版目录"), (b"PK\x03\x04", "a.pack 无法读取"),
    ):  # fmt: skip
        path.write_bytes(broken)
        report = check_content(office, str(path))
        assert (places(report), report.items, report.version) == ([WHOLE_FILE], None, None)
        assert said in report.faults[0].fault
        assert report.head.endswith("：读不出来。")
    with pytest.raises(Refusal) as refused:
        check_content(office, str(tmp_path / "none"))
    assert refused.value.code == "no-content-file"


def test_a_revision_is_checked_without_the_acts_that_cannot_be_done(office: Office, tmp_path: Path) -> None:
    base = as_told(office.catalogue)
    faulty = TextEdited(replace(newest(base, "B08"), procedure=""))
    write_revision(tmp_path, Revision(base.version, (ItemRetired("Z99"), faulty, ItemRetired("B09"))))
    report = check_content(office, str(tmp_path / NAME))
    assert places(report) == ["acts[1]", "B08（2026年9月20日起） service.procedure"]
    assert report.faults[0].fault == "没有事项 Z99"
    assert (report.items, {run.visit.item for run in report.visits}) == (len(FEW) - 1, {"B08", "B09"})
    assert {run.visit.item for run in report.failing} == {"B09"}
    with pytest.raises(Refusal, match=r"有一步做不成：acts\[1\]：没有事项 Z99。") as refused:
        named_catalogue(office, str(tmp_path / NAME))
    assert refused.value.code == "act-undone"

    write_revision(tmp_path, Revision(base.version, (faulty,)))
    assert named_catalogue(office, str(tmp_path / NAME)).since == office.today()
    write_revision(tmp_path, Revision("2020.1", (faulty,)))
    [outdated] = check_content(office, str(tmp_path / NAME)).faults
    assert "这一稿是照目录 2020.1 改的" in outdated.fault


def test_what_a_new_version_of_a_statute_will_carry_is_no_fault_before_it_holds(office: Office) -> None:
    """GIVEN a law of next year and an item that cites it THEN the revision is checked as it will be told."""
    revising = Revising(office)
    [*_, known] = revising.working.statutes[RULES].versions
    law = replace(known, version=2028, effective_from=date(2028, 1, 1), label="2028年修订")
    revising.do(StatuteDefined(RULES, law))
    for item in FEW:
        text = json.dumps(to_json(newest(revising.working, item))).replace('"version": 2026', '"version": 2028')
        revising.do(TextEdited(from_json(ServiceItem, json.loads(text))))
    assert check_content(office, REVISION).wrong == ()


def test_a_sheet_says_its_rows(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "核定表.xlsx"
    export_sheet(office, Revising(office), path)
    assert check_content(office, str(path)) == ContentReport("核定表 核定表.xlsx", (), office.catalogue.version, rows=0)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(5, HEADS.index("结论") + 1).value = "也许"
    book.save(path)
    report = check_content(office, str(path))
    assert (places(report), report.rows, report.head) == (["第 5 行"], 1, "核定表 核定表.xlsx：填了 1 行。")
    assert "也许" in report.faults[0].fault
