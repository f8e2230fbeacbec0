"""一千次随便的改动：每改一次，核对没有说不行的，每种情形都有五项内容，没有矛盾，受理台与核对说的一样."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.assessment.decision import Eligibility
from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.checks.enumeration import given, situations
from counter_assistant.domain.catalogue.conditions import truth
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import Act, Revision, TextEdited, applied
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.program import program
from counter_assistant.storage.content.revision_file import read_revision, write_revision
from tests.make import NOW, an_office
from tests.portion import Portion
from tests.test_catalogue import check_groups, check_reasons
from tests.ui.items.editor.random_edits import Hand


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> OfficeProfile:
    folder: Path = tmp_path_factory.mktemp("office")
    office = an_office(folder)
    try:
        return office.profile
    finally:
        office.close()


@pytest.mark.slow
@pytest.mark.nightly("edits")
def test_after_every_edit_that_is_kept_each_situation_is_told_whole(
    profile: OfficeProfile, portion: Portion, tmp_path: Path
) -> None:
    """GIVEN the catalogue WHEN an item is changed at random through the editor's acts, one edit upon another, THEN what
    an act refuses leaves it as it was, what the check finds is named and taken back, whatever is kept is sound, and comes
    back from the file of the revision as it was."""
    catalogue, happened = program().catalogue, Counter[str]()
    posts = {post.id: post.name for post in profile.posts if profile.holder(post)}
    hand = Hand(portion.chance, catalogue, posts)
    acts: list[Act] = []
    for _ in range(portion.times(1000, sample=8)):
        outcome = ""
        while outcome != "kept":
            item = newest(hand.catalogue, portion.chance.choice(sorted(catalogue.items)))
            outcome, hand.catalogue = one_edit(hand, item)
            happened[outcome] += 1
        made = newest(hand.catalogue, item.id)
        acts.append(TextEdited(made))
        check_whole(made, hand.catalogue, profile)
    write_revision(tmp_path, Revision("1", tuple(acts)))
    assert read_revision(tmp_path) == Revision("1", tuple(acts))
    print(f"{len(acts)} edits kept; {dict(happened.most_common())}")


def one_edit(hand: Hand, item: ServiceItem) -> tuple[str, Catalogue]:
    """An edit at random: what came of it, and the catalogue after it. A question that others share changes them, too."""
    try:
        _, made = hand.edit(item)
        catalogue = applied(hand.catalogue, TextEdited(made) if isinstance(made, ServiceItem) else made)
    except Refusal as refusal:
        return f"refused: {refusal.code}", hand.catalogue
    changed = [id_ for id_ in catalogue.items if newest(catalogue, id_) != newest(hand.catalogue, id_)]
    if not changed:
        return "nothing changed", hand.catalogue
    for id_ in changed:
        if any(not fault.warning for fault in check_item(newest(catalogue, id_), catalogue)):
            return "named as faulty", hand.catalogue
    return "kept", catalogue


def check_whole(item: ServiceItem, catalogue: Catalogue, profile: OfficeProfile) -> None:
    """In every situation: five parts, each material once, and what the desk decides is what the text says."""
    ids = sorted({rule.material.id for rule in item.materials})
    forbidden = {name for entry in item.never_ask for name in (entry.id, entry.name)}
    today = max(NOW.date(), item.effective_from)
    request = read_request({"item": item.id, "on": today.isoformat()})
    for settled in situations(item):
        answers = given(settled)
        matter = assess(replace(request, answers=answers), catalogue, profile, today)
        assert matter.item is item
        assert matter.situation.settled == settled
        assert matter.notice.missing_parts() == [], settled
        check_groups(matter.checklist, ids)
        check_reasons(matter.checklist)
        told = [line.material for line in matter.checklist.required] + [
            line.material for line in matter.checklist.maybe
        ]
        assert not forbidden & {name for material in told for name in (material.id, material.name)}
        broken = [c for c in item.conditions if c.broken_when and truth(c.broken_when, settled) is True]
        assert [*matter.broken, *matter.to_verify] == sorted(broken, key=lambda c: not c.refuses)
        assert (matter.circumstances.eligible is Eligibility.NO) == any(c.refuses for c in broken)
        assert matter.circumstances.handling is item.handling_for(settled)
        if None not in settled.values():
            holding = {rule.material.id for rule in item.materials if truth(rule.when, settled)}
            assert holding == {m.id for line in matter.checklist.required for m in (line.material, *line.serves)}
            assert not matter.checklist.maybe
