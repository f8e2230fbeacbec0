"""The files of the typical visits: they read, and a broken one gives a sentence that names the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.storage.content.strict_table import ContentFault
from counter_assistant.storage.content.visit_files import read_visits

SOUND = """item = "B08"
[[visit]]
name = "单身，合同已备案"
purpose = "apply"
answers = { who = "self", marital = "unmarried" }
required = ["id-card"]
never = ["single-certificate"]
handling = "direct"
paper = "none"
source = { kind = "guide", city = "昆明", year = 2026 }
"""


def read(folder: Path, content: str, name: str = "B08.toml") -> ContentFault:
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(ContentFault) as fault:
        read_visits(folder)
    assert fault.value.file == name
    return fault.value


def test_a_sound_file_reads(tmp_path: Path) -> None:
    (tmp_path / "B08.toml").write_text(SOUND, "utf-8")
    (visit,) = read_visits(tmp_path)
    assert (visit.item, visit.required, visit.maybe, visit.promised) == ("B08", ("id-card",), (), "")
    assert visit.source
    assert visit.source.city == "昆明"


@pytest.mark.parametrize(
    ("before", "after", "place", "said"),
    [
        ('paper = "none"', 'paper = "letter"', "visit[单身，合同已备案].paper", "“letter”不认识"),
        ('"apply"', '"sell"', "visit[单身，合同已备案].purpose", "“sell”不认识，可以是 inquire、apply"),
        ('"direct"', '"later"', "visit[单身，合同已备案].handling", "“later”不认识"),
        ('"unmarried"', "7", "visit[单身，合同已备案].answers", "回答要写成编码"),
        ("never =", "newer =", "visit[单身，合同已备案].newer", "不认识这一项"),
        ("source =", "# source =", "visit[单身，合同已备案].source", "缺少来源"),
        ('item = "B08"', 'item = "B09"', "顶层.item", "与文件名不符"),
        ('item = "B08"', 'item = "B08"\ntitle = "x"', "顶层.title", "不认识这一项"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, before: str, after: str, place: str, said: str) -> None:
    fault = read(tmp_path, SOUND.replace(before, after))
    assert fault.place == place
    assert said in fault.fault


def test_a_visit_written_twice_is_a_fault(tmp_path: Path) -> None:
    fault = read(tmp_path, SOUND + SOUND.partition("\n")[2])
    assert "“单身，合同已备案”写了两次" in fault.fault
