"""A revision is written whole after each of its acts, and each act is put into words once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import Act, Batch, ItemRetired, Revision, TextEdited, act_to_json
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.program import program
from counter_assistant.storage.content import revision_file
from counter_assistant.storage.content.revision_file import NAME, ActTexts, acts_kept, read_revision, write_revision

TEXT = newest(program().catalogue, "B08")


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
        assert json.loads((tmp_path / NAME).read_text("utf-8")) == revision.to_json()


def test_what_was_written_before_is_not_put_into_words_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Act] = []

    def saying(act: Act) -> dict[str, Any]:
        said.append(act)
        return act_to_json(act)

    monkeypatch.setattr(revision_file, "act_to_json", saying)
    texts, acts = ActTexts(), tuple(renamed(f"租房提取{n}") for n in range(4))
    for many in (1, 2, 3, 2, 4):
        write_revision(tmp_path, Revision("1", acts[:many]), texts)
    assert said == [acts[0], acts[1], acts[2], acts[2], acts[3]]


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
