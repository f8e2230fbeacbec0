"""一份 JSON 改成另一份，只记改了的地方：写法照 RFC 6902 的 add、remove、replace，读时逐项核对.

A change is {"op": "replace", "path": "/materials/2/when", "value": …}. Nothing else of RFC 6902 is written or read: a place is named by
the keys and positions that lead to it, an addition stands where nothing stood or before what stands there, and the rest must be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

_POSITION = re.compile(r"0|[1-9][0-9]{0,8}")
_STRAY = re.compile(r"~(?![01])")
_KEYS = {"add": {"op", "path", "value"}, "replace": {"op", "path", "value"}, "remove": {"op", "path"}}


def changes(before: Any, after: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """What makes `after` of `before`, in the order in which it is to be done. Keys keep no order."""
    if isinstance(before, dict) and isinstance(after, dict):
        yield from ({"op": "remove", "path": _at(path, key)} for key in before if key not in after)
        for key, value in after.items():
            place = _at(path, key)
            if key not in before:
                yield {"op": "add", "path": place, "value": value}
            else:
                yield from changes(before[key], value, place)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, path)
    elif not _same(before, after):
        yield {"op": "replace", "path": path, "value": after}


def changed(value: Any, done: Any) -> Any:
    """The value after some changes, in their order; `value` itself stays as it is.

    Raises:
        ValueError: they are no such changes, or not of this value.
    """
    if not isinstance(done, list):
        raise ValueError("changes are a list")
    for change in done:
        value = _after(value, change)
    return value


def _of_lists(before: list[Any], after: list[Any], path: str) -> Iterator[dict[str, Any]]:
    """What both begin and end with stays; between, what stands at the same place is changed, and the rest comes or goes."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    gone, come = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(gone) == len(come):
        for i, (was, is_) in enumerate(zip(gone, come, strict=True), head):
            yield from changes(was, is_, _at(path, str(i)))
        return
    yield from ({"op": "remove", "path": _at(path, str(i))} for i in reversed(range(head, head + len(gone))))
    yield from ({"op": "add", "path": _at(path, str(i)), "value": value} for i, value in enumerate(come, head))


def _alike(one: list[Any], other: list[Any]) -> int:
    return sum(1 for _ in takewhile(lambda pair: _same(*pair), zip(one, other, strict=False)))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike. To Python true is 1, in JSON it is not."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _at(path: str, key: str) -> str:
    return f"{path}/{key.replace('~', '~0').replace('/', '~1')}"


def _after(value: Any, change: Any) -> Any:
    """The value after one change: what leads to the place is copied, the rest is shared."""
    if not isinstance(change, dict) or change.keys() != _KEYS.get(str(change.get("op"))):
        raise ValueError("this is no change")
    held: Any = {"": value}
    whole, key = held, ""
    for each in _keys(change["path"]):
        part = _copy(held, key)
        held[_there(held, key)] = part
        held, key = part, each
    match change["op"], held:
        case "add", list():
            held.insert(_position(key, len(held) + 1), change["value"])
        case "add", _ if key not in held:
            held[key] = change["value"]
        case "replace", _:
            held[_there(held, key)] = change["value"]
        case "remove", _ if held is not whole:
            del held[_there(held, key)]
        case _:
            raise ValueError(f"something stands at {change['path']}, or must stand there")
    return whole[""]


def _keys(path: Any) -> list[str]:
    if not isinstance(path, str) or (path and not path.startswith("/")) or _STRAY.search(path):
        raise ValueError("this is no path")
    return [key.replace("~1", "/").replace("~0", "~") for key in path.split("/")[1:]]


def _copy(held: Any, key: str) -> Any:
    """What stands at a key, to be changed."""
    part = held[_there(held, key)]
    if not isinstance(part, dict | list):
        raise ValueError(f"{key} holds nothing")
    return part.copy()


def _there(held: Any, key: str) -> Any:
    """The key of a dict or the position in a list at which something stands."""
    if isinstance(held, list):
        return _position(key, len(held))
    if key not in held:
        raise ValueError(f"there is no {key}")
    return key


def _position(key: str, below: int) -> int:
    position = int(key) if _POSITION.fullmatch(key) else below
    if position >= below:
        raise ValueError(f"{key} is no position")
    return position
