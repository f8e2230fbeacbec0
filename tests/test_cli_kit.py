"""停电备用单 by commands alone: a kit is printed, what was given out is recorded, what is lost is voided, what is out is listed."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import office as cli_office
from counter_assistant.cli.parser import main
from counter_assistant.operations.office import open_office
from tests.make import NOW, confirmed, text_of


class Line:
    """A command line over an office whose clock can be moved."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.now, self.folder, self._capsys = NOW, folder, capsys
        with closing(open_office(folder / "data", self.clock)) as office:
            office.decide_profile(confirmed(office.profile))

    def clock(self) -> Any:
        return self.now

    def run(self, *words: str, data: bool = True) -> tuple[int, Any, str]:
        code = main(["kit", *words, "--data-dir", str(self.folder / "data"), *(["--json"] if data else [])])
        said = self._capsys.readouterr()
        return code, json.loads(said.out) if data and said.out else said.out, said.err


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line(tmp_path, capsys)
    monkeypatch.setattr(cli_office, "open_office", partial(open_office, clock=made.clock))
    return made


def printed(line: Line) -> dict[str, Any]:
    code, value, _ = line.run("print", "--each", "1", "--out", str(line.folder))
    assert code == 0
    line.now = NOW.replace(hour=13)
    return dict(value)


def test_a_kit_is_printed_into_a_folder(line: Line) -> None:
    value = printed(line)
    assert (value["first"], value["last"], value["blanks"]) == (
        "临公积金耿一备〔2026〕1号",
        "临公积金耿一备〔2026〕9号",
        9,
    )
    assert value["check_code"] in text_of(Path(value["pdf"]).read_bytes())
    code, again, _ = line.run("print", "--again", "--out", str(line.folder))
    assert (code, again) == (0, value)


def test_what_was_given_out_is_recorded_and_lost_ones_are_voided(line: Line) -> None:
    printed(line)
    code, value, _ = line.run(
        "record", "2", "--hour", "1120", "--name", "岩温", "--phone", "13900003333", "--ticked", "1,3"
    )
    assert (code, value["number"], value["again"]) == (0, "临公积金耿一备〔2026〕2号", False)
    code, again, _ = line.run(
        "record",
        "2",
        "--hour",
        "11:20",
        "--day",
        "2026-11-23",
        "--name",
        "岩温",
        "--phone",
        "13900003333",
        "--ticked",
        "3 1",
    )
    assert (code, again) == (0, {**value, "again": True})
    code, void, _ = line.run("void", "3", "4", "--reason", "弄脏了")
    assert (code, void) == (0, {"voided": ["临公积金耿一备〔2026〕3号", "临公积金耿一备〔2026〕4号"]})
    _, out, _ = line.run("list")
    assert [one["number"].rpartition("〕")[2] for one in out] == ["1号", "5号", "6号", "7号", "8号", "9号"]
    _, every, _ = line.run("list", "--all")
    assert [one["state"] for one in every[:5]] == ["out", "recorded", "void", "void", "out"]
    assert {one["outdated"] for one in every} == {False}


def test_all_that_is_out_is_voided_at_once(line: Line) -> None:
    printed(line)
    with closing(open_office(line.folder / "data", line.clock)) as office:
        office.decide_profile(replace(office.profile, supervision_phone="0883-2120000"))
    _, out, _ = line.run("list")
    assert {one["outdated"] for one in out} == {True}
    assert "要换新的" in line.run("list", data=False)[1]
    code, void, _ = line.run("void", "--all", "--reason", "监督电话变了")
    assert (code, len(void["voided"])) == (0, 9)
    assert line.run("list", data=False)[1] == "没有还在外面的停电备用单。\n"
    assert line.run("void", "--all", "--reason", "再来", data=False)[1] == "没有要作废的。\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("void", "--reason", "弄脏了"), "没有写明作废哪几份"),
        (("void", "1", "--all", "--reason", "弄脏了"), "没有写明作废哪几份"),
        (("record", "77", "--hour", "9:05", "--name", "岩温"), "没有印过这个编号的停电备用单"),
        (("print", "--each", "0", "--out", "{folder}"), "每个事项不能印 0 份"),
        (("print", "--again", "--out", "{folder}"), "没有还在外面的停电备用单"),
    ],
)
def test_a_refusal_is_one_sentence(line: Line, words: tuple[str, ...], said: str) -> None:
    code, out, err = line.run(*(word.format(folder=line.folder) for word in words))
    assert (code, out) == (1, "")
    assert said in err


def test_a_time_that_is_none_is_wrong_usage(line: Line) -> None:
    assert line.run("record", "1", "--hour", "25", "--name", "岩温")[0] == 2
