"""A text of the PC, the book or a file is read as something known, or left out: nobody's name or number goes on."""

from __future__ import annotations

import pytest

from counter_assistant.domain.about import harmless

PEOPLE = [
    "张三",
    "13800138000",
    "530902199001011234",
    "zhangsan",
    "zhangsan-pc",
    "/var/zhangsan",
    "6.1张三",
    "0883-2122222",
    "",
]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("6.1.0-18-amd64", "6.1.0"), ("4.19.0", "4.19.0"), ("20", "20"), ("10.0.19045", "10.0.19045"), ("2.36", "2.36"),
        ("1.2.3.4.5", ""), ("1.2.3.4-5", "1.2.3.4"), ("3.13.0rc1+", "3.13.0rc1"),
        ("123456", ""), ("1.123456", ""), ("13800138000", ""), ("530902.19900101", ""), ("v6", ""), ("", ""), ("６.1", ""),
    ],
)  # fmt: skip
def test_a_version_at_the_beginning(text: str, version: str) -> None:
    assert harmless.version_in(text) == version


@pytest.mark.parametrize(
    "text", ["3.11.7", "0.1.0", "6.10", "3", "1.0rc2", "2.0.post1", "1.2.3.dev4", "3.54.0.0", "1a1"]
)
def test_a_whole_version(text: str) -> None:
    assert harmless.whole_version(text) == text


@pytest.mark.parametrize("text", [*PEOPLE, "3.11.7 ", "3.11.7张三", "3.11.7-li", "1.2.3.4.5", "123456", "1.0c1", ".1"])
def test_what_is_not_wholly_a_version_is_another(text: str) -> None:
    assert harmless.whole_version(text) == "其他"


@pytest.mark.parametrize("text", ["2026.11.4", "2026-12-01", "2027-01-01-2", "2026.1.31"])
def test_a_catalogue_is_named_by_a_day(text: str) -> None:
    assert harmless.catalogue_of(text) == text


@pytest.mark.parametrize(
    "text", [*PEOPLE, "1990-01-01", "2026.11-4", "2026-12-01-123", "2026-12", "2026-12-01张三", "2026.123.1"]
)
def test_a_catalogue_that_is_named_otherwise_is_another(text: str) -> None:
    assert harmless.catalogue_of(text) == "其他"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("A4", "A4"),
        ("A5", "A5"),
        ("Custom.241x140mm", "241×140 毫米"),
        ("A7", "其他"),
        ("A44", "其他"),
        ("Custom.1990x101mm", "其他"),
    ],
)
def test_a_sheet(size: str, said: str) -> None:
    assert harmless.sheet_of(size) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [("uos", "UOS"), ("Kylin", "Kylin"), ("debian", "Debian"), ("Windows", "Windows"), ("Linux", "Linux")],
)
def test_a_known_system(name: str, said: str) -> None:
    assert harmless.system_of(name) == said


@pytest.mark.parametrize("name", ["x86_64", "AMD64", "aarch64", "loongarch64", "sw_64"])
def test_a_known_processor(name: str) -> None:
    assert harmless.machine_of(name) == name


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh_CN", "zh_CN"),
        ("de_DE@euro", "de_DE"),
        ("C.UTF-8", "其他"),
        ("zh_CNzhang", "其他"),
        ("zh-CN", "其他"),
    ],
)
def test_a_language(setting: str, said: str) -> None:
    assert harmless.language_of(setting) == said


@pytest.mark.parametrize("text", PEOPLE)
def test_nobody_is_let_through_as_anything(text: str) -> None:
    read = (harmless.system_of, harmless.machine_of, harmless.language_of, harmless.sheet_of)
    assert {each(text) for each in read} == {"其他"}
