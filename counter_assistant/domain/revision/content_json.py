"""目录写成 JSON，又读回来：核定的内容记进台账、装进内容包，都是这一种写法.

A record is an object with one key for each field that does not hold its default; conditions use the four words of the item
files (`q … in`, `all`, `any`, `not`). Reading is strict: a key, code or type that is not known is refused with its place, so
that nothing is taken that this program would not tell. Conditions stand in one another, and so does what a sentence said before,
but not without end: whoever goes through them calls himself for each, and would not come back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.catalogue.form_sentences import FormSentences
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.materials import Material
from counter_assistant.domain.catalogue.questions import Question
from counter_assistant.domain.catalogue.statutes import Statute
from counter_assistant.domain.refusal import Refusal

T = TypeVar("T")


class BrokenContent(Refusal):
    """`broken-content`, with the place of what cannot be read and what is wrong there."""

    def __init__(self, place: str, fault: str) -> None:
        self.place, self.fault = place.lstrip(".") or "开头", fault
        super().__init__("broken-content", f"内容里 {self.place} 处{fault}。", "请换一份没有改动过的文件。")


DEEPEST = 64
"""How deep the values of what stands in its like may be nested; the conditions of the catalogue are at most six deep."""

_CONDITIONS = frozenset(get_args(Condition))
_SIMPLE = (str, int, bool)
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_PARTS = frozenset(each.name for each in fields(Catalogue))
_LATER = frozenset({"form_sentences"})
"""Parts that a catalogue need not have."""


def to_json(value: Any) -> Any:
    """A value of the catalogue in plain JSON values.

    How a value is spelled must not change, not even in what is left out: the file of a revision holds the differences of one
    spelling from another, and `storage/content/revision_file.py` applies them to what it reads.
    """
    if isinstance(value, Always | Answered | Not | All | AnyOf):
        return _condition_to_json(value)
    if is_dataclass(value):
        held = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: to_json(part) for each, part in held if part != _default(each)}
    if isinstance(value, Mapping):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[T], value: Any, place: str = "") -> T:
    """What `to_json` wrote of a value of this kind.

    Raises:
        Refusal: `broken-content`: a key is missing or unknown, or a value is of another type; `place` says where.
    """
    read: T = _read(kind, value, place)
    return read


def catalogue_to_json(catalogue: Catalogue) -> dict[str, Any]:
    """A whole catalogue, without any approval that lies in the book."""
    return {
        "version": catalogue.version,
        "items": {item_id: to_json(texts) for item_id, texts in catalogue.items.items()},
        "questions": to_json(catalogue.questions),
        "materials": to_json(dict(catalogue.materials)),
        "statutes": to_json(catalogue.statutes),
        **({"form_sentences": to_json(catalogue.form_sentences)} if catalogue.form_sentences else {}),
    }


def catalogue_from_json(value: Any) -> Catalogue:
    """What `catalogue_to_json` wrote. An item is read when it is first asked for.

    Raises:
        Refusal: `broken-content`; that of an item's own text when the item is first asked for.
    """
    parts = _object(value, "", _PARTS)
    for name in sorted(_PARTS - _LATER - parts.keys()):
        _refuse(name, "没有写")
    return Catalogue(
        version=_read(str, parts["version"], "version"),
        items=LazyItems(_object(parts["items"], "items")),
        questions=_read(Mapping[str, Question], parts["questions"], "questions"),
        statutes=_read(Mapping[str, Statute], parts["statutes"], "statutes"),
        materials=_read(Mapping[str, Material], parts["materials"], "materials"),
        form_sentences=_read(FormSentences, parts.get("form_sentences", {}), "form_sentences"),
    )


class LazyItems(Mapping[str, tuple[ServiceItem, ...]]):
    """The texts of each item, newest first, read from JSON when the item is first asked for."""

    def __init__(self, written: Mapping[str, Any]) -> None:
        self._written = written
        self._read: dict[str, tuple[ServiceItem, ...]] = {}

    def __getitem__(self, item_id: str) -> tuple[ServiceItem, ...]:
        if item_id not in self._read:
            texts = from_json(tuple[ServiceItem, ...], self._written[item_id], f"items.{item_id}")
            self._read[item_id] = tuple(sorted(texts, key=lambda text: text.effective_from, reverse=True))
        return self._read[item_id]

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._written

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def _condition_to_json(condition: Condition) -> dict[str, Any]:
    match condition:
        case Answered(question=question, values=values):
            return {"q": question, "in": list(values)}
        case Not(part=part):
            return {"not": to_json(part)}
        case All(parts=parts):
            return {"all": to_json(parts)}
        case AnyOf(parts=parts):
            return {"any": to_json(parts)}
        case _:
            return {}


def _too_deep(value: Any) -> bool:
    """Whether values are nested deeper than those of any condition or sentence."""
    layer = [value]
    for _ in range(DEEPEST):
        held = (each.values() if isinstance(each, dict) else each for each in layer if isinstance(each, dict | list))
        layer = [part for parts in held for part in parts]
    return bool(layer)


def _condition_from_json(value: Any, place: str) -> Condition:
    match _object(value, place):
        case {"q": str(question), "in": list(values), **rest} if not rest:
            return Answered(question, _read(tuple[str, ...], values, f"{place}.in"))
        case {"not": part, **rest} if not rest:
            return Not(_condition_from_json(part, f"{place}.not"))
        case {"all": list(parts), **rest} if not rest:
            return All(_conditions(parts, f"{place}.all"))
        case {"any": list(parts), **rest} if not rest:
            return AnyOf(_conditions(parts, f"{place}.any"))
        case {**rest} if not rest:
            return Always()
    _refuse(place, "条件写得不对")


def _conditions(parts: list[Any], place: str) -> tuple[Condition, ...]:
    return tuple(_condition_from_json(part, f"{place}[{i}]") for i, part in enumerate(parts, 1))


def _read(kind: Any, value: Any, place: str) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType or isinstance(kind, UnionType):
        return _read_union(frozenset(parts), value, place)
    if origin is tuple:
        return _read_tuple(parts, value, place)
    if origin is not None:
        keys = parts[0]
        return {
            _key(keys, key, place): _read(parts[1], part, f"{place}.{key}")
            for key, part in _object(value, place).items()
        }
    if is_dataclass(kind):
        return _read_record(kind, value, place)
    return _read_plain(kind, value, place)


def _read_union(kinds: frozenset[Any], value: Any, place: str) -> Any:
    if value is None and NoneType in kinds:
        return None
    kinds -= {NoneType}
    if _too_deep(value):  # what may be of several kinds, or missing, is all that can stand in its like
        _refuse(place, "套得太深")
    if kinds == _CONDITIONS:
        return _condition_from_json(value, place)
    (kind,) = kinds
    return _read(kind, value, place)


def _read_tuple(kinds: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        _refuse(place, "应当是一列")
    each = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else list(kinds)
    if len(each) != len(value):
        _refuse(place, f"应当有 {len(each)} 项")
    return tuple(_read(kind, part, f"{place}[{i}]") for i, (kind, part) in enumerate(zip(each, value, strict=True), 1))


def _read_record(kind: Any, value: Any, place: str) -> Any:
    known = _shape(kind)
    given = _object(value, place, frozenset(known))
    for name, (_, has_default) in known.items():
        if name not in given and not has_default:
            _refuse(f"{place}.{name}", "没有写")
    return kind(**{name: _read(known[name][0], part, f"{place}.{name}") for name, part in given.items()})


def _read_plain(kind: Any, value: Any, place: str) -> Any:
    if kind in _SIMPLE:
        return value if type(value) is kind else _refuse(place, "不是应有的文字或者数字")
    if not isinstance(value, str):
        _refuse(place, "不是应有的文字")
    read: Callable[[str], Any] = date.fromisoformat if kind is date else kind
    try:
        return read(value)
    except ValueError:
        _refuse(place, f"“{value}”不认识")


def _key(kind: Any, key: str, place: str) -> Any:
    return key if kind is str else int(key) if _NUMBER.fullmatch(key) else _refuse(place, f"“{key}”不是数字")


@cache
def _shape(kind: Any) -> dict[str, tuple[Any, bool]]:
    """Each field of a record, with its type and whether it may be left out."""
    hints = get_type_hints(kind)
    return {each.name: (hints[each.name], _default(each) is not MISSING) for each in fields(kind)}


def _default(of: Field[Any]) -> Any:
    return of.default if of.default_factory is MISSING else of.default_factory()


def _object(value: Any, place: str, known: frozenset[str] | None = None) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(place, "应当是一组名称和内容")
    for key in value:
        if known is not None and key not in known:
            _refuse(f"{place}.{key}", "这一项不认识")
    return value


def _refuse(place: str, what: str) -> NoReturn:
    raise BrokenContent(place, what)
