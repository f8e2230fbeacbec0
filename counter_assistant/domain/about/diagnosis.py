"""诊断：报修时交给管理员的一段话，里面没有任何人的姓名、号码，没有路径，没有文书编号."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from counter_assistant.domain.about import harmless
from counter_assistant.domain.formatting import chinese_time, listed
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.safekeeping.mode import Mode

NONE = "没有"
"""What is said where there is nothing of a kind."""


class Versions(NamedTuple):
    """Which version is which. `schema` is of the book's tables, `layout` of the papers (版式)."""

    program: str
    catalogue: str
    schema: int
    layout: int
    python: str
    qt: str
    sqlite: str

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What a person reads, a line for each."""
        return (
            ("柜台助手", harmless.whole_version(self.program)),
            ("目录", harmless.catalogue_of(self.catalogue)),
            ("台账格式", f"第 {self.schema} 版"),
            ("文书版式", f"第 {self.layout} 版"),
            ("Python", harmless.version_in(self.python) or harmless.OTHER),
            ("Qt", harmless.whole_version(self.qt)),
            ("SQLite", harmless.whole_version(self.sqlite)),
        )


class System(NamedTuple):
    """The PC. `release` is of its kernel, `zone` how far its clock is from UTC."""

    name: str
    version: str
    release: str
    machine: str
    library: str
    language: str
    zone: timedelta | None

    @property
    def line(self) -> str:
        """UOS 20，内核 4.19.0，x86_64，glibc 2.28，zh_CN，UTC+08:00."""
        named = f"{harmless.system_of(self.name)} {harmless.version_in(self.version)}".strip()
        kernel, library = harmless.version_in(self.release), harmless.version_in(self.library)
        said = (
            named, f"内核 {kernel}" if kernel else "", harmless.machine_of(self.machine),
            f"glibc {library}" if library else "", harmless.language_of(self.language), _zone(self.zone),
        )  # fmt: skip
        return listed(said, "，")


class Screen(NamedTuple):
    """A screen: its size in the pixels that programs see, and how many of its own are one of these, in percent."""

    width: int
    height: int
    scale: int

    @property
    def words(self) -> str:
        """1366×768（100%）."""
        return f"{self.width}×{self.height}（{self.scale}%）"


class Printers(NamedTuple):
    """The printers, never by name. `troubles` are the program's own words for what keeps one from printing; `sizes` those sizes of paper
    that go to a printer of their own; `formats` in what papers are printed where that is not A4; `moved` how many printers are adjusted."""

    amount: int
    has_default: bool
    troubles: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    formats: tuple[PaperFormat, ...] = ()
    moved: int = 0

    @property
    def line(self) -> str:
        """2 台，有默认的；1 台缺纸；A5 另有打印机；文书打在 A4 对半上；1 台调过位置."""
        if not self.amount:
            return "没有看到"
        counted = {words: self.troubles.count(words) for words in self.troubles}
        sizes = listed(dict.fromkeys(map(harmless.sheet_of, self.sizes)))
        said = (
            f"{self.amount} 台，{'有默认的' if self.has_default else '没有默认的'}",
            *(f"{n} 台{words}" for words, n in counted.items()),
            f"{sizes} 另有打印机" if sizes else "",
            f"文书打在{listed(each.short for each in self.formats)}上" if self.formats else "",
            f"{self.moved} 台调过位置" if self.moved else "",
        )
        return listed(said, "；")


class BookFacts(NamedTuple):
    """The book: how many bytes its file has, and how many entries; None where it could not be opened, or there is none."""

    size: int | None
    entries: int | None = None
    sealed: bool = False

    @property
    def line(self) -> str:
        """3.2 MB，1,234 条记录，密封."""
        if self.size is None:
            return NONE
        entries = f"，{self.entries:,} 条记录" if self.entries is not None else ""
        return f"{self.size / 1e6:.1f} MB{entries}{'，密封' if self.sealed else ''}"


class ErrorNoted(NamedTuple):
    """An error that nobody expected, as the log of the data folder has it: when, of which kind, where in the program."""

    time: str
    kind: str
    place: str

    @property
    def line(self) -> str:
        """2026-11-29 10:42:31 KeyError diagnosis.py:36."""
        return listed((self.time, self.kind, self.place), " ")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How program and PC are, at a time, in numbers, versions and words of the program's own. `refused` is the code of the refusal for
    which the book is not open, or only read. `screens` and `printers` are None where nobody looked."""

    at: datetime
    versions: Versions
    system: System
    mode: Mode
    refused: str
    book: BookFacts
    last_backup: datetime | None
    error: ErrorNoted | None
    screens: tuple[Screen, ...] | None = None
    printers: Printers | None = None

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What it says, each line with what it is about."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[tuple[str, str]]:
        yield "时间", chinese_time(self.at)
        yield from self.versions.lines
        yield "系统", self.system.line
        yield "方式", f"{self.mode.value}（{self.refused}）" if self.refused else self.mode.value
        yield "台账", self.book.line
        yield "最近的备份", _ago(self.at, self.last_backup)
        if self.screens is not None:
            yield "屏幕", listed((screen.words for screen in self.screens), "，") or NONE
        if self.printers is not None:
            yield "打印机", self.printers.line
        yield "最近的意外错误", self.error.line if self.error else NONE

    def in_words(self) -> str:
        """All of it, to be sent on."""
        return "\n".join(("柜台助手诊断（没有任何人的信息）", *(f"{label}：{words}" for label, words in self.lines)))

    def to_json(self) -> dict[str, Any]:
        """The same lines, by what they are about."""
        return dict(self.lines)


def _zone(offset: timedelta | None) -> str:
    if offset is None:
        return ""
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _ago(now: datetime, then: datetime | None) -> str:
    """How long ago, in whole hours, and days from two on."""
    if then is None:
        return "还没有核对过的"
    hours = max(int((now - then) / timedelta(hours=1)), 0)
    if hours >= 48:
        return f"{hours // 24} 天前"
    return f"{hours} 小时前" if hours else "不到 1 小时前"
