"""One visitor from the first word to the close of the day, four ways: each ends with the same paper in the book, and nothing on the way is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtWidgets import QApplication

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.appearance.palette import CONTRAST
from counter_assistant.ui.local_settings import TYPE_SIZES
from tests.journeys.conftest import APPROVAL
from tests.journeys.hands import NAME, PHONE, ByKeys, ByMouse, Hand
from tests.journeys.keys import Counter
from tests.make import NOW, SINGLE, a_request, clock, confirmed, text_of
from tests.ui.cut import cut_texts
from tests.ui.targets import small_targets

pytestmark = pytest.mark.slow  # each opens the whole window

RENTS = "1112"
"""B08, digits: self, unmarried, lease registered, no fund loan is open."""
USUAL, SMALL = (1366, 696), (1093, 542)
"""What a title bar and a taskbar leave of the screens that counters have."""


class Way(NamedTuple):
    """How somebody works: with what, in which size of type, on which screen, in which colours."""

    hand: type[ByKeys] | type[ByMouse]
    size: str = "标准"
    screen: tuple[int, int] = USUAL
    contrast: bool = False


WAYS = {
    "keys, the largest type": Way(ByKeys, "特大"),
    "keys, high contrast": Way(ByKeys, contrast=True),
    "the mouse alone": Way(ByMouse),
    "keys, large type, a small screen": Way(ByKeys, "大", SMALL),
    "the mouse alone, a small screen": Way(ByMouse, screen=SMALL),
}


@pytest.fixture
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    """A way, with the application dressed for it."""
    made: Way = WAYS[request.param]
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with monkeypatch.context() as patched:
        if made.contrast:
            patched.setattr(theme, "preferred", lambda **_: CONTRAST)
        theme.apply(application, TYPE_SIZES[made.size])
        yield made
    theme.apply(application)


def in_the_book(office: Office) -> dict[str, Any]:
    """The newest paper as the book has it, but for whose request it was, which differs with each."""
    entry = office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    facts = {key: value for key, value in entry.payload["facts"].items() if key != "case"}
    return {key: value for key, value in entry.payload.items() if key != "request"} | {"facts": facts}


@pytest.mark.nightly("four_ways", by_day=1)
@pytest.mark.parametrize("way", WAYS, indirect=True)
def test_from_the_first_word_to_the_close_of_the_day(
    qtbot: Any, way: Way, counter: Counter, approved: tuple[str, ...], tmp_path: Path
) -> None:
    counter.window.setMinimumSize(1, 1)  # as on a screen that is smaller
    counter.window.resize(*way.screen)
    hand: Hand = way.hand(counter)
    found: list[str] = []

    def look(where: str) -> None:
        """What is cut, or too small to be clicked, once it has come to rest."""
        for pause in (30, 300):
            qtbot.wait(pause)
            faults = [*cut_texts(counter.window), *small_targets(counter.window)]
            if not faults:
                return
        found.extend(f"{where}: {fault}" for fault in faults)

    look("empty")
    hand.choose_matter()
    look("asked")
    hand.answer(RENTS)
    look("answered")
    hand.fill_in()
    look("filled in")
    hand.issue()
    text = counter.issued(SlipKind.NOTIFICATION_SLIP, "临公积金耿一告〔2026〕1号")
    look("issued")
    QApplication.clipboard().clear()
    hand.copy_phrase()
    assert QApplication.clipboard().text() != ""
    hand.find_paper()
    look("found")
    hand.print_again()
    qtbot.waitUntil(lambda: len(counter.papers) == 2)
    assert "补打第1次" in text_of(counter.papers[1].pdf)
    counter.now = NOW.replace(hour=17, minute=15)
    hand.close_day()
    look("closed")
    hand.leave()
    assert counter.search.isVisible()
    kinds = [entry.kind for entry in counter.office.book.entries()]
    assert [kind for kind in kinds if kind in DONE] == DONE
    assert f"申请人{NAME}" in text
    assert in_the_book(counter.office) == issued_without_a_window(tmp_path / "other", approved)
    assert found == []
    assert getattr(hand, "keys", None) is None or hand.keys.pressed == 0  # type: ignore[attr-defined]
    assert counter.sound()


DONE = [EntryKind.SLIP_ISSUED, EntryKind.SLIP_REPRINTED, EntryKind.DAY_CLOSED]


def issued_without_a_window(folder: Path, approved: tuple[str, ...]) -> dict[str, Any]:
    """The same paper, as it is issued where there is no window."""
    office = open_office(folder, clock)
    try:
        office.decide_profile(confirmed(office.profile))
        approve(office, approved, office.today(), APPROVAL)
        issue_slip(office, a_request(answers=SINGLE, applicant={"name": NAME, "phone": PHONE}))
        return in_the_book(office)
    finally:
        office.close()
