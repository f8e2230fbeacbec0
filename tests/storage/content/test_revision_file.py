"""A revision is written whole after each of its acts, and each act is put into words once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import BrokenContent
from counter_assistant.domain.revision.revision import Act, Batch, ItemRetired, Revision, TextEdited, act_to_json
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.program import program
from counter_assistant.storage.content import revision_file
from counter_assistant.storage.content.revision_file import (
    NAME,
    ActTexts,
    acts_kept,
    read_revision,
    revision_from,
    write_revision,
)
from tests.places import TESTS

TEXT = newest(program().catalogue, "B08")


def written(folder: Path) -> list[Any]:
    """The acts as they stand in the file."""
    acts: list[Any] = json.loads((folder / NAME).read_text("utf-8"))["acts"]
    return acts


def replace_note(words: str) -> Act:
    *notes, last = TEXT.notes
    return TextEdited(replace(TEXT, notes=(*notes, replace(last, text=words))))


def renamed(name: str) -> Act:
    return TextEdited(replace(TEXT, name=name))


def test_it_is_read_as_it_was_written_after_every_act_and_every_step_back(tmp_path: Path) -> None:
    texts = ActTexts()
    longer = Revision(
        "目录“一”", (renamed("租房提取"), ItemRetired("A18"), renamed("租房")), (Batch(1, 2, "核定表.xlsx"),)
    )
    other = replace(longer, acts=(longer.acts[0], renamed("房租提取")), batches=())
    for revision in (Revision("1"), longer, other, longer):
        write_revision(tmp_path, revision, texts)
        assert read_revision(tmp_path) == revision


def test_a_text_is_written_whole_once_and_then_what_differs(tmp_path: Path) -> None:
    acts = (renamed("租房提取"), ItemRetired("B08"), replace_note("说明"), renamed("租房"), renamed("租房"))
    write_revision(tmp_path, Revision("1", acts))
    whole, retired, note, again, same = written(tmp_path)
    assert (whole, retired) == (act_to_json(acts[0]), act_to_json(acts[1]))
    at = len(TEXT.notes) - 1
    assert {(each["op"], each["path"]) for each in note["changes"]} == {
        ("replace", "/name"),
        ("replace", f"/notes/{at}/text"),
    }
    assert [each["value"] for each in again["changes"] if each["path"] == "/name"] == ["租房"]
    assert same == {"act": "text", "item": "B08", "changes": []}
    assert read_revision(tmp_path) == Revision("1", acts)


def test_what_was_written_before_is_not_put_into_words_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Act] = []

    def saying(act: Act, before: dict[str, TextEdited]) -> str:
        said.append(act)
        return act_text(act, before)

    act_text = revision_file._act_text
    monkeypatch.setattr(revision_file, "_act_text", saying)
    texts, acts = ActTexts(), tuple(renamed(f"租房提取{n}") for n in range(5))
    for many in (1, 2, 3, 2, 4):
        write_revision(tmp_path, Revision("1", acts[:many]), texts)
    assert said == [acts[0], acts[1], acts[2], acts[2], acts[3]]
    reopened = ActTexts()
    kept = read_revision(tmp_path, reopened)
    assert kept is not None
    write_revision(tmp_path, kept.with_acts((acts[4],)), reopened)
    assert said[5:] == [acts[4]], "what stands in the file already is known from it"
    assert read_revision(tmp_path) == Revision("1", acts)


def test_what_an_earlier_version_wrote_with_every_text_whole_is_read_and_goes_on_smaller(tmp_path: Path) -> None:
    for landed in sorted((TESTS / "operations" / "fixtures" / "revisions").glob("*.json")):
        content = json.loads(landed.read_text("utf-8"))
        (tmp_path / NAME).write_bytes(landed.read_bytes())
        texts = ActTexts()
        read = read_revision(tmp_path, texts)
        assert read is not None
        assert read.to_json() == content
        write_revision(tmp_path, read, texts)
        assert json.loads((tmp_path / NAME).read_text("utf-8")) == content, "what was written stays as it is"
        write_revision(tmp_path, read)
        assert read_revision(tmp_path) == read
        assert (tmp_path / NAME).stat().st_size < landed.stat().st_size / 2


@pytest.mark.parametrize(
    ("act", "place"),
    [
        ({"act": "text", "item": "B09", "changes": []}, "acts[2].item"),
        ({"act": "text", "item": "B08", "changes": {}}, "acts[2].changes"),
        ({"act": "text", "item": "B08", "changes": [{"op": "remove", "path": "/nothing"}]}, "acts[2].changes"),
        ({"act": "text", "item": "B08", "changes": [{"op": "replace", "path": "", "value": []}]}, "acts[2].text"),
        ({"act": "text", "item": "B08", "changes": [{"op": "remove", "path": "/name"}]}, "acts[2].text.name"),
        ({"act": "text", "item": "B08", "changes": [], "more": 1}, "acts[2].item"),
        ({"act": "text", "item": 1, "changes": []}, "acts[2].item"),
        ({"act": "text", "text": {"id": 1}}, "acts[2].text"),
    ],
)
def test_changes_of_what_is_not_there_are_refused_at_their_place(tmp_path: Path, act: Any, place: str) -> None:
    write_revision(tmp_path, Revision("1", (renamed("租房"),)))
    with pytest.raises(BrokenContent) as refused:
        revision_from({"based_on": "1", "acts": [*written(tmp_path), act]})
    assert refused.value.place.startswith(place)


@pytest.mark.parametrize("value", [None, [], {}, {"based_on": "1", "acts": {}}, {"acts": [1]}])
def test_what_is_no_revision_is_refused(value: Any) -> None:
    with pytest.raises(Refusal) as refused:
        revision_from(value)
    assert refused.value.code == "broken-content"


CONDITIONS = '{"not":' * 5000 + "{}" + "}" * 5000
BEGIN = '{"based_on": "1", "acts": ['


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        BEGIN + "[" * 300 + "]" * 300 + "]}",
        BEGIN + '{"act": "question", "question": ' + CONDITIONS + "}]}",
    ],
)
def test_a_file_that_is_nested_without_end_is_refused_and_counts_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content, "utf-8")
    with pytest.raises(Refusal) as refused:
        read_revision(tmp_path)
    assert refused.value.code == "broken-revision"
    assert acts_kept(tmp_path) in (0, 1)
