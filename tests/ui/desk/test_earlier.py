"""上次告知：the line over the desk, and the comparison that Ctrl+L opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from counter_assistant.domain.notification.differences import NO_DETAILS
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification import earlier
from counter_assistant.operations.notification.earlier import LookBack, comparison, look_back
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.desk.cards.bars import EarlierBar
from counter_assistant.ui.desk.controllers.earlier import EarlierNotices
from counter_assistant.ui.desk.presentation.earlier_rows import BY_THE_CLERK, POSSIBLE, line_words, rows_of
from tests.make import NOW, PHONE, a_request
from tests.ui.counter import CONTROL, nameless, press, rich_labels, screen_texts, show

pytestmark = pytest.mark.slow  # every test makes a page of its own

SINGLE = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
MARRIED = {**SINGLE, "marital": "married"}
WHO = {"name": "岩<b>罕</b>", "phone": PHONE}
BEFORE = NOW - timedelta(days=3)


class Hours:
    now = BEFORE

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def office(tmp_path: Path, hours: Hours) -> Iterator[Office]:
    office = open_office(tmp_path, hours)
    yield office
    office.close()


def tell(office: Office, **changes: Any) -> None:
    issue_slip(office, a_request(**{"applicant": WHO, "answers": SINGLE, **changes}))


def matter(office: Office, **changes: Any) -> Matter:
    request = a_request(**{"applicant": WHO, "answers": SINGLE, **changes})
    return assess(request, office.catalogue, office.profile, office.today())


class Seen:
    """A page with the line and the layer on it, and what it said."""

    def __init__(self, qtbot: Any, office: Office, size: tuple[int, int] = (1290, 697)) -> None:
        self.page = QFrame()
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.page.setAccessibleName("受理台")
        self.qtbot, self.office = qtbot, office
        self.bar = EarlierBar(self.page)
        self.earlier = EarlierNotices(self.page, self.bar)
        self.bar.setGeometry(12, 12, size[0] - 24, 38)
        self.moved: list[bool] = []
        self.troubles: list[str] = []
        self.bar.resized.connect(lambda: self.moved.append(True))
        self.earlier.status_message.connect(self.troubles.append)
        show(qtbot, self.page, size)

    def want(self, **changes: Any) -> str:
        """Puts a matter on the desk and gives what the line says then."""
        self.earlier.want(self.office, matter(self.office, **changes))
        self.qtbot.waitUntil(lambda: not self.earlier.waiting)
        return self.words

    @property
    def words(self) -> str:
        return "" if self.bar.isHidden() else self.bar.text.accessibleName()

    def open(self) -> None:
        assert self.earlier.open()
        self.qtbot.waitUntil(self.earlier.overlay.hasFocus)


@pytest.fixture
def told(office: Office, hours: Hours) -> Office:
    """Told on 20 November; today is the 23rd."""
    tell(office)
    hours.now = NOW
    return office


def test_nothing_is_said_of_who_comes_for_the_first_time(qtbot: Any, office: Office) -> None:
    seen = Seen(qtbot, office)
    assert (seen.want(), seen.moved, seen.earlier.open()) == ("", [], False)


def test_the_line_says_when_who_and_what_is_needed_besides(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told)
    words = seen.want(answers=MARRIED)
    assert words == (
        "上次 11月20日 李某 告知过这件事（临公积金示一告〔2026〕1号）：今天另需 2 项，有变动 1 处，都有缘由"
    )
    assert seen.moved == [True]


def test_the_line_follows_the_answers_without_asking_the_book_again(
    qtbot: Any, told: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen(qtbot, told)
    seen.want()
    monkeypatch.setattr(earlier, "look_back", lambda *_: pytest.fail("asked again"))
    assert "今天另需 2 项" in seen.want(answers=MARRIED)
    assert "与上次告知的一致" in seen.want()


def test_another_person_takes_the_line_away_at_once(qtbot: Any, told: Office) -> None:
    """GIVEN the line of one person WHEN another name is typed THEN it is gone before the book is asked."""
    seen = Seen(qtbot, told)
    seen.want()
    seen.earlier.want(told, matter(told, applicant={"name": "别人"}))
    assert (seen.words, seen.earlier.open()) == ("", False)


def test_the_same_person_today_is_pointed_out(qtbot: Any, office: Office, hours: Hours) -> None:
    hours.now = NOW.replace(hour=9, minute=40)
    tell(office)
    hours.now = NOW
    seen = Seen(qtbot, office)
    assert seen.want().startswith("今天 9:40 李某已经给同一人办过这件事：临公积金示一告〔2026〕1号；")
    assert seen.bar.property("attention") is True


def test_what_was_done_today_without_a_telling_is_pointed_out(qtbot: Any, office: Office, hours: Hours) -> None:
    hours.now = NOW.replace(hour=9, minute=40)
    tell(office, received="all", eligible="yes")
    hours.now = NOW
    seen = Seen(qtbot, office)
    assert seen.want() == "今天 9:40 李某已经给同一人办过这件事（没有出文书）"
    assert (seen.bar.button.isHidden(), seen.earlier.open()) == (True, False)


def test_the_same_name_alone_is_offered_with_the_tails(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told)
    words = seen.want(applicant={"name": WHO["name"], "phone": "13900001111"})
    assert words == f"{POSSIBLE}：11月20日 李某 告知过“岩<b>罕</b>”（电话尾号 0000），请核对"
    seen.open()
    assert POSSIBLE in seen.earlier.overlay.which.text()


def test_ctrl_l_and_esc_close_the_layer(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told)
    seen.want(answers=MARRIED)
    for key, modifier in ((Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_L, CONTROL)):
        seen.open()
        press(key, modifier)
        assert seen.earlier.overlay.isHidden()
    assert seen.earlier.close() is False


def test_the_layer_sets_then_beside_now_with_word_and_cause(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told)
    seen.want(answers=MARRIED)
    seen.open()
    rows = {row.now.name or row.then.name: row for row in seen.earlier.overlay.rows}
    assert (rows["结婚证"].word, rows["结婚证"].tone, rows["结婚证"].then.name) == ("新增", "explained", "告知过不需要")
    assert "“婚姻状况”上次是“未婚”，今天是“已婚”" in rows["结婚证"].beneath
    gone = rows["不需要"]
    assert (gone.word, gone.then.name) == ("有变", "单身声明")
    assert (rows["申请人有效身份证件"].word, rows["政策依据"].tone) == ("与上次相同", "same")
    texts = screen_texts(seen.page)
    assert "上次　11月20日　李某　临公积金示一告〔2026〕1号" in texts
    assert rich_labels(seen.page) == nameless(seen.page) == []
    spoken = [label.accessibleName() for label in seen.earlier.overlay.findChildren(QLabel)]
    assert any(text.startswith("新增；上次：告知过不需要；今天：结婚证") for text in spoken)


def test_the_old_paper_opens_in_its_place_and_goes_again(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told)
    seen.want()
    seen.open()
    layer = seen.earlier.overlay
    press(Qt.Key.Key_O)
    assert (layer.paper.isHidden(), layer.area.isHidden(), layer.paper.pages) == (False, True, 2)
    press(Qt.Key.Key_PageDown)
    assert layer.paper.page == 1
    press(Qt.Key.Key_Up)
    assert layer.paper.page == 0
    press(Qt.Key.Key_PageDown, CONTROL)
    assert layer.paper.page == 1
    press(Qt.Key.Key_PageUp, CONTROL)
    assert layer.paper.page == 0
    press(Qt.Key.Key_O)
    assert (layer.paper.isHidden(), layer.area.isHidden(), layer.paper.pages) == (True, False, 0)


def test_an_oral_notice_has_no_paper(qtbot: Any, office: Office, hours: Hours) -> None:
    tell(office, delivery="oral")
    hours.now = NOW
    seen = Seen(qtbot, office)
    assert "李某 口头告知过这件事：" in seen.want()
    seen.open()
    assert seen.earlier.overlay.button.isHidden()
    press(Qt.Key.Key_O)
    assert seen.earlier.overlay.paper.isHidden()


def test_a_paper_that_cannot_be_shown_is_said(qtbot: Any, told: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise Refusal("book-damaged", "台账第 2 条记录读不出。")

    seen = Seen(qtbot, told)
    seen.want()
    seen.open()
    monkeypatch.setattr("counter_assistant.operations.archive.reprint_and_void.show", refuse)
    press(Qt.Key.Key_O)
    assert seen.troubles == ["台账第 2 条记录读不出。"]
    monkeypatch.setattr(earlier, "look_back", refuse)
    assert seen.want(applicant={"name": "别人"}) == ""
    assert len(seen.troubles) == 2


def test_left_and_right_go_from_one_earlier_act_to_another(qtbot: Any, office: Office, hours: Hours) -> None:
    tell(office)
    hours.now += timedelta(days=1)
    tell(office, delivery="oral")
    hours.now = NOW
    seen = Seen(qtbot, office)
    seen.want()
    seen.open()
    layer = seen.earlier.overlay
    assert layer.which.text() == "← → 第 1 次，共 2 次"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert layer.which.text() == "← → 第 2 次，共 2 次"
    assert not layer.button.isHidden()
    press(Qt.Key.Key_Left)
    assert layer.which.text() == "← → 第 1 次，共 2 次"


def test_the_layer_scrolls_and_keeps_to_the_page(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told, size=(1093 - 76, 500))
    seen.want(answers=MARRIED)
    seen.open()
    bar = seen.earlier.overlay.area.verticalScrollBar()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        before = bar.value()
        press(key)
        assert bar.value() > before
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_Up):
        before = bar.value()
        press(key)
        assert bar.value() < before or before == 0
    seen.page.resize(900, 480)
    seen.earlier.fit()
    assert seen.page.rect().contains(seen.earlier.overlay.geometry())


def test_dropping_the_matter_takes_line_and_layer_away(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told)
    seen.want()
    seen.open()
    seen.earlier.drop()
    assert (seen.words, seen.earlier.overlay.isHidden(), seen.earlier.open()) == ("", True, False)
    seen.earlier.fit()
    assert seen.want() != ""


def test_a_key_of_no_use_here_goes_on_to_the_page(qtbot: Any, told: Office) -> None:
    seen = Seen(qtbot, told)
    seen.want()
    seen.open()
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_P, CONTROL)
    assert not seen.earlier.overlay.isHidden()


def test_a_fault_comes_first_and_names_who_sees_to_it(told: Office) -> None:
    (act,) = look_back(told, a_request(applicant=WHO).applicant, "B08").acts
    assert act.told is not None
    required = {id_: line for id_, line in act.told.required.items() if id_ != "id-card"}
    careless = replace(act, told=replace(act.told, required=required))
    today = matter(told, answers=MARRIED, defects=[{"id": "bank-card", "why": "不是Ⅰ类卡"}])
    compared = comparison(told, today, careless)
    rows = rows_of(compared)
    assert (rows[0].word, rows[0].tone, rows[0].then.name) == ("漏告", "fault", "")
    assert rows[0].beneath.endswith(BY_THE_CLERK)
    assert [row.beneath for row in rows if row.tone == "mend"] == [
        "“本人名下Ⅰ类借记卡”须改：不是Ⅰ类卡。材料交来以后才看得出，不算漏告。"
    ]
    assert "其中漏告 1 项" in line_words(careless, compared, date(2026, 11, 23))


def test_what_an_older_edition_said_is_no_fault_of_the_clerk(told: Office) -> None:
    """GIVEN a telling from another edition THEN the row says 目录文本, and the answered question above it does not matter."""
    (act,) = look_back(told, a_request(applicant=WHO).applicant, "B08").acts
    assert act.told is not None
    required = {id_: line for id_, line in act.told.required.items() if id_ != "id-card"}
    older = replace(act, told=replace(act.told, required=required, catalogue="2026.10"))
    compared = comparison(told, matter(told, answers=MARRIED), older)
    row = next(row for row in rows_of(compared) if row.word == "目录文本")
    assert (row.tone, row.now.name) == ("explained", "申请人有效身份证件")
    assert row.beneath == (
        "“申请人有效身份证件”上次没有告知，今天需要。上次是按目录 2026.10 版的原文告知的，"
        f"现在是 {told.catalogue.version} 版，不是经办人的差错，请报中心更正目录。"
    )
    assert compared.faults == ()
    assert "其中目录文本 1 项" in line_words(older, compared, date(2026, 11, 23))


def test_a_fault_stands_out_by_word_weight_and_colour(
    qtbot: Any, told: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look_back(told, a_request(applicant=WHO).applicant, "B08").acts
    assert found[0].told is not None
    required = {id_: line for id_, line in found[0].told.required.items() if id_ != "id-card"}
    careless = replace(found[0], told=replace(found[0].told, required=required))
    monkeypatch.setattr(earlier, "look_back", lambda *_: LookBack([careless], None))
    seen = Seen(qtbot, told)
    assert seen.want().endswith("今天另需 1 项，其中漏告 1 项")
    assert seen.bar.property("attention") is True
    seen.open()
    (word,) = [label for label in seen.earlier.overlay.findChildren(QLabel) if label.text() == "漏告"]
    assert (word.property("role"), word.font().bold()) == ("error", True)


def test_without_details_the_need_of_today_stands_alone(told: Office) -> None:
    (act,) = look_back(told, a_request(applicant=WHO).applicant, "B08").acts
    compared = comparison(told, matter(told), replace(act, told=None))
    rows = rows_of(compared)
    assert (rows[0].then.name, rows[0].word) == (NO_DETAILS, "不详")
    assert all(not row.then.name and row.now.name for row in rows[1:])
    last_year = replace(act, time=act.time.replace(year=2025), told=None)
    assert line_words(last_year, compared, date(2026, 11, 23)).startswith("上次 2025年11月20日 李某")
    nobody = replace(act, certain=False, id_tail="", phone_tail="")
    assert "没有留证件和电话" in line_words(nobody, compared, date(2026, 11, 23))


def test_what_must_never_be_asked_and_what_may_be_needed_say_so(told: Office) -> None:
    (act,) = look_back(told, a_request(applicant=WHO).applicant, "B08").acts
    assert act.told is not None
    forbade = replace(act.told, never_ask=frozenset({"id-card"}), required={})
    rows = {row.now.name: row for row in rows_of(comparison(told, matter(told), replace(act, told=forbade)))}
    assert rows["申请人有效身份证件"].then.name == "告知过不得要求"
    open_now = rows_of(comparison(told, matter(told, answers={"who": "self"}), act))
    married = next(row for row in open_now if row.now.name == "结婚证")
    assert (married.word, married.now.detail.startswith("视情形另需")) == ("", True)
    assert married.spoken().startswith("上次：没有；今天：结婚证")
