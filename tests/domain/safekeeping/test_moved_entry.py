"""What a book says of its leaving a place and arriving at another, and what whoever comes to the first one reads."""

from __future__ import annotations

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.safekeeping.moved_entry import AFTER_LEAVING, BookMoved, MovedAct, moved_away

PLACE = "postgresql://10.0.0.5/centre?schema=linxiang"


def test_it_is_read_as_it_was_written() -> None:
    for said in (BookMoved(MovedAct.LEFT, PLACE, "0001"), BookMoved(MovedAct.ARRIVED, "book.db", "0002")):
        assert BookMoved.from_payload(said.to_payload()) == said
    assert BookMoved(MovedAct.LEFT, PLACE, "0001").to_payload() == {"act": "left", "place": PLACE, "by": "0001"}
    assert MovedAct("arrived") is MovedAct.ARRIVED


def test_the_refusal_says_where_the_book_is_and_what_to_do() -> None:
    refusal = moved_away(PLACE)
    assert (refusal.code, refusal.sentence) == ("moved-away", f"这本台账已经搬到 {PLACE}，这里不再出具。")
    assert refusal.remedy == (
        "请在设置、数据在哪里改到那里，再重新打开；搬到一半断了的，请再办一次 book move，会接着搬完。"
    )


def test_after_it_has_left_only_its_arrival_or_a_restore_follows() -> None:
    assert {EntryKind.BOOK_MOVED, EntryKind.RESTORED} == AFTER_LEAVING
