"""The door: arguments, input method, one window per folder, a book that cannot be opened, an error nobody expected."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QStyle, QWidget

from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import open_office
from counter_assistant.ui.shell import application
from counter_assistant.ui.shell.single_instance import PHRASES, SingleInstance
from counter_assistant.ui.shell.trouble import TroublePage


@pytest.fixture
def desk(qtbot: Any, data_dir: Path) -> Iterator[application.Desk]:
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    made = application.Desk(data_dir, application.read_index(), training=False)
    yield made
    made.window.close()
    made.opening.close()


def shown(qtbot: Any, desk: application.Desk) -> application.Desk:
    qtbot.addWidget(desk.window)
    desk.window.show()
    return desk


class TestArguments:
    def test_training_has_a_folder_of_its_own(self, tmp_path: Path) -> None:
        assert application.read_arguments(["--data-dir", str(tmp_path)]) == (tmp_path, False, False)
        assert application.read_arguments([f"--data-dir={tmp_path}", "--training"]) == (
            tmp_path / "training",
            True,
            False,
        )

    def test_a_shortcut_brings_up_the_phrases(self, tmp_path: Path) -> None:
        assert application.read_arguments(["--phrases", "--data-dir", str(tmp_path)]) == (tmp_path, False, True)

    def test_the_users_own_folder_is_a_tilde_and_a_relative_one_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        assert application.read_arguments(["--data-dir", "~/data"]).folder == tmp_path / "data"
        for name in ("data", "", "./data"):
            with pytest.raises(Refusal) as refusal:
                application.read_arguments([f"--data-dir={name}"])
            assert "--data-dir" in refusal.value.sentence

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
    def test_a_folder_that_cannot_be_meant_is_told_where_there_is_no_display(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("COUNTER_ASSISTANT_DATA", "data")
        assert application.main([]) == 1
        assert "不是完整的路径" in capsys.readouterr().err

    def test_what_is_not_known_is_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert application.main(["--frob"]) == 2
        assert "--frob" in capsys.readouterr().err


class TestInputMethod:
    @pytest.mark.skipif(sys.platform != "linux", reason="fcitx is a Linux input method")
    @pytest.mark.parametrize(
        "given", [{"XMODIFIERS": "@im=fcitx"}, {"GTK_IM_MODULE": "fcitx5", "QT_IM_MODULE": "fcitx5"}]
    )
    def test_fcitx_is_reached_through_the_portal(self, given: dict[str, str]) -> None:
        application.prepare_input_method(given)
        assert (given["QT_IM_MODULE"], given["IBUS_USE_PORTAL"]) == ("ibus", "1")

    def test_another_input_method_is_left_alone(self) -> None:
        given = {"XMODIFIERS": "@im=ibus", "QT_IM_MODULE": "ibus"}
        application.prepare_input_method(given)
        assert "IBUS_USE_PORTAL" not in given


def test_the_window_opens_the_office_behind_the_first_paint(qtbot: Any, desk: application.Desk) -> None:
    shown(qtbot, desk)
    qtbot.waitUntil(lambda: desk.page.attached, timeout=10_000)
    assert "正常" in desk.window.status.mode.text()
    assert "示例待核定" in desk.window.status.catalogue.text()
    assert "综合窗口" in desk.window.bar.where.accessibleName()


def test_only_finished_pages_are_listed(desk: application.Desk) -> None:
    buttons = [button.text() for button in desk.window.navigation.findChildren(QWidget) if hasattr(button, "text")]
    assert buttons == ["受理", "办件", "档案", "事项", "设置"]


def test_a_broken_book_shows_one_sentence_and_what_to_do(qtbot: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "book.db").write_bytes(b"this is no book" * 100)
    desk = shown(qtbot, application.Desk(data_dir, application.read_index(), training=False))
    qtbot.waitUntil(lambda: isinstance(desk.window.stack.currentWidget(), TroublePage), timeout=10_000)
    trouble = desk.window.stack.currentWidget()
    assert isinstance(trouble, TroublePage)
    assert trouble.sentence.text().endswith("。")
    assert trouble.remedy.text().endswith("。")
    assert "Traceback" not in " ".join(label.text() for label in desk.window.findChildren(QLabel))
    (data_dir / "book.db").unlink()
    desk.opening.retry()
    assert desk.page.attached
    desk.window.close()
    desk.opening.close()


def test_a_second_start_calls_the_first_window(qtbot: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    first, second = SingleInstance(data_dir), SingleInstance(data_dir)
    assert first.claim()
    first.listen()
    assert not second.claim()
    with qtbot.waitSignal(first.called):
        assert second.call_first()
    first.release()
    assert second.claim()
    second.release()


def test_a_second_start_may_call_the_phrases_alone(qtbot: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    first, second = SingleInstance(data_dir), SingleInstance(data_dir)
    first.claim()
    first.listen()
    raised: list[bool] = []
    first.called.connect(lambda: raised.append(True))
    with qtbot.waitSignal(first.phrases_called):
        assert second.call_first(PHRASES)
    assert raised == []
    for word in ("a word of a later version", "", "phrases and more"):
        with qtbot.waitSignal(first.called):
            assert second.call_first(word)
    first.release()


def test_another_folder_is_another_place(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    places = [SingleInstance(one), SingleInstance(other)]
    assert [place.claim() for place in places] == [True, True]
    for place in places:
        place.release()


def test_an_unexpected_error_is_noted_without_what_was_typed(tmp_path: Path) -> None:
    try:
        raise ValueError("罗𠅤克 11010519491231002X")
    except ValueError as error:
        application.note_error(tmp_path, type(error), error.__traceback__)
    noted = (tmp_path / "errors.log").read_text("utf-8")
    assert "ValueError" in noted
    assert Path(__file__).name in noted
    assert "罗" not in noted
    assert "1101" not in noted


def test_qts_own_buttons_are_chinese(qtbot: Any) -> None:
    box = QMessageBox(
        QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
    )
    qtbot.addWidget(box)
    texts = {button.text() for button in box.buttons()}
    assert texts == {"确定", "取消"}


def test_the_whole_window_has_names_and_plain_text(qtbot: Any, desk: application.Desk) -> None:
    shown(qtbot, desk)
    qtbot.waitUntil(lambda: desk.page.attached, timeout=10_000)
    for key in ("archive", "settings"):
        desk.window.show_page(key)
    labels = desk.window.findChildren(QLabel)
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    assert [b.text() for b in desk.window.findChildren(QPushButton) if not b.accessibleName()] == []
    assert desk.window.style().standardIcon(QStyle.StandardPixmap.SP_DialogOkButton) is not None


def test_a_changed_profile_is_seen_at_once(qtbot: Any, desk: application.Desk) -> None:
    from dataclasses import replace

    shown(qtbot, desk)
    qtbot.waitUntil(lambda: desk.page.attached, timeout=10_000)
    office = desk.opening.office()
    changed: OfficeProfile = replace(office.profile, branch="耿马管理部")
    office.decide_profile(changed)
    desk._profile_changed()
    assert "耿马管理部" in desk.window.bar.where.accessibleName()


def test_a_profile_confirmed_with_example_people_is_warned_about_in_the_status_line(
    qtbot: Any, desk: application.Desk
) -> None:
    from dataclasses import replace

    from counter_assistant.domain.entry import EntryKind
    from counter_assistant.domain.people.office_profile import to_payload
    from counter_assistant.ui.shell.main_window import STILL_EXAMPLE
    from tests.make import confirmed

    shown(qtbot, desk)
    qtbot.waitUntil(lambda: desk.page.attached, timeout=10_000)
    office, mode = desk.opening.office(), desk.window.status.mode
    assert mode.text() == "● 正常"
    office.book.append(EntryKind.OFFICE_PROFILE, to_payload(replace(office.profile, confirmed=True)))
    office.__dict__.pop("profile")
    desk._profile_changed()
    assert (mode.text(), mode.property("attention")) == (f"● {STILL_EXAMPLE}", True)
    office.decide_profile(confirmed(office.profile))
    desk._profile_changed()
    assert (mode.text(), mode.property("attention")) == ("● 正常", False)
