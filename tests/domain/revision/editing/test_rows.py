"""行的次序与增减，哪一行去不掉."""

from __future__ import annotations

import pytest

from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.items import Handling, ServiceItem
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.rows import moved, removed, with_field, with_new_row, with_row
from tests.domain.conftest import Make
from tests.domain.revision.editing.test_wording import refused


def test_a_row_moves_up_and_down_and_stays_at_the_ends(make: Make) -> None:
    item = make.item(notes=(), materials=(make.rule("a"), make.rule("b"), make.rule("c")))

    def ids(text: ServiceItem) -> str:
        return "".join(rule.material.id for rule in text.materials)

    assert ids(moved(item, "materials", 0, 1)) == "bac"
    assert ids(moved(item, "materials", 2, -1)) == "acb"
    assert moved(item, "materials", 0, -1) == item
    assert moved(item, "materials", 2, 1) == item


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("steps", "last-of-its-kind"),
        ("conditions", "last-of-its-kind"),
        ("handling", "last-of-its-kind"),
        ("basis", "basis-missing"),
    ],
)
def test_the_last_of_what_a_notice_needs_stays(make: Make, field: str, code: str) -> None:
    assert refused(removed, make.item(), field, 0) == code


def test_what_a_notice_can_do_without_goes(make: Make) -> None:
    assert removed(make.item(), "never_ask", 0).never_ask == ()
    assert removed(make.item(basis_note="据此"), "basis", 0).basis == ()
    assert len(removed(make.item(), "materials", 1).materials) == 1
    rows = ((Answered("who", ("other",)), Handling.PROMISE), (Always(), Handling.DIRECT))
    assert removed(make.item(handling=rows), "handling", 0).handling == rows[1:]


def test_a_row_is_replaced_or_comes_where_it_is_put(make: Make) -> None:
    item = with_field(make.item(), "also_called", ("甲", "乙", "丙"))
    assert item.also_called == ("甲", "乙", "丙")
    assert with_row(item, "also_called", 1, "丁").also_called == ("甲", "丁", "丙")
    assert with_row(item, "also_called", 1, "乙") is item
    assert with_new_row(item, "also_called", "丁").also_called == ("甲", "乙", "丙", "丁")
    assert with_new_row(item, "also_called", "丁", 0).also_called == ("丁", "甲", "乙", "丙")
    assert moved(item, "also_called", 0, 2).also_called == ("乙", "丙", "甲")
    assert moved(item, "also_called", 2, -9).also_called == ("丙", "甲", "乙")
    assert removed(item, "also_called", 1).also_called == ("甲", "丙")


def test_why_a_row_stays_is_said_in_a_sentence(make: Make) -> None:
    for field, said in (
        ("steps", "只剩这一行审批环节，去掉就没有了，告知单会不全。请先加一行，再去掉这一行。"),
        ("basis", "只剩这一条政策依据，去掉就没有了。请先加一条，或者写明依据的说明。"),
    ):
        with pytest.raises(Refusal) as refusal:
            removed(make.item(), field, 0)
        assert str(refusal.value) == said
    assert len(removed(with_new_row(make.item(), "steps", make.item().steps[0]), "steps", 0).steps) == 1
    assert refused(removed, make.item(materials=make.item().materials[:1]), "materials", 0) == "last-of-its-kind"
