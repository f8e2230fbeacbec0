"""The desk shows the licences of the bundle, else of the checkout, and says in words where they are gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.about.licences import components


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    components.cache_clear()
    yield
    components.cache_clear()


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of licences of a bundle, still empty."""
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "program.zip" / "counter_assistant" / "paths.pyc"))
    folder = tmp_path / "licences"
    folder.mkdir()
    return folder


def test_a_checkout_shows_what_is_installed() -> None:
    names = {each.name for each in components()}
    assert {"counter-assistant", "Python", "peewee", "Qt", "NotoSerifSC"} <= names


def test_a_bundle_shows_what_was_collected(bundle: Path) -> None:
    program = {
        "name": "counter-assistant", "version": "9", "licenses": [{"expression": "Apache-2.0"}],
        "properties": [
            {"name": "counter-assistant:part", "value": "program"},
            {"name": "counter-assistant:text", "value": "counter-assistant/LICENSE"},
        ],
    }  # fmt: skip
    (bundle / "counter-assistant").mkdir()
    (bundle / "counter-assistant" / "LICENSE").write_text("terms", "utf-8")
    (bundle / "sbom.json").write_text(json.dumps({"metadata": {"component": program}, "components": []}), "utf-8")
    [found] = components()
    assert (found.name, found.version, found.texts[0].name, found.texts[0].read()) == (
        "counter-assistant", "9", "LICENSE", "terms",
    )  # fmt: skip


@pytest.mark.parametrize(
    "listed", ["", "{}", "[]", '{"metadata": {"component": {"name": "a", "properties": []}}, "components": []}']
)
def test_a_list_that_is_damaged_is_refused_in_words(bundle: Path, listed: str) -> None:
    (bundle / "sbom.json").write_text(listed, "utf-8")
    with pytest.raises(Refusal) as refused:
        components()
    assert refused.value.code == "licences-missing"


def test_a_folder_without_a_list_or_parts_is_refused_in_words(bundle: Path) -> None:
    with pytest.raises(Refusal) as refused:
        components()
    assert refused.value.code == "licences-missing"
    assert "重新安装" in refused.value.remedy
