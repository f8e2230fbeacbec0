"""A strict reader of TOML tables: every fault names the file, the place in it and what is wrong, in Chinese."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from counter_assistant.domain.refusal import Refusal

T = TypeVar("T")
_NOT_MEANT: dict[type, type] = {int: bool, date: datetime}
"""What Python takes for the kind, and a reader of the file would not."""
_KINDS = {str: "文字", int: "整数", list: "列表", dict: "表", date: "日期（如 2026-09-20）", bool: "true 或 false"}


class ContentFault(Refusal):
    """A fault in a content file: `file`, `place` and the fault itself."""

    def __init__(self, file: str, place: str, fault: str) -> None:
        super().__init__(
            "broken-catalogue", f"目录文件 {file} 的 {place}：{fault}。", "请改正这个文件，或者恢复原来的版本。"
        )
        self.file, self.place, self.fault = file, place, fault


class Table:
    """One table of a file. Every key must be taken before `done`, so that a misspelt key is a fault."""

    def __init__(self, values: dict[str, Any], file: str, place: str = "顶层") -> None:
        self._values, self.file, self.place = dict(values), file, place

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

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._values

    def keys(self) -> list[str]:
        """The keys not yet taken."""
        return list(self._values)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of a key; a missing one without a default is a fault, and so is one of another kind."""
        if key not in self._values:
            if default is None:
                raise self.fault("缺少这一项", key)
            return default
        value = self._values.pop(key)
        if not isinstance(value, kind) or isinstance(value, _NOT_MEANT.get(kind, ())):
            raise self.fault(f"应当是{_KINDS[kind]}", key)
        return value

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
        values = self._values.pop(key, [])
        rows = [values] if isinstance(values, dict) else values
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.fault("应当是表的列表", key)
        for i, row in enumerate(rows, 1):
            name = row.get("id") or row.get("name") or i
            yield Table(row, self.file, f"{key}[{name}]")

    def done(self) -> None:
        """Faults on any key that nobody took."""
        for key in self._values:
            raise self.fault("不认识这一项", key)
