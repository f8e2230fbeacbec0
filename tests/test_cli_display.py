"""`display`: badges, plates, boards and the bound guide by commands alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from counter_assistant.cli.parser import main
from counter_assistant.domain.displays.display_kind import DisplayKind
from tests.make import text_of
from tests.paper.displays.pictures import a_picture


class Line:
    """The command over a data folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.file, self._capsys = folder, folder / "out.pdf", capsys

    def run(self, *words: str, data: bool = True) -> tuple[int, Any, str]:
        place = ["--data-dir", str(self.folder / "data"), *(["--json"] if data else [])]
        code = main(["display", words[0], str(self.file), *words[1:], *place])
        said = self._capsys.readouterr()
        return code, json.loads(said.out) if data and said.out else said.out, said.err

    @property
    def text(self) -> str:
        return text_of(self.file.read_bytes())


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


@pytest.mark.parametrize("kind", DisplayKind)
def test_each_kind_is_saved_as_a_file(line: Line, kind: DisplayKind) -> None:
    code, said, _ = line.run(kind.value, *(["--all"] if kind is DisplayKind.PROMISES else []))
    assert code == 0
    assert set(said) == {"kind", "size", "file", "sheets"}
    assert (said["kind"], said["size"], said["file"]) == (kind.value, kind.sizes[0].code, str(line.file.resolve()))
    assert said["sheets"] == len(pypdfium2.PdfDocument(line.file.read_bytes()))


def test_people_are_told_what_was_saved(line: Line) -> None:
    code, said, _ = line.run("window-plate", "--size", "500x250-a3", data=False)
    assert (code, said) == (0, f"窗口牌（500×250，用 A3 拼）2 张，存到 {line.file.resolve()}。\n")


def test_badges_of_some_with_a_photo_of_one(line: Line) -> None:
    photo = a_picture(line.folder / "photo.jpg")
    code, said, _ = line.run(
        "badges", "--staff", "0001", "--staff", "张某", "--photo", f"张某={photo}", "--size", "85x125"
    )
    assert (code, said["sheets"]) == (0, 1)
    text = line.text
    assert [name in text for name in ("李某", "张某", "王某")] == [True, True, False]
    assert text.count("贴照片") == 1
    assert line.file.read_bytes().count(b"/DCTDecode") == 1


def test_a_window_by_another_name_in_two_scripts(line: Line) -> None:
    assert line.run("window-plate", "--name", "贷款窗口", "--second", "ᥘᥣᥢ")[0] == 0
    assert "贷款窗口" in line.text
    assert "ᥘᥣᥢ" in line.text
    script = a_picture(line.folder / "script.png", 900, 200)
    assert line.run("window-plate", "--says", "model_post", "--script", str(script))[0] == 0
    assert "共产党员" in line.text
    assert b"/DCTDecode" in line.file.read_bytes()


def test_promises_are_of_approved_items_unless_others_are_wanted(line: Line) -> None:
    code, _, wrong = line.run("promises")
    assert (code, wrong.startswith("还没有核定过的事项")) == (1, True)
    assert not line.file.exists()
    assert line.run("promises", "--item", "B08")[0] == 0
    assert "不作为承诺" in line.text


def test_a_rota_of_a_week_with_who_leads_on_a_day(line: Line) -> None:
    assert line.run("rota", "--on", "2026-11-23", "--lead", "2026-11-24=陈某")[0] == 0
    assert "11月23日周一" in line.text
    assert "陈某" in line.text


def test_a_guide_as_of_another_day(line: Line) -> None:
    assert line.run("guide-book", "--on", "2026-09-01")[0] == 0
    assert "按2026年9月1日的规定" in line.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("badges", "--staff", "9999"), "没有经办人“9999”"), (("badges", "--photo", "0001"), "--photo 的“0001”不对"),
        (("badges", "--photo", "=x"), "--photo 的“=x”不对"), (("badges", "--photo", "0001=gone.jpg"), "“gone.jpg”不是能读的图片"),
        (("rota", "--lead", "2026-11-24"), "--lead 的“2026-11-24”不对"), (("promises", "--item", "Z99"), "Z99"),
        (("window-plate", "--name", "不知道。"), "服务忌语"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_saved(
    line: Line, words: tuple[str, ...], said: str
) -> None:
    code, _, wrong = line.run(*words)
    assert (code, said in wrong) == (1, True), wrong
    assert not line.file.exists()


def test_a_size_of_another_kind_is_wrong_usage(line: Line) -> None:
    assert line.run("badges", "--size", "a3")[0] == 2


def test_a_folder_that_is_not_there_is_refused(line: Line) -> None:
    line.file = line.folder / "nowhere" / "out.pdf"
    code, _, wrong = line.run("badges")
    assert (code, "写不进" in wrong) == (1, True)
