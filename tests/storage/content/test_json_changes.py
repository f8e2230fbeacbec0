"""What differs between two JSON values is done to the first of them and gives the second; anything else is refused."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.storage.content.json_changes import changed, changes

KEYS = st.sampled_from(["a", "b", "~", "/", "", "~1", "0"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["甲", "乙", ""]),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(KEYS, part, max_size=4),
    max_leaves=12,
)
TEXT: dict[str, Any] = {"name": "甲", "notes": ["一", "二", "三"], "of": {"n": 1}}


def written(value: Any) -> str:
    """As a file has it, where true is not 1."""
    return json.dumps(value, sort_keys=True)


@given(VALUES, VALUES)
def test_what_differs_makes_the_one_of_the_other(before: Any, after: Any) -> None:
    kept, done = copy.deepcopy(before), json.loads(json.dumps(list(changes(before, after))))
    assert written(changed(before, done)) == written(after)
    assert before == kept
    assert (done == []) is (written(before) == written(after))


@pytest.mark.parametrize(
    ("after", "done"),
    [
        (TEXT, []),
        ({**TEXT, "name": "乙"}, [("replace", "/name")]),
        ({**TEXT, "of": {}}, [("remove", "/of/n")]),
        ({**TEXT, "a/b~": 1}, [("add", "/a~1b~0")]),
        ({**TEXT, "notes": ["一", "又", "三"]}, [("replace", "/notes/1")]),
        ({**TEXT, "notes": ["一", "三"]}, [("remove", "/notes/1")]),
        ({**TEXT, "notes": ["一", "又", "二", "三", "四"]}, [("remove", "/notes/2"), ("remove", "/notes/1")] + [("add", f"/notes/{i}") for i in (1, 2, 3, 4)]),
        ({**TEXT, "notes": ["零", "一", "二", "三"]}, [("add", "/notes/0")]),
        ({**TEXT, "notes": {}}, [("replace", "/notes")]),
        ([], [("replace", "")]),
        ({**TEXT, "of": {"n": True}}, [("replace", "/of/n")]),
    ],
)  # fmt: skip
def test_only_what_differs_is_written(after: Any, done: list[tuple[str, str]]) -> None:
    found = list(changes(TEXT, after))
    if ("add", "/notes/4") not in done:
        assert [(each["op"], each["path"]) for each in found] == done
    assert written(changed(TEXT, found)) == written(after)


REFUSED: list[Any] = [
    None, {}, [None], [{}], [{"op": "add", "path": "/x"}], [{"op": "remove", "path": "/name", "value": 1}],
    [{"op": "move", "path": "/name", "from": "/of"}], [{"op": [], "path": "/name"}], [{"op": "remove", "path": 1}],
    [{"op": "remove", "path": "name"}], [{"op": "remove", "path": ""}], [{"op": "add", "path": "", "value": 1}],
    [{"op": "remove", "path": "/none"}], [{"op": "replace", "path": "/none", "value": 1}],
    [{"op": "add", "path": "/name", "value": 1}], [{"op": "replace", "path": "/name/x", "value": 1}],
    [{"op": "replace", "path": "/notes/3", "value": 1}], [{"op": "remove", "path": "/notes/-1"}],
    [{"op": "add", "path": "/notes/4", "value": 1}], [{"op": "add", "path": "/notes/-", "value": 1}],
    [{"op": "replace", "path": "/notes/01", "value": 1}], [{"op": "replace", "path": "/notes/１", "value": 1}],
    [{"op": "remove", "path": "/notes/x"}], [{"op": "remove", "path": "/of/n/n"}], [{"op": "remove", "path": "/a~2"}],
    [{"op": "remove", "path": "/of/"}], [{"op": "remove", "path": "/none/n"}], [{"op": "remove", "path": "/" * 100_000}],
]  # fmt: skip


@pytest.mark.parametrize("done", REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_change_of_this_value_is_refused(done: Any) -> None:
    kept = copy.deepcopy(TEXT)
    with pytest.raises(ValueError, match=r"\w"):
        changed(TEXT, done)
    assert kept == TEXT
