"""照一个事项建新的，不再办理的停办."""

from __future__ import annotations

from datetime import date

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.revision.editing.items import copied, next_code, retired
from counter_assistant.domain.revision.revision import ItemRetired, TextEdited, applied
from tests.domain.conftest import Make
from tests.domain.revision.editing.test_wording import refused


def test_a_copy_is_a_new_item_that_nobody_has_approved(make: Make) -> None:
    item = make.item(approval=Approval("9号", date(2026, 12, 3), "主任"), effective_to=date(2027, 1, 1))
    catalogue = make.catalogue(item, make.item(id="T07", name="别的"), make.item(id="Tx", name="又一个"))
    made = copied(catalogue, item, " 新的提取 ")
    assert (made.id, made.name, made.also_called) == ("T08", "新的提取", ())
    assert (made.approval, made.effective_to) == (None, None)
    assert made.materials == item.materials
    assert applied(catalogue, TextEdited(made)).items["T08"] == (made,)


def test_the_code_of_an_item_that_is_retired_is_not_given_again(make: Make) -> None:
    """GIVEN the last item of a group, retired in this revision WHEN another is copied THEN papers of both can be told apart."""
    item = make.item()
    assert copied(make.catalogue(item), item, "新的提取", ["T01", "T02"]).id == "T03"


def test_a_name_is_not_given_twice(make: Make) -> None:
    catalogue = make.catalogue(make.item())
    assert refused(copied, catalogue, make.item(), "某项提取") == "name-taken"
    assert refused(copied, catalogue, make.item(), " ") == "words-missing"


def test_codes_of_a_group_come_to_an_end(make: Make) -> None:
    assert next_code(["T01"], "Q") == "Q01"
    assert refused(next_code, ["T99"], "T") == "group-full"


def test_an_item_is_retired_but_for_the_last(make: Make) -> None:
    catalogue = make.catalogue(make.item(), make.item(id="T02"))
    assert retired(catalogue, "T02") == ItemRetired("T02")
    assert refused(retired, catalogue, "T03") == "unknown-item"
    assert refused(retired, make.catalogue(make.item()), "T01") == "last-item"
