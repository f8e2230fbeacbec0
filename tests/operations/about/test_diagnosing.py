"""The diagnosis holds nothing of any person, whatever stands in book, files, folder and PC."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.about.diagnosis import Diagnosis, Screen
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.operations.about.diagnosing import of_folder, of_office, printers_told
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.paths import BOOK_NAME
from counter_assistant.printing.jobs import Printer
from tests.make import an_office, clock, confirmed
from tests.operations.about.planted import PRINTERS, beside, plant_on_pc, planted_office, told_of
from tests.storage.sealing.canary import found_in


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as office:
        yield office


def line(diagnosis: Diagnosis, label: str) -> str:
    return dict(diagnosis.lines)[label]


def test_nobody_who_was_planted_anywhere_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(planted_office(tmp_path)) as office:
        plant_on_pc(monkeypatch)
        number = office.archive.search()[0].number
        assert len(found_in(tmp_path, ("龘靐齉", "13987654321"))) > 5, "they were planted"
        printers = printers_told(PRINTERS, ("龘靐齉", "A5", "13987654321"), 1, office)
        told = of_office(office, (Screen(1366, 768, 100),), printers)
        office.database.barred = Refusal("book-read-only", "龘靐齉 13987654321", "530926198703045129")
        barred = of_office(office, (), printers)
    for diagnosis in (told, barred, of_folder(office.folder, clock(), office.database.barred, printers)):
        said = (diagnosis.in_words(), json.dumps(diagnosis.to_json(), ensure_ascii=False), repr(diagnosis.lines))
        assert [list(told_of(text, number)) for text in said] == [[], [], []]
    assert line(told, "打印机") == "2 台，有默认的；1 台缺纸；1 台已停止；其他、A5 另有打印机；1 台调过位置"
    assert line(told, "系统").startswith("其他，其他，其他，UTC")
    assert line(told, "最近的意外错误") == "2026-11-23 10:00:00 其他 page.py:7"
    assert line(barred, "方式") == "只读（book-read-only）"


def test_what_is_planted_changes_no_word_of_it(tmp_path: Path, office: Office) -> None:
    """GIVEN an office of people and one of nobody THEN both diagnoses are the same but for the size of their books."""
    with closing(planted_office(tmp_path)) as planted:
        theirs, ours = of_office(planted), of_office(office)
    differ = [label for (label, words), (_, other) in zip(theirs.lines, ours.lines, strict=True) if words != other]
    assert differ == ["台账", "最近的意外错误"]


def test_it_says_how_the_book_is(office: Office) -> None:
    told = of_office(office)
    assert (told.mode, told.refused, told.last_backup, told.error) == (Mode.NORMAL, "", None, None)
    assert told.book.size == (office.folder / BOOK_NAME).stat().st_size
    assert told.book.entries == office.book.head()[0] == 1
    assert told.book.sealed is False
    assert (told.screens, told.printers) == (None, None)
    office.decide_profile(confirmed(office.profile))
    back_up(Task(office.folder, clock()))
    again = of_office(office)
    assert (again.book.entries, again.last_backup) == (2, clock())


def test_training_is_told(tmp_path: Path) -> None:
    with closing(an_office(tmp_path, training=True)) as office:
        assert of_office(office).mode is Mode.TRAINING


def test_a_folder_without_a_book_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    told = of_folder(tmp_path / "none", clock(), None)
    assert (told.mode, told.book.size, line(told, "台账")) == (Mode.NOT_OPEN, None, "没有")
    assert not (tmp_path / "none").exists()


def test_a_book_that_is_refused_is_told_by_the_code_and_its_size(tmp_path: Path) -> None:
    an_office(tmp_path).close()
    (tmp_path / "book.db").write_bytes(b"\0" * 5_000_000)
    with pytest.raises(Refusal) as refused:
        open_office(tmp_path, clock)
    told = of_folder(tmp_path, clock(), refused.value)
    assert (told.mode, told.refused, line(told, "台账")) == (Mode.RECOVERY, refused.value.code, "5.0 MB")


def test_the_system_is_told_as_it_says_itself(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(platform, "release", lambda: "4.19.0-amd64-desktop")
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.28"))
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "uos", "VERSION_ID": "20"})
    monkeypatch.setattr("locale.getlocale", lambda: ("zh_CN", "UTF-8"))
    assert of_office(office).system.line == "UOS 20，内核 4.19.0，x86_64，glibc 2.28，zh_CN，UTC+08:00"

    def gone() -> None:
        raise FileNotFoundError

    monkeypatch.setattr(platform, "freedesktop_os_release", gone)
    assert of_office(office).system.line.startswith("Linux，内核 4.19.0，")
    monkeypatch.setattr(platform, "freedesktop_os_release", dict)
    assert of_office(office).system.line.startswith("Linux，内核 4.19.0，")


def test_windows_is_told_by_its_own_version(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    monkeypatch.setattr(platform, "version", lambda: "10.0.19045")
    monkeypatch.setattr(platform, "release", lambda: "10")
    monkeypatch.setattr(platform, "machine", lambda: "AMD64")
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert of_office(office).system.line == "Windows 10.0.19045，内核 10，AMD64，其他，UTC+08:00"


def test_printers_are_told_by_what_keeps_them_and_by_what_is_printed_on_them(office: Office) -> None:
    office.decide_profile(office.profile.__class__.from_payload(
        office.profile.to_payload() | {"paper_formats": {"receipt": "a5", "notification_slip": "a4_halves"}}
    ))  # fmt: skip
    told = printers_told([Printer("a", "A"), Printer("b", "B", accepting=False)], {"A5": "x"}, 1, office)
    assert (told.amount, told.has_default, told.troubles) == (2, False, ("不接收任务",))
    assert told.formats == (PaperFormat.HALVES, PaperFormat.A5)
    assert (told.sizes, told.moved) == (("A5",), 1)
    assert printers_told([]).formats == ()


def test_a_log_that_a_hand_wrote_into_tells_only_what_the_program_writes(tmp_path: Path) -> None:
    beside(tmp_path, "1")
    error = of_folder(tmp_path, clock(), None).error
    assert error is not None
    assert list(told_of(" ".join(error))) == []
