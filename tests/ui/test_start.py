"""The door: arguments, input method, Qt's own words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.start import main, prepare_input_method, read_arguments
from tests.places import ROOT


class TestArguments:
    def test_training_has_a_folder_of_its_own(self, tmp_path: Path) -> None:
        assert read_arguments(["--data-dir", str(tmp_path)]) == (tmp_path, False, False)
        assert read_arguments([f"--data-dir={tmp_path}", "--training"]) == (
            tmp_path / "training",
            True,
            False,
        )

    def test_offline_has_a_folder_of_its_own_and_training_goes_before(self, tmp_path: Path) -> None:
        given = ["--data-dir", str(tmp_path), "--offline"]
        assert read_arguments(given) == (tmp_path / "offline", False, False)
        assert read_arguments([*given, "--training"]) == (tmp_path / "training", True, False)

    def test_a_shortcut_brings_up_the_phrases(self, tmp_path: Path) -> None:
        assert read_arguments(["--phrases", "--data-dir", str(tmp_path)]) == (tmp_path, False, True)

    def test_the_users_own_folder_is_a_tilde_and_a_relative_one_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        assert read_arguments(["--data-dir", "~/data"]).folder == tmp_path / "data"
        for name in ("data", "", "./data"):
            with pytest.raises(Refusal) as refusal:
                read_arguments([f"--data-dir={name}"])
            assert "--data-dir" in refusal.value.sentence

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
    def test_a_folder_that_cannot_be_meant_is_told_where_there_is_no_display(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("COUNTER_ASSISTANT_DATA", "data")
        assert main([]) == 1
        assert "不是完整的路径" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "named"),
        [
            (["--frob"], "--frob"), (["--train"], "--train"), (["--training", "B08"], "B08"), (["-x"], "-x"),
            (["--data-dir"], "--data-dir"), (["--data-dir", "--training"], "--data-dir"), (["--training=1"], "--training"),
        ],
    )  # fmt: skip
    def test_what_is_not_known_or_stands_there_wrongly_is_named(
        self, arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(arguments) == 2
        usage = "用法：counter-assistant [--data-dir DIR] [--training] [--offline] [--phrases]"
        assert capsys.readouterr().err == f"不认识“{named}”。\n{usage}\n"


class TestInputMethod:
    @pytest.mark.skipif(sys.platform != "linux", reason="fcitx is a Linux input method")
    @pytest.mark.parametrize(
        "given", [{"XMODIFIERS": "@im=fcitx"}, {"GTK_IM_MODULE": "fcitx5", "QT_IM_MODULE": "fcitx5"}]
    )
    def test_fcitx_is_reached_through_the_portal(self, given: dict[str, str]) -> None:
        prepare_input_method(given)
        assert (given["QT_IM_MODULE"], given["IBUS_USE_PORTAL"]) == ("ibus", "1")

    def test_another_input_method_is_left_alone(self) -> None:
        given = {"XMODIFIERS": "@im=ibus", "QT_IM_MODULE": "ibus"}
        prepare_input_method(given)
        assert "IBUS_USE_PORTAL" not in given


def test_qts_own_buttons_are_chinese(qtbot: Any) -> None:
    box = QMessageBox(
        QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
    )
    qtbot.addWidget(box)
    texts = {button.text() for button in box.buttons()}
    assert texts == {"确定", "取消"}


def printed(program: str, *arguments: str) -> list[str]:
    """The words that a program of its own prints."""
    command = [sys.executable, "-c", program, *arguments]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.split()


class TestFirstPaint:
    """What the first paint waits for: the clerk's first key is answered as soon as a bare window could be shown."""

    def test_it_waits_for_neither_book_nor_paper_nor_what_only_a_check_needs(self, tmp_path: Path) -> None:
        modules = printed(PAINTED, str(tmp_path))
        packages = {"peewee", "jinja2", "pypdfium2", "stdnum", "nacl"}
        of_python = {"ssl", "tomllib", "hashlib", "secrets"}
        assert (packages | of_python) & set(modules) == set()
        pages = {name for name in modules if name.endswith(".page")}
        assert pages == {"counter_assistant.ui.widgets.page", "counter_assistant.ui.desk.page"}

    def test_pyside_reads_no_source_of_what_is_imported_after_it(self) -> None:
        make = "from counter_assistant.ui.start import make_application; make_application()"
        assert printed(ASKED.format(make)) == []

    def test_pyside_would_read_it(self) -> None:
        """Where this fails PySide has given it up, and `read_no_sources` can go."""
        assert printed(ASKED.format("import PySide6.QtWidgets")) == ["colorsys"]

    def test_garbage_is_collected_from_then_on_and_by_the_window(self, tmp_path: Path) -> None:
        assert printed(COLLECTED, str(tmp_path)) == ["0", "1", "False"]


PAINTED = """
import sys
from pathlib import Path
from counter_assistant.ui.start import assemble
app, desk = assemble(Path(sys.argv[1]), training=False)
desk.window.show()
app.processEvents()
print(*sys.modules)
"""
ASKED = """
import inspect
{}
inspect.getsource = lambda module: print(module.__name__) or ""
import colorsys
"""
COLLECTED = """
import gc, sys
from pathlib import Path
from counter_assistant.ui.start import assemble
app, desk = assemble(Path(sys.argv[1]), training=False)
from counter_assistant.ui.garbage import GarbageCollector
print(len(desk.window.findChildren(GarbageCollector)))
desk.window.painted.disconnect()
desk.window.painted.connect(lambda: desk.window.close())
desk.run(app)
print(len(desk.window.findChildren(GarbageCollector)), gc.isenabled())
"""
