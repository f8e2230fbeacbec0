"""about: versions, diagnosis and licences by a command, of an open book, a refused one, and none."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant import __version__
from counter_assistant.cli import parser
from counter_assistant.cli.program import about_command
from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing import printers
from counter_assistant.storage.book import Book
from tests.make import an_office
from tests.operations.about.planted import PRINTERS, plant_on_pc, planted_office, told_of
from tests.test_cli_book import OURS, Line


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    from counter_assistant.storage import ciphers

    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    monkeypatch.setattr(printers, "printers", lambda: PRINTERS)
    return Line(tmp_path, capsys)


def test_versions_diagnosis_and_licences(line: Line) -> None:
    told = line.json("about")
    assert told.keys() == {"versions", "diagnosis", "licences"}
    assert told["versions"]["程序"]["柜台助手"] == __version__ == told["diagnosis"]["柜台助手"]
    assert told["versions"]["法规"]["《住房公积金管理条例》"].startswith("2026年修订")
    assert (told["diagnosis"]["方式"], told["diagnosis"]["台账"]) == ("正常", "0.1 MB，2 条记录")
    assert told["diagnosis"]["打印机"] == "2 台，有默认的；1 台缺纸；1 台已停止"
    named = {each["name"]: each for each in told["licences"]}
    assert named["Qt"] | {"version": ""} == {
        "name": "Qt", "version": "", "licence": "LGPL-3.0-only", "within": "pyside6-essentials",
    }  # fmt: skip
    code, out, err = line.run("about")
    assert (code, err) == (0, "")
    assert "法规　《住房公积金管理条例》　2026年修订，2026年9月20日起施行" in out.splitlines()
    assert "\n\n柜台助手诊断（没有任何人的信息）\n时间：" in out
    assert "PDFium　BSD-3-Clause AND Apache-2.0" in out.splitlines()


def test_without_a_book_it_says_so_and_makes_none(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parser.main(["about", "--data-dir", str(tmp_path / "none")]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("柜台助手诊断")
    assert "台账：没有\n" in out
    assert not (tmp_path / "none").exists()


def test_a_sealed_book_is_told_by_its_code_and_opened_with_a_passphrase(line: Line) -> None:
    assert line.run("book", "seal", "--as", line.one, secrets=(OURS,))[0] == 0
    shut = line.json("about")
    assert (shut["diagnosis"]["方式"], shut["versions"]) == ("台账密封着（book-sealed）", {})
    opened = line.json("about", "--as", line.one, secrets=(OURS,))
    assert opened["diagnosis"]["台账"].endswith("条记录，密封")
    wrong = line.json("about", "--as", line.one, secrets=("not this one at all",))
    assert wrong["diagnosis"]["方式"].startswith("没有打开（")


def test_nobody_is_in_what_it_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "printers", lambda: PRINTERS)
    office = planted_office(tmp_path)
    folder, number = office.folder, office.archive.search()[0].number
    office.close()
    plant_on_pc(monkeypatch)
    for options in ([], ["--json"]):
        assert parser.main(["about", "--data-dir", str(folder), *options]) == 0
        out, err = capsys.readouterr()
        assert list(told_of(out + err, number)) == []
        assert "1 台缺纸" in out


def test_licences_that_are_gone_are_said_and_the_rest_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise Refusal("licences-missing", "程序文件夹里的许可不全，读不出来。", "请重新安装程序。")

    monkeypatch.setattr(about_command, "components", gone)
    code, out, err = line.run("about")
    assert (code, err) == (0, "程序文件夹里的许可不全，读不出来。请重新安装程序。\n")
    assert out.splitlines()[-1] == "最近的意外错误：没有"


def test_a_print_service_that_does_not_answer_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent() -> None:
        raise Refusal("print-service-down", "打印服务没有运行。")

    monkeypatch.setattr(printers, "printers", silent)
    an_office(tmp_path).close()
    assert parser.main(["about", "--data-dir", str(tmp_path)]) == 0
    out, _ = capsys.readouterr()
    assert "打印机" not in out
    assert "方式：正常" in out


def test_a_book_that_cannot_be_read_meanwhile_is_told_by_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise Refusal("book-damaged", "台账文件已损坏。", "请用备份恢复。")

    monkeypatch.setattr(printers, "printers", list)
    an_office(tmp_path).close()
    monkeypatch.setattr(Book, "head", damaged)
    assert parser.main(["about", "--data-dir", str(tmp_path)]) == 0
    assert "方式：恢复向导（book-damaged）" in capsys.readouterr()[0]
