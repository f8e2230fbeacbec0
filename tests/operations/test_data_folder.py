"""The data folder of an office: who runs a command as the administrator begins no second book."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.data_folder import office_folder, ready_folder
from counter_assistant.operations.office import open_office

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no sudo on Windows")


@pytest.fixture
def theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a clerk's book, as sudo leaves it known to the administrator, whose own home is another."""
    import pwd

    clerk, root = tmp_path / "clerk", tmp_path / "root"
    for name in ("COUNTER_ASSISTANT_DATA", "XDG_DATA_HOME", "PKEXEC_UID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(clerk))
    folder = office_folder()
    with closing(open_office()):
        assert (folder / "book.db").exists()
    monkeypatch.setenv("HOME", str(root))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("SUDO_UID", "1000")
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: SimpleNamespace(pw_dir=str(clerk if uid == 1000 else root)))
    return folder


def test_an_administrator_begins_no_book_beside_that_of_whoever_called_sudo(theirs: Path) -> None:
    with pytest.raises(Refusal, match=f"办件用的台账在 {theirs}") as refused:
        open_office()
    assert refused.value.code == "others-book"
    assert not office_folder().exists()


def test_what_is_asked_for_by_name_is_opened(theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ready_folder(tmp_path / "named").is_dir()
    assert ready_folder(training=True).is_dir()
    monkeypatch.setenv("COUNTER_ASSISTANT_DATA", str(theirs))
    assert ready_folder() == theirs


@pytest.mark.parametrize("given", [{"SUDO_UID": "0"}, {"SUDO_UID": "none"}, {"SUDO_UID": ""}])
def test_who_is_the_administrator_themselves_has_a_book(
    theirs: Path, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert ready_folder() == office_folder() != theirs
