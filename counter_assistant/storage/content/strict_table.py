"""A strict reader of named values, and of TOML tables: every fault names the file, the place and what is wrong, in Chinese."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from counter_assistant.domain.refusal import Refusal

T = TypeVar("T")
_NOT_MEANT: dict[type, type] = {int: bool, date: datetime}
"""What Python takes for the kind, and whoever wrote the value would not."""
_KINDS = {str: "文字", int: "整数", list: "列表", dict: "表", date: "日期（如 2026-09-20）", bool: "true 或 false"}


class ContentFault(Refusal):
    """A fault in a content file: `file`, `place` and the fault itself."""

    def __init__(self, file: str, place: str, fault: str) -> None:
        super().__init__(
            "broken-catalogue", f"目录文件 {file} 的 {place}：{fault}。", "请改正这个文件，或者恢复原来的版本。"
        )
        self.file, self.place, self.fault = file, place, fault


class StrictTable:
    """Named values of which each is taken once, of its kind; what nobody took is a fault when it is `done`.

    What a fault is called and how it is said is the reader's own: `missing`, `wrong_kind`, `unknown`.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._left = dict(values)

    def missing(self, key: str) -> Refusal:
        """A key that must be there is not."""
        raise NotImplementedError

    def wrong_kind(self, key: str, kind: type) -> Refusal:
        """A value is of another kind."""
        raise NotImplementedError

    def unknown(self, key: str) -> Refusal:
        """Nobody reads this key: it is misspelt, or out of place."""
        raise NotImplementedError

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._left

    def keys(self) -> list[str]:
        """The keys not yet taken."""
        return list(self._left)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of a key; a missing one without a default is a fault, and so is one of another kind."""
        if key not in self._left:
            if default is None:
                raise self.missing(key)
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or isinstance(value, _NOT_MEANT.get(kind, ())):
            raise self.wrong_kind(key, kind)
        return value

    def done(self) -> None:
        """Faults on any key that nobody took."""
        for key in self._left:
            raise self.unknown(key)


class Table(StrictTable):
    """One table of a TOML file."""

    def __init__(self, values: Mapping[str, Any], file: str, place: str = "顶层") -> None:
        super().__init__(values)
        self.file, self.place = file, place

    @classmethod
    def of_file(cls, path: Path) -> Table:
        """The whole file."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        except (OSError, UnicodeDecodeError) as error:
            raise ContentFault(path.name, "整个文件", f"无法读取（{error.__class__.__name__}）") from error
        except tomllib.TOMLDecodeError as error:
            raise ContentFault(path.name, "整个文件", f"不是有效的 TOML（{error}）") from error

    def fault(self, fault: str, key: str = "") -> ContentFault:
        """A fault at this place."""
        return ContentFault(self.file, f"{self.place}.{key}" if key else self.place, fault)

    def missing(self, key: str) -> Refusal:
        return self.fault("缺少这一项", key)

    def wrong_kind(self, key: str, kind: type) -> Refusal:
        return self.fault(f"应当是{_KINDS[kind]}", key)

    def unknown(self, key: str) -> Refusal:
        return self.fault("不认识这一项", key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, unless its default is."""
        value = self.take(key, str, default)
        if not value.strip() and default is None:
            raise self.fault("不能为空", key)
        return value

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        values = self.take(key, list, default)
        if not all(isinstance(value, str) and value for value in values):
            raise self.fault("应当是文字的列表", key)
        return tuple(values)

    def table(self, key: str) -> Table:
        """A table within this one."""
        return Table(self.take(key, dict), self.file, f"{self.place}.{key}")

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of a list; a single table counts as a list of one."""
        values = self._left.pop(key, [])
        rows = [values] if isinstance(values, dict) else values
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.fault("应当是表的列表", key)
        for i, row in enumerate(rows, 1):
            name = row.get("id") or row.get("name") or i
            yield Table(row, self.file, f"{key}[{name}]")
