"""What is said while the second place of the copies is away: of a stick that it is to be plugged in, of another place which it is."""

from __future__ import annotations

import pytest

from counter_assistant.domain.safekeeping.second_place import away, before_leaving, lacking

SHARE = "/srv/copies"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (away("/media/me/A", plugged_in=True), "只备份在本机；U 盘没有插（放备份的地方不在），插上以后自己补上。"),
        (away(SHARE, plugged_in=False), "只备份在本机；放备份的地方（/srv/copies）不在，接上以后自己补上。"),
        (lacking(plugged_in=True), "备份还没有放到 U 盘"),
        (lacking(plugged_in=False), "备份还没有放到另存的地方"),
        (
            before_leaving("/media/me/A", plugged_in=True),
            "U 盘没有插，新办的只备份在本机：插上再关，自己补上；不插的，再关一次就关上。",
        ),
        (
            before_leaving(SHARE, plugged_in=False),
            "放备份的地方（/srv/copies）不在，新办的只备份在本机：接上再关，自己补上；不接的，再关一次就关上。",
        ),
    ],
)
def test_it_is_said_so(said: str, words: str) -> None:
    assert said == words
