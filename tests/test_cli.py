"""The command line: the same operations without a window, in sentences or as one JSON value."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant import paths
from counter_assistant.cli import parser
from counter_assistant.domain.calendar.workdays import LocalHoliday
from counter_assistant.operations.calendars.adopt import take_local
from counter_assistant.operations.office import open_office
from tests.decision_rows import ROWS
from tests.make import ID_NUMBER, PHONE, confirmed, request_file, text_of
from tests.paper.reading import sizes_of
from tests.storage.desk import tampering

ITEMS = sorted(path.stem for path in (paths.resources() / "catalogue" / "items").glob("???.toml"))
FIVE_PARTS = ("政策依据", "所需材料", "审批环节与责任人", "程序与时限", "补救途径")


class Line:
    """A command line on one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = parser.main([*arguments, "--data-dir", str(self.folder / "data")])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *arguments: str) -> Any:
        """The one JSON value on stdout."""
        code, out, err = self.run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    def issue(self, **changes: Any) -> Any:
        """What issue answers to a request."""
        return self.json("issue", str(request_file(self.folder, **changes)), "--out", str(self.folder / "out"))


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def test_what_belongs_elsewhere_needs_no_item(line: Line) -> None:
    request = line.folder / "request.json"
    details = {"asked": "补办身份证", "refer_to": "某县公安局某派出所"}
    request.write_text(json.dumps({"duty": "elsewhere", "details": details}, ensure_ascii=False), encoding="utf-8")
    issued = line.json("issue", str(request), "--out", str(line.folder))
    assert (issued["kind"], issued["clause"], issued["due"]) == ("guidance", "一(六)4⑸", None)
    assert "您所问的“补办身份证”不属于本单位业务" in text_of(Path(issued["pdf"]).read_bytes())
    [found] = line.json("archive", "search", "身份证")
    assert (found["item"], found["applicant"], found["number"]) == ("", "", issued["number"])
    assert "补办身份证" in line.run("archive", "show", issued["number"])[1]
    request.write_text(json.dumps({"duty": "ours", "details": details}), encoding="utf-8")
    assert line.run("issue", str(request)) == (1, "", "请求缺少“item”。请补上这一项。\n")


def test_a_hold_without_a_day_does_not_pass(line: Line) -> None:
    code, out, err = line.run(
        "issue", str(request_file(line.folder, hold="verify", details={"verify": "房屋是否已抵押"}))
    )
    assert (code, out) == (1, "")
    assert err == "登记待查没有写明告知当事人的期限。请补上再登记。\n"


@pytest.mark.nightly("cli_items", by_day=12)
@pytest.mark.parametrize("item", [ITEMS[0], *(pytest.param(item, marks=pytest.mark.slow) for item in ITEMS[1:])])
def test_an_inquiry_for_each_item_gives_a_whole_paper(line: Line, item: str) -> None:
    issued = line.issue(item=item)
    assert (issued["kind"], issued["clause"], issued["due"]) == ("notification_slip", "一(五)1", None)
    text = text_of(Path(issued["pdf"]).read_bytes())
    assert all(text.count(part) >= 2 for part in FIVE_PARTS)
    wanted = [*("".join(label.split()) for label in issued["copies"]), issued["number"], issued["check_code"]]
    assert [each for each in wanted if each not in text] == []


@pytest.mark.parametrize("name", ROWS)
def test_a_request_for_each_row_of_the_decision_gives_that_paper_clause_and_date(line: Line, name: str) -> None:
    changes, kind, clause, due = ROWS[name]
    issued = line.issue(**{**changes, "on": "2026-11-23"})
    assert (issued["kind"], issued["clause"], issued["due"]) == (kind, clause, due)
    assert (issued["pdf"] is None) == (issued["number"] is None) == (kind == "none")
    if kind != "none":
        assert issued["number"] in text_of(Path(issued["pdf"]).read_bytes())


def test_rare_characters_are_found_by_parts_strokes_and_reading(line: Line) -> None:
    [found, *_] = line.json("characters", "亠思")
    assert found == {"character": "𠅤", "code": "U+20164", "strokes": 11, "readings": ["xi"]}
    assert [one["character"] for one in line.json("characters", "木+3", "--most", "2")] == ["杆", "杠"]
    code, out, _ = line.run("characters", "雨long")
    assert (code, out.splitlines()[0]) == (0, "𩂽　U+290BD　15 画　long")
    assert "没有找到字" in line.run("characters", "木鱼火水金土")[1]


def test_items_are_found_by_name_initials_and_code(line: Line) -> None:
    for text in ("租赁市场", "zlsc", "b08"):
        assert {"id": "B08", "name": "租赁市场住房提取", "handling": "direct"} in line.json("items", text)
    assert len(line.json("items")) == len(ITEMS)
    assert line.json("items", "zzzz") == []


def test_a_checklist_says_why_a_line_is_there_or_not(line: Line) -> None:
    found = line.json("checklist", "B08", "-a", "marital=married", "-a", "lease=registered")
    required = {row["id"]: row for row in found["required"]}
    absent = {row["id"]: row for row in found["not_required"]}
    assert required["marriage-certificate"]["why"] == "因已婚"
    assert "rent-invoice" in absent
    assert absent["single-certificate"]["forbidden"] is True
    assert {row["id"] for row in found["maybe"]} >= {"agent-id-card"}


def test_the_checklist_follows_the_law_of_the_day(line: Line) -> None:
    def ids(day: str) -> set[str]:
        return {row["id"] for row in line.json("checklist", "B08", "--on", day)["required"]}

    assert ids("2026-09-19") - ids("2026-09-20") == {"employer-withdrawal-form", "income-proof"}


@pytest.mark.parametrize(
    ("start", "days", "unit", "due", "provisional"),
    [
        ("2026-09-18", 3, "workday", "2026-09-22", False),
        ("2026-09-30", 3, "workday", "2026-10-10", False),
        ("2026-09-30", 3, "day", "2026-10-08", False),
        ("2026-12-25", 10, "workday", "2027-01-11", True),
    ],
)
def test_deadlines_are_counted_day_by_day(
    line: Line, start: str, days: int, unit: str, due: str, provisional: bool
) -> None:
    found = line.json("deadline", "--from", start, "--days", str(days), "--unit", unit)
    assert (found["due"], found["provisional"]) == (due, provisional)
    assert found["days"][-1]["date"] == due
    assert all(day["why"] for day in found["days"])


def test_a_deadline_counts_with_what_the_office_took(line: Line) -> None:
    """A county's holiday is in the book alone; the year files know nothing of it."""
    with closing(open_office(line.folder / "data")) as office:
        splashing = LocalHoliday(date(2026, 11, 24), date(2026, 11, 25), "泼水节", "耿马县", "耿政办发〔2026〕1号")
        take_local(office, [splashing], "李某")
    found = line.json("deadline", "--from", "2026-11-23", "--days", "1")
    assert found["due"] == "2026-11-26"
    assert found["days"][0]["why"] == "泼水节（耿马县放假）"


def test_the_archive_finds_shows_reprints_voids_and_checks(line: Line) -> None:
    number = line.issue()["number"]
    for text in ("罗", "罗𠅤", "𠅤克", "0000", "b08", "李某", "2026-11-23", number):
        rows = line.json("archive", "search", text)
        if text != "2026-11-23":  # the real clock issued it
            assert [row["number"] for row in rows] == [number], text
    shown = line.json("archive", "show", number)
    assert shown["check_code"] in json.dumps(shown)
    reprinted = line.json("archive", "reprint", number, "--out", str(line.folder / "again"))
    assert "补打第1次" in text_of(Path(reprinted["pdf"]).read_bytes())
    assert line.json("archive", "void", number, "--reason", "姓名有误")["void"] is True
    assert line.json("archive", "search", "罗")[0]["void"] is True
    checked = line.json("archive", "check")
    assert (checked["ok"], checked["entries"], checked["problems"]) == (True, 4, [])


def test_a_format_is_chosen_for_one_paper_and_said_where_it_does_not_fit(line: Line) -> None:
    request = str(request_file(line.folder))
    out = ("--out", str(line.folder / "out"))
    small = line.json("issue", request, *out, "--format", "a5")
    assert small["format"] == "a5"
    assert set(sizes_of(Path(small["pdf"]).read_bytes())) == {(148, 210)}
    large = line.json("archive", "reprint", small["number"], *out, "--format", "large_print")
    assert (large["format"], sizes_of(Path(large["pdf"]).read_bytes())[0]) == ("large_print", (210, 297))
    halves = line.json("archive", "reprint", small["number"], *out, "--format", "a4_halves")
    assert halves["format"] == "a4"
    code, said, _ = line.run("archive", "reprint", small["number"], *out, "--format", "a4_halves")
    assert (code, "A4 对半放不下" in said) == (0, True)
    assert line.run("archive", "reprint", small["number"], *out, "--format", "b5")[0] == 2


def test_a_broken_book_is_told_and_exit_code_1(line: Line) -> None:
    line.issue()
    book = line.folder / "data" / "book.db"
    with tampering(book) as handle:
        for (name,) in handle.execute_sql("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            handle.execute_sql(f'DROP TRIGGER "{name}"')
        handle.execute_sql("UPDATE payload SET body = packed(replace(unpacked(body), '罗', '雷'))")
    code, _, err = line.run("archive", "check")
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


BAD: list[list[str]] = [
    ["issue", "nothing.json"],
    ["checklist", "Z99"],
    ["checklist", "B08", "-a", "marital"],
    ["checklist", "B08", "-a", "weather=fine"],
    ["archive", "show", "临公积金示一告〔2026〕77号"],
    ["archive", "void", "1号", "--reason", "x"],
    ["deadline", "--from", "2026-01-01", "--days", "-1"],
    *([*command, "岩" * 201] for command in (["items"], ["phrases"], ["archive", "search"])),
]


def test_beside_the_book_of_a_real_office_no_paper_lies_about(line: Line) -> None:
    request = str(request_file(line.folder))
    papers = line.folder / "data" / "papers"
    assert line.json("issue", request)["pdf"].startswith(str(papers))
    shutil.rmtree(papers)
    with closing(open_office(line.folder / "data")) as office:
        office.decide_profile(confirmed(office.profile))
    code, _, err = line.run("issue", request)
    assert (code, err.startswith("没有写明 PDF 存到哪里："), papers.exists()) == (1, True, False)
    assert len(line.json("archive", "search", "罗")) == 1, "nothing was issued"
    oral = str(request_file(line.folder, delivery="oral", request_id="oral"))
    assert [line.json("issue", oral)["pdf"] for _ in range(2)] == [None, None], "no paper comes of it"
    request = str(request_file(line.folder, request_id="written"))
    assert line.json("issue", request, "--out", str(line.folder / "out"))["pdf"].startswith(str(line.folder / "out"))
    assert line.run("issue", request)[0] == 1, "a paper came of it before"
    assert line.json("issue", request, "--training")["pdf"].startswith(str(line.folder / "data" / "training"))


def test_a_whole_number_is_shown_for_a_reason_alone(line: Line) -> None:
    who = {"name": "罗𠅤克", "phone": PHONE, "id_number": ID_NUMBER}
    number = line.issue(applicant=who)["number"]
    assert ID_NUMBER not in line.run("archive", "show", number)[1]
    assert line.run("archive", "reveal", number)[0] == 2
    assert line.run("archive", "reveal", number, "--reason", " ")[::2] == (
        1,
        "查看整个号码须写明理由。请填写理由后重试。\n",
    )
    reason = ("--reason", "核对同名的人")
    assert line.json("archive", "reveal", number, *reason) == {
        "number": number, "id_type": "resident", "id_number": ID_NUMBER, "phone": PHONE,
        "agent": {"id_type": "resident", "id_number": "", "phone": ""},
    }  # fmt: skip
    assert line.run("archive", "reveal", number, *reason)[1] == f"居民身份证 {ID_NUMBER}　电话 {PHONE}\n"
    assert line.json("archive", "check")["entries"] == 4
    assert line.json("archive", "expire") == {"left": 0}
    assert line.run("archive", "expire")[1] == "0 条记录的整个号码保存期满，已离开台账。\n"


@pytest.mark.parametrize("arguments", BAD, ids=[" ".join(arguments)[:50] for arguments in BAD])
def test_a_refusal_is_one_sentence_on_stderr_and_exit_code_1(line: Line, arguments: list[str]) -> None:
    code, out, err = line.run(*arguments)
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert err.rstrip().endswith("。")


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["issue"], ["items", "--colour"], ["deadline", "--from", "soon", "--days", "1"], ["archive"]],
)
def test_wrong_usage_is_exit_code_2_in_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert parser.main(arguments) == 2
    assert "用法" in capsys.readouterr().err


BOOKS: dict[str, bytes] = {
    "empty": b"", "garbage": b"not a database at all" * 300, "truncated": b"SQLite format 3\x00" + b"\x00" * 500,
}  # fmt: skip


@pytest.mark.parametrize("state", [*BOOKS, "foreign", "newer", "cut"])
def test_a_book_that_cannot_be_used_is_one_sentence_and_its_bytes_stay(line: Line, state: str) -> None:
    book = line.folder / "data" / "book.db"
    book.parent.mkdir()
    _make_book(line, book, state)
    before = book.read_bytes()
    code, out, err = line.run("issue", str(request_file(line.folder)))
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert book.read_bytes() == before


def _make_book(line: Line, book: Path, state: str) -> None:
    if state in BOOKS:
        book.write_bytes(BOOKS[state])
        return
    if state == "foreign":
        with sqlite3.connect(book) as handle:
            handle.execute("CREATE TABLE t(x)")
        handle.close()
        return
    line.issue()
    if state == "newer":
        with sqlite3.connect(book) as handle:
            handle.execute("PRAGMA user_version = 999")
        handle.close()
    else:
        book.write_bytes(book.read_bytes()[:12288])


def test_training_has_its_own_data_and_prints_its_mark(line: Line) -> None:
    request = str(request_file(line.folder))
    issued = line.json("issue", request, "--training", "--out", str(line.folder / "out"))
    assert "样本" in text_of(Path(issued["pdf"]).read_bytes())
    assert line.json("archive", "search", "罗") == []


def test_the_door_leads_to_the_command_line_without_qt(tmp_path: Path) -> None:
    out = _stdout("items", "b08", "--json", "--data-dir", str(tmp_path))
    assert json.loads(out)[0]["id"] == "B08"


def _stdout(*arguments: str) -> str:
    command = [sys.executable, "-m", "counter_assistant", *arguments]
    environment = os.environ | {"PYTHONPATH": str(paths.root())}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def test_a_voided_slip_asked_for_again_says_that_it_is_void(line: Line) -> None:
    number = line.issue(request_id="once")["number"]
    line.json("archive", "void", number, "--reason", "姓名有误")
    again = line.issue(request_id="once")
    assert again["number"] == number
    assert "作废" in text_of(Path(again["pdf"]).read_bytes())


def test_the_request_of_the_product_is_taken_as_it_stands(line: Line) -> None:
    issued = line.issue(
        answers={"who": "self", "marital": "married", "lease": "unregistered"},
        defects=[{"id": "purchase-invoice", "why": "未盖发票专用章"}],
        clerk="李某",
    )
    assert issued["kind"] == "notification_slip"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.slow
def test_book_and_papers_are_for_this_user_alone(tmp_path: Path) -> None:
    request = str(request_file(tmp_path))
    _stdout("issue", request, "--data-dir", str(tmp_path / "data"), "--out", str(tmp_path / "out"))
    made = [path for folder in ("data", "out") for path in (tmp_path / folder).iterdir()]
    assert len(made) >= 2
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_the_phrases_are_listed_in_the_order_of_the_service_code_and_searched(line: Line) -> None:
    phrases = line.json("phrases")
    assert [phrase["n"] for phrase in phrases] == list(range(1, 26))
    assert phrases[17]["text"] == "很抱歉!您的手续和资料不全,您还需增补XX手续及材料证明,请补齐后再来办理。"
    assert (phrases[17]["channel"], phrases[17]["moment"]) == ("counter", "missing_material")
    assert [blank["name"] for blank in phrases[17]["blanks"]] == ["materials"]
    assert [phrase["n"] for phrase in line.json("phrases", "补齐")] == [17, 18]
    assert [phrase["n"] for phrase in line.json("phrases", "qnzzl")] == [22]
    assert line.json("phrases", "没有这句") == []


def test_people_read_phrases_with_their_open_blanks_named(line: Line) -> None:
    _, out, _ = line.run("phrases")
    assert "18　柜台·材料不全　很抱歉！您的手续和资料不全，您还需增补〔哪些〕手续" in out
    assert "XX" not in out
    assert line.run("phrases", "没有这句")[1] == "没有找到用语。\n"


def test_the_guard_says_what_is_forbidden_and_what_to_say_instead(line: Line) -> None:
    assert line.json("guard", "材料已收。烦 死了！逾期不办理的，不办！") == {
        "hits": [
            {"text": "烦 死了", "taboo": "烦死了。", "instead": "请放心!我们会尽快为您办理的。"},
            {"text": "不办", "taboo": "不办。", "instead": "让我给您介绍一下有关规定内容好吗?"},
        ]
    }
    assert line.json("guard", "逾期不办理的，给您添麻烦了") == {"hits": []}
    code, out, err = line.run("guard", "好。不知道")
    assert (code, err) == (0, "")
    assert out == "第 3 个字起：“不知道”，近于忌语“不知道。”　可改说：“让我给您介绍一下有关规定内容好吗？”\n"
    assert line.run("guard", "您好")[1] == "没有忌语。\n"
    assert line.run("guard")[0] == parser.WRONG_USAGE
