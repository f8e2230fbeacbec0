"""The diagnosis says how program and PC are, in lines that a person can read out over the phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_assistant.domain.about.diagnosis import (
    BookFacts,
    Diagnosis,
    ErrorNoted,
    Printers,
    Screen,
    System,
    Versions,
)
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.safekeeping.mode import Mode
from tests.make import NOW

VERSIONS = Versions("0.1.0", "2026.11.4", 5, 1, "3.11.7", "6.9.3", "3.54.0")
SYSTEM = System("uos", "20", "4.19.0-amd64-desktop", "x86_64", "2.28", "zh_CN.UTF-8", timedelta(hours=8))
WELL = Diagnosis(NOW, VERSIONS, SYSTEM, Mode.NORMAL, "", BookFacts(3_249_000, 1234), NOW - timedelta(hours=5), None)


def line(diagnosis: Diagnosis, label: str) -> str:
    return dict(diagnosis.lines)[label]


def test_it_is_one_text_of_a_line_for_each_thing() -> None:
    told = replace(WELL, screens=(Screen(1366, 768, 100),), printers=Printers(0, has_default=False))
    assert told.in_words().split("\n") == [
        "柜台助手诊断（没有任何人的信息）",
        "时间：2026年11月23日 10:42",
        "柜台助手：0.1.0",
        "目录：2026.11.4",
        "台账格式：第 5 版",
        "文书版式：第 1 版",
        "Python：3.11.7",
        "Qt：6.9.3",
        "SQLite：3.54.0",
        "系统：UOS 20，内核 4.19.0，x86_64，glibc 2.28，zh_CN，UTC+08:00",
        "方式：正常",
        "台账：3.2 MB，1,234 条记录",
        "最近的备份：5 小时前",
        "屏幕：1366×768（100%）",
        "打印机：没有看到",
        "最近的意外错误：没有",
    ]
    assert list(told.to_json().items()) == list(told.lines)


def test_what_nobody_looked_at_is_not_spoken_of() -> None:
    labels = [label for label, _ in WELL.lines]
    assert not {"屏幕", "打印机"} & set(labels)
    assert labels[-1] == "最近的意外错误"
    assert line(replace(WELL, screens=()), "屏幕") == "没有"


def test_a_book_that_is_not_open_says_by_which_code() -> None:
    told = replace(WELL, mode=Mode.SEALED, refused="book-sealed", book=BookFacts(4_096_000))
    assert (line(told, "方式"), line(told, "台账")) == ("台账密封着（book-sealed）", "4.1 MB")
    assert line(replace(told, book=BookFacts(None)), "台账") == "没有"
    assert line(replace(told, book=BookFacts(100_000, 0, sealed=True)), "台账") == "0.1 MB，0 条记录，密封"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(minutes=59), "不到 1 小时前"), (timedelta(hours=1), "1 小时前"), (timedelta(hours=47, minutes=59), "47 小时前"),
        (timedelta(hours=48), "2 天前"), (timedelta(days=9, hours=23), "9 天前"), (-timedelta(hours=3), "不到 1 小时前"),
    ],
)  # fmt: skip
def test_how_long_ago_the_last_copy_was_made(before: timedelta, said: str) -> None:
    assert line(replace(WELL, last_backup=NOW - before), "最近的备份") == said


def test_that_there_is_no_copy() -> None:
    assert line(replace(WELL, last_backup=None), "最近的备份") == "还没有核对过的"


def test_an_error_is_told_by_time_kind_and_place() -> None:
    told = replace(WELL, error=ErrorNoted("2026-11-29 10:42:31", "KeyError", "page.py:120"))
    assert line(told, "最近的意外错误") == "2026-11-29 10:42:31 KeyError page.py:120"
    assert line(replace(WELL, error=ErrorNoted("2026-11-29 10:42:31", "其他", "")), "最近的意外错误").endswith(
        "31 其他"
    )


@pytest.mark.parametrize(
    ("printers", "said"),
    [
        (Printers(1, has_default=True), "1 台，有默认的"),
        (Printers(2, has_default=False, troubles=("缺纸",)), "2 台，没有默认的；1 台缺纸"),
        (
            Printers(
                4,
                True,
                ("缺纸", "已停止", "缺纸"),
                ("A5", "Custom.241x140mm"),
                (PaperFormat.HALVES, PaperFormat.LARGE),
                2,
            ),
            "4 台，有默认的；2 台缺纸；1 台已停止；A5、241×140 毫米 另有打印机；文书打在A4 对半、大字上；2 台调过位置",
        ),
        (Printers(1, True, sizes=("张三", "李四")), "1 台，有默认的；其他 另有打印机"),
    ],
)
def test_printers_are_told_without_their_names(printers: Printers, said: str) -> None:
    assert line(replace(WELL, printers=printers), "打印机") == said


def test_screens_are_told_by_size_and_scale() -> None:
    told = replace(WELL, screens=(Screen(1366, 768, 100), Screen(1920, 1080, 150)))
    assert line(told, "屏幕") == "1366×768（100%），1920×1080（150%）"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (timedelta(hours=8), "UTC+08:00"), (timedelta(0), "UTC+00:00"), (-timedelta(hours=3, minutes=30), "UTC-03:30"),
        (timedelta(hours=5, minutes=45), "UTC+05:45"), (None, "zh_CN"),
    ],
)  # fmt: skip
def test_the_zone_of_the_clock(zone: timedelta | None, said: str) -> None:
    assert SYSTEM._replace(zone=zone).line.rpartition("，")[2] == said


def test_what_a_pc_says_of_itself_is_told_only_where_it_is_known() -> None:
    hostile = System("张三的电脑", "13800138000", "李四", "王五", "赵六", "张三", None)
    assert hostile.line == "其他，其他，其他"


def test_versions_of_somebody_s_own_are_told_as_another() -> None:
    hostile = Versions("张三", "李四 2026", 5, 1, "13800138000", "", "王五")
    assert [words for _, words in hostile.lines] == ["其他", "其他", "第 5 版", "第 1 版", "其他", "其他", "其他"]


def test_a_python_that_was_built_from_its_repository_is_told_by_its_version() -> None:
    assert dict(VERSIONS._replace(python="3.13.0+").lines)["Python"] == "3.13.0"


def test_it_bears_the_time_it_was_made() -> None:
    assert line(replace(WELL, at=NOW + timedelta(days=40)), "时间") == "2027年1月2日 10:42"
