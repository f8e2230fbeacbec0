"""Where on the settings page a field is changed: every fault that a draft can have leads somewhere."""

from __future__ import annotations

from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.profile_review import PRINTED
from counter_assistant.ui.settings.places import BODIES, CLERKS, HINTS, NAMES, POSTS, UNIT, section_of
from counter_assistant.ui.settings.profile_draft import UNIT_FIELDS, BodyDraft, ClerkDraft, ProfileDraft

EMPTY = ProfileDraft(dict.fromkeys(UNIT_FIELDS, ""), [ClerkDraft()], [], set(), bodies=[BodyDraft(what_for="离婚证")])


def test_every_fault_leads_to_the_section_where_it_is_mended() -> None:
    sections = {field: section_of(field) for field in EMPTY.faults()}
    assert set(sections.values()) == {UNIT, CLERKS, BODIES}
    assert all(section == CLERKS for field, section in sections.items() if field.startswith("clerk/"))


def test_every_printed_field_of_the_office_has_a_section() -> None:
    fields = PRINTED[OfficeProfile].keys() - {"clerks", "posts"}
    assert all(0 <= section_of(field) < len(NAMES) for field in fields)
    assert section_of("post/window") == POSTS
    assert len(NAMES) == len(HINTS)
