"""From its first day on an edition is told; what was in force before ends the day before and stays readable."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.checks.check import check_texts
from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import BrokenContent
from counter_assistant.domain.revision.edition import Edition, edition, once_laws_hold
from counter_assistant.domain.revision.revision import ItemRetired, TextEdited, applied
from counter_assistant.domain.revision.visits import TypicalVisit
from counter_assistant.domain.wording.centre_phrases import CentrePhrase
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel

APPROVED = Approval("临住金〔2026〕18号", date(2026, 12, 3), "主任办公会", date(2026, 12, 15))
CENTRE = Source("centre", document=APPROVED.number)


def settled(make: Any, **changes: Any) -> Any:
    """A text of which nothing is left to confirm."""
    sourced = replace(make.item().materials[0], material=make.material("id-card", source=CENTRE))
    return make.item(conditions=(), materials=(sourced,), never_ask=(), **changes)


def of(make: Any, before: Any, after: Any, approval: Approval = APPROVED) -> Edition:
    return edition(before, after, approval, "2026-12-15", ("改了",))


def test_a_changed_text_begins_on_the_first_day_and_the_one_before_ends(make: Any) -> None:
    base = make.catalogue(make.item())
    made = of(make, base, applied(base, TextEdited(settled(make))))
    new, old = made.catalogue.items["T01"]
    assert (new.effective_from, new.effective_to, new.approval) == (date(2026, 12, 15), None, APPROVED)
    assert (old.effective_from, old.effective_to) == (make.item().effective_from, date(2026, 12, 14))
    assert made.version == "2026-12-15"
    assert check_texts(made.catalogue.items["T01"]) == []
    assert made.catalogue.item("T01", date(2026, 12, 14)) == old


def test_a_text_that_is_still_open_is_told_and_not_approved(make: Any) -> None:
    base = make.catalogue(make.item())
    made = of(make, base, applied(base, TextEdited(replace(make.item(), name="另一名称"))))
    assert made.catalogue.items["T01"][0].approval is None


def test_what_was_not_changed_stays_as_it_is(make: Any) -> None:
    base = make.catalogue(make.item(), settled(make, id="T02"))
    made = of(make, base, base)
    assert made.catalogue.items["T01"] == base.items["T01"]
    assert made.catalogue.items["T02"] == (replace(settled(make, id="T02"), approval=APPROVED),)
    earlier = replace(APPROVED, number="1号")
    approved = make.catalogue(settled(make, id="T02", approval=earlier))
    assert of(make, approved, approved).catalogue.items["T02"][0].approval == earlier


def test_a_retired_item_ends_and_a_new_one_begins(make: Any) -> None:
    base = make.catalogue(make.item(effective_to=date(2027, 6, 30)))
    working = applied(applied(base, TextEdited(settled(make, id="T09"))), ItemRetired("T01"))
    made = of(make, base, working).catalogue
    assert [text.effective_to for text in made.items["T01"]] == [date(2026, 12, 14)]
    assert [text.effective_from for text in made.items["T09"]] == [date(2026, 12, 15)]


def test_a_text_that_ended_before_keeps_its_last_day(make: Any) -> None:
    older = make.item(effective_from=date(2026, 1, 1), effective_to=date(2026, 9, 19))
    base = make.catalogue(older, make.item())
    made = of(make, base, applied(base, TextEdited(settled(make))))
    assert [text.effective_to for text in made.catalogue.items["T01"]] == [None, date(2026, 12, 14), date(2026, 9, 19)]


def test_two_texts_cannot_begin_on_one_day(make: Any) -> None:
    base = make.catalogue(make.item(effective_from=date(2026, 12, 15)))
    with pytest.raises(Refusal) as refused:
        of(make, base, applied(base, TextEdited(settled(make, effective_from=date(2026, 12, 15)))))
    assert refused.value.code == "edition-too-early"


def test_a_revision_is_told_from_the_day_on_which_its_new_statutes_hold(make: Any) -> None:
    base = make.catalogue(make.item(), make.item(id="T02"))
    working = applied(base, TextEdited(settled(make)))
    made = once_laws_hold(base, working, date(2028, 1, 1))
    assert made.version == working.version
    new, old = made.items["T01"]
    assert (new.effective_from, old.effective_to) == (date(2028, 1, 1), date(2027, 12, 31))
    assert made.items["T02"] == base.items["T02"]
    assert new.approval == Approval("", date(2028, 1, 1), "", date(2028, 1, 1)), "of nobody"
    with pytest.raises(Refusal, match="须晚于这一天"):
        once_laws_hold(base, working, make.item().effective_from)


def test_an_edition_that_also_listed_what_it_approves_reads_as_it_did(make: Any) -> None:
    """Books and packs hold such editions: until 2026-11-28 the items were listed beside their texts."""
    base = make.catalogue(make.item())
    made = of(make, base, applied(base, TextEdited(settled(make))))
    read = Edition.from_json({**made.to_json(), "settled": ["T01"]})
    assert read.to_json() == made.to_json()
    assert read.approves == {"T01"}
    with pytest.raises(Refusal) as refused:
        Edition.from_json({**made.to_json(), "settled": ["T01", "T02"]})
    assert refused.value.code == "broken-content"


def test_a_second_edition_under_one_approval_listed_only_what_it_added(make: Any) -> None:
    base = make.catalogue(make.item(), make.item(id="T02"))
    first = of(make, base, applied(base, TextEdited(settled(make))))
    written = of(make, first.catalogue, first.catalogue).to_json()
    assert Edition.from_json({**written, "settled": []}).approves == {"T01"}
    with pytest.raises(Refusal):
        Edition.from_json({**written, "settled": ["T02"]})


@pytest.mark.parametrize("written", [[], {"content": {}}, {"content": [], "approval": {}, "changes": []}])
def test_what_is_no_edition_is_refused(written: Any) -> None:
    with pytest.raises(Refusal) as refused:
        Edition.from_json(written)
    assert refused.value.code == "broken-content"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"approval": {}}, "approval.number"), ({"changes": [1]}, "changes[1]"), ({"visits": [{}]}, "visits[1].item"),
        ({"content": {}}, "items"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_place(make: Any, change: Any, place: str) -> None:
    base = make.catalogue(make.item())
    with pytest.raises(BrokenContent) as refused:
        Edition.from_json(of(make, base, base).to_json() | change)
    assert refused.value.place == place


def test_what_is_no_edition_is_said_in_a_sentence(make: Any) -> None:
    base = make.catalogue(make.item())
    with pytest.raises(Refusal) as refused:
        Edition.from_json(of(make, base, base).to_json() | {"more": []})
    assert str(refused.value) == "这不是一版核定的内容。请换一份没有改动过的文件。"


def test_texts_stand_newest_first_and_a_new_one_is_nobodys_until_it_is_settled(make: Any) -> None:
    older = make.item(effective_from=date(2026, 1, 1), effective_to=date(2026, 9, 19))
    base = replace(make.catalogue(make.item()), items={"T01": (older, make.item())})
    assert of(make, base, base).catalogue.items["T01"] == (make.item(), older)
    ends = replace(make.item(), name="另一名称", effective_to=date(2027, 1, 1), approval=APPROVED)
    made = of(make, base, replace(base, items={"T01": (older, ends)}))
    new, *before = made.catalogue.items["T01"]
    assert (new.effective_to, new.approval) == (None, None)
    assert [text.effective_to for text in before] == [date(2026, 9, 19), date(2026, 12, 14)]
    last = make.item(effective_to=date(2026, 12, 14))
    assert of(make, make.catalogue(last), make.catalogue(replace(last, name="新"))).catalogue.items["T01"][1] is last


def test_the_first_day_of_a_change_is_after_that_of_the_text(make: Any) -> None:
    base = make.catalogue(make.item(effective_from=APPROVED.since))
    with pytest.raises(Refusal) as refused:
        of(make, base, applied(base, TextEdited(make.item(name="新", effective_from=APPROVED.since))))
    assert str(refused.value) == "T01现在的文本自2026年12月15日起施行，新的文本须晚于这一天。请改生效日。"


def test_typical_visits_are_kept_with_it_and_nothing_that_it_does_not_know(make: Any) -> None:
    visit = TypicalVisit("T01", "本人", {"who": "self"}, ("id-card",))
    made = of(make, make.catalogue(make.item()), make.catalogue(make.item()))
    assert "visits" not in made.to_json()
    kept = replace(made, visits=(visit,))
    assert Edition.from_json(kept.to_json()).visits == (visit,)
    for wrong in ({**made.to_json(), "more": 1}, {**kept.to_json(), "visits": [{"item": "T01"}]}):
        with pytest.raises(Refusal) as refusal:
            Edition.from_json(wrong)
        assert refusal.value.code == "broken-content"


def test_it_holds_what_papers_say_and_the_centres_phrases_and_is_read_back(make: Any) -> None:
    own = FormSentence("请保存好。", "请收好。", CENTRE)
    base = replace(
        make.catalogue(make.item()),
        form_sentences={"回执": (FormSentence("请保存好。"),), "指引单": (FormSentence("甲。"),)},
    )
    working = replace(base, form_sentences={**base.form_sentences, "回执": (own,)})
    phrase = CentrePhrase(26, "请到XX窗口。", PhraseChannel.COUNTER, Moment.WELCOME)
    made = replace(of(make, base, working), phrases=(phrase,))
    held = replace(own, since=date(2026, 12, 15), before=FormSentence("请保存好。"))
    assert made.catalogue.form_sentences == {"回执": (held,)}
    back = Edition.from_json(json.loads(json.dumps(made.to_json())))
    assert (back.catalogue.form_sentences, back.phrases) == ({"回执": (held,)}, (phrase,))
    assert (
        "form_sentences" not in of(make, make.catalogue(make.item()), make.catalogue(make.item())).to_json()["content"]
    )
