"""从命令行的 JSON 文件读出各项：不认识的、写了两次的、类型不对的，都指名退回.

Unknown fields and values are refused by name, so that nothing is dropped silently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of
from counter_assistant.storage.content.strict_table import StrictTable

LARGEST_REQUEST = 1_000_000
E = TypeVar("E", bound=StrEnum)


def read_json_file(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises:
        Refusal: `no-request-file` (it cannot be read), `request-too-large` (more than `LARGEST_REQUEST` bytes),
            `broken-json` (no JSON object), `key-twice`.
    """
    try:
        content = read_plain(path, LARGEST_REQUEST + 1)
    except (OSError, ValueError) as error:
        raise Refusal(
            "no-request-file", f"读不到请求文件 {path.name}：{reason_of(error)}。", "请核对文件名。"
        ) from error
    return read_json(content, f"请求文件 {path.name} ")


def read_json(data: bytes, what: str) -> dict[str, Any]:
    """The object that some bytes are, `what` they are called.

    Raises:
        Refusal: `request-too-large`, `broken-json`, `key-twice`.
    """
    if len(data) > LARGEST_REQUEST:
        raise Refusal("request-too-large", f"{what}超过 1 MB。", "请核对是否选错了文件。")
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise Refusal("broken-json", f"{what}不是有效的 JSON。", "请核对引号、逗号和括号，文件应为 UTF-8。") from error
    if not isinstance(content, dict):
        raise Refusal("broken-json", "请求应当是一个 JSON 对象。", "请参照手册里的例子。")
    return content


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no key is repeated: of two values neither is known to be the one meant."""
    content = dict(pairs)
    if len(content) < len(pairs):
        twice = next(key for key in content if sum(name == key for name, _ in pairs) > 1)
        raise Refusal("key-twice", f"请求里“{twice}”写了两次。", "请只留一个。")
    return content


class Fields(StrictTable):
    """The fields of one JSON object. A field that is null counts as left out."""

    def __init__(self, content: Mapping[str, Any], what: str) -> None:
        super().__init__({key: value for key, value in content.items() if value is not None})
        self._what = what

    def missing(self, key: str) -> Refusal:
        return Refusal("missing-field", f"{self._what}缺少“{key}”。", "请补上这一项。")

    def wrong_kind(self, key: str, kind: type) -> Refusal:
        return Refusal("wrong-type", f"{self._what}的“{key}”类型不对。", f"应当是{_TYPES[kind]}。")

    def unknown(self, key: str) -> Refusal:
        return Refusal("unknown-field", f"{self._what}里不认识“{key}”这一项。", "请核对拼写，或者删去它。")

    def text(self, key: str, default: str | None = None) -> str:
        """A text, which is not empty unless it has a default."""
        if default is None and not self._left.get(key):
            raise self.missing(key)
        return self.take(key, str, default or "")

    def mapping(self, key: str) -> dict[str, Any]:
        """An object as it stands; empty where it is left out."""
        return self.take(key, dict, {})

    def nested(self, key: str) -> Fields:
        """The fields of an object."""
        return Fields(self.mapping(key), key)

    def choice(self, key: str, default: E) -> E:
        """One of the default's kind."""
        return one_of(type(default), key, self.text(key, default.value))

    def optional_choice(self, key: str, kind: type[E]) -> E | None:
        """One of a kind; None where it is left out."""
        value = self.text(key, "")
        return one_of(kind, key, value) if value else None


_TYPES = {str: "文字", bool: "true 或 false", list: "列表", dict: "对象"}


def one_of(kind: type[E], key: str, value: str) -> E:
    """The value of a kind that a text names.

    Raises:
        Refusal: `unknown-value`.
    """
    try:
        return kind(value)
    except ValueError:
        raise Refusal("unknown-value", f"“{key}”没有“{value}”这个值。", f"可以是：{'、'.join(kind)}。") from None
