"""A draft is what stood on the desk when it was written: whatever is typed afterwards is written as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.operations.office import Office
from counter_assistant.ui.desk.controllers.autosave import Autosave
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft
from counter_assistant.ui.desk.presentation.state import DeskState
from tests.make import an_office

IN_PLACE = [f.name for f in fields(DeskState) if isinstance(getattr(DeskState(), f.name), (dict, set))]


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    office = an_office(data_dir)
    yield office
    office.close()


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("restored", [False, True], ids=["begun", "taken up again"])
@pytest.mark.parametrize("field", IN_PLACE)
def test_what_changes_in_place_after_a_draft_was_written_is_written_too(
    office: Office, field: str, restored: bool
) -> None:
    autosave, state = Autosave(office), DeskState(item="B08", name="岩罕")
    autosave.note(state)
    autosave.flush()
    if restored:
        autosave = Autosave(office)
        taken = autosave.restore_draft()
        assert taken is not None
        state = taken
    for value in ("first", "second"):
        kept: Any = getattr(state, field)
        kept.add(value) if isinstance(kept, set) else kept.update(key=value)
        autosave.note(state)
        autosave.flush()
        saved = office.drafts.load(state.uuid)
        assert saved is not None
        assert getattr(from_draft(state.uuid, saved.body), field) == kept


def test_there_is_something_that_changes_in_place() -> None:
    assert {"answers", "details", "defects", "form_values"} <= set(IN_PLACE)
