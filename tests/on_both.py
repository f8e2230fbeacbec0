"""Which tests of a book run on both engines, and which by name do not, each with its reason.

By night all of them run on a server too; by day a few, drawn by the seed. `--engine postgres` has them run there and nowhere else.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests import hall

SAMPLE = 8
"""One of so many runs on a server by day."""

# Not here: tests.storage.views.test_long_searches, which counts SQLite's own steps; test_book_check_finds_all, which writes into the
# file what no server takes; tests.storage.safekeeping, whose journal and copies are of a file; tests.storage.engines.sqlite.
MODULES = frozenset(
    (
        "tests.storage.engines.test_engine",
        "tests.storage.test_book",
        "tests.storage.test_book_check",
        "tests.storage.test_book_views",
        "tests.storage.test_drafts",
        "tests.storage.test_view_check",
        "tests.storage.views.registers.test_register_view",
        "tests.storage.views.test_acts",
        "tests.storage.views.test_case_view",
        "tests.storage.views.test_people",
        "tests.storage.views.test_search_terms",
        "tests.storage.views.test_telling_view",
        "tests.storage.safekeeping.test_line",
    )
)

OF_A_PC: dict[str, str] = {
    "keys": "a server has its disk sealed, not a book of it",
    "sealing": "the same",
    "people": "people show who they are by the keys of a sealed book; on a server by its password",
    "registers.test_complaint_lines": "complaints are sealed by the keys of a sealed book",
    "registers.test_complaint_paper": "the same",
    "registers.test_complaint_ways_out": "the same",
    "registers.test_complaints": "the same",
    "registers.reentering": "the same",
    "catalogue.test_centre_key": "the centre opens a sealed book",
    "offline": "asks of both at once, and takes the server away",
    "landed": "fixtures of books in files",
    "layouts": "the same",
    "book_on_server": "asks of both at once",
    "moving": "the same",
    "archive.test_destroying_on_server": "asks of a server by itself",
    "people.test_at_other_windows": "the same",
    "exchange.test_kept": "fixtures of books in files",
    "exchange.test_branch_copies": "copies of files",
    "exchange.test_online": "asks of both at once",
    "exchange.test_merge_process": "books of branches in files",
    "safekeeping.recovering": "a file is held against its copies and made again of them; of a server that is for who runs it",
    "safekeeping.checkup": "copies and a rehearsed restore of a file",
    "safekeeping.test_restoring": "a file is made again of its copies",
    "safekeeping.test_restore_sources": "the same",
    "safekeeping.test_backing_up": "copies of a file",
    "safekeeping.test_backup_process": "the same",
    "safekeeping.test_backup_state": "the same",
    "safekeeping.second_place": "the same",
    "witnessing.test_witnessed_export": "tampers with the file",
}
"""Rooms and modules of tests/operations that ask of what lies on a PC, and why."""

IN_A_FILE: dict[str, str] = {
    "engines.test_engine.test_a_book_in_a_file_loads_no_driver_of_a_server": "asks of a file",
    "engines.test_engine.test_storage_says_nothing_that_only_sqlite_understands": "reads the sources",
    "test_book_check.test_the_file_itself_holds_entries_as_they_are": "another library on the file; on a server test_guards",
    "test_book_check.test_an_erased_payload_leaves_a_chain_that_verifies": "what is erased leaves the bytes of the file",
    "test_book_check.test_views_of_other_rules_are_rebuilt_at_opening": "a hall's views are not rebuilt by whoever opens it",
    "test_book_check.test_checking_says_that_the_schema_is_not_as_it_was_made": "SQLite's words; on a server test_guards",
    "test_book_check.test_a_content_that_is_none_of_its_kind_is_damage_to_a_newer_program_too": "rebuilt at opening",
    "test_book_views.test_a_view_on_the_list_is_filled_when_the_book_is_next_opened": "rebuilt at opening",
    "test_book_views.test_a_view_on_the_list_follows_every_entry_and_is_held_against_them": "rebuilt at opening",
    "test_book_views.test_what_a_view_finds_wrong_in_an_entry_is_said_by_the_check": "rebuilt at opening",
    "operations.about.test_versions.test_the_versions_are_those_that_run": "the version of the file's schema",
    "operations.about.test_diagnosing.test_it_says_how_the_book_is": "how large the file is",
    "operations.about.test_diagnosing.test_what_is_planted_changes_no_word_of_it": "the same",
    "operations.archive.test_destruction.test_a_file_that_is_not_written_anew_is_said_and_written_later": "the file is written anew",
    "operations.archive.test_destruction.test_copies_on_a_stick_go_once_it_is_there_after_the_stated_day": "copies of a file",
    "operations.archive.test_destruction.test_cut_off_anywhere_it_is_whole_or_nothing_and_is_ended_later": "the file is written anew",
    "operations.archive.test_destruction.test_killed_at_random_moments_and_done_again_it_is_never_half": "the same",
    "operations.archive.test_destruction.test_nothing_is_left_of_what_was_destroyed": "reads every byte of the file and its copies",
    "operations.archive.test_destruction.test_what_its_numbers_have_left_goes_as_well": "reads every table of the file",
    "operations.archive.test_erasing.test_in_a_sealed_book_the_second_person_shows_who_they_are": "a sealed book",
    "operations.archive.test_destruction.test_where_it_cannot_be_noted_nothing_is_destroyed": "what is noted is about copies of a file",
    "operations.exchange.test_exchange.test_the_centre_has_every_entry_to_the_letter": "on one server the book itself is seen beside what the stick brought: test_online",
    "operations.exchange.test_exchange.test_what_leaves_the_branch_leaves_the_centre": "the same",
    "operations.exchange.test_exchange.test_a_finding_is_settled_with_a_reason": "a file that is copied with its folder",
    "operations.exchange.test_exchange.test_the_books_of_branches_are_sealed_and_follow_a_new_key": "a sealed book",
    "operations.exchange.test_exchange.test_a_branch_keeps_its_fingerprint_with_a_new_key_of_its_book": "a sealed book",
    "operations.exchange.test_exchange.test_a_branch_turned_back_before_a_signed_head_is_told_so_by_its_own_check": "an older file in its place",
    "operations.issuing.test_reviewing.test_never_ones_own_neither_issued_nor_typed": "on a server each stands at a window of their own",
    "operations.issuing.test_reviewing.test_the_wrong_role_says_nothing_and_nothing_is_said_twice": "the same",
    "operations.registers.test_complaint_volume.test_a_year_of_many_goes_over_several_pages_with_its_head_on_each": "a sealed book",
    "operations.safekeeping.test_exporting.test_sealed_stays_sealed_and_what_tells_a_pin_stays_in_the_book": "a sealed book",
    "operations.safekeeping.test_journal_of_an_office.test_a_new_key_of_the_book_is_that_of_its_journal": "a sealed book",
    "operations.safekeeping.test_journal_of_an_office.test_a_sealed_journal_gives_nothing_away": "a sealed book",
    "operations.safekeeping.test_witness.test_a_book_that_is_not_the_one_is_named_with_where_it_differs": "an older file in its place",
    "operations.safekeeping.test_witness.test_a_book_that_was_written_anew_contradicts_its_own_closings": "the same",
    "operations.safekeeping.test_witness.test_what_contradicts_itself_is_named_without_a_head": "the same",
    "operations.test_paper_prints.test_a_lost_file_leaves_what_the_last_closing_says_and_what_came_after": "of a server other windows' papers are theirs",
    "operations.test_paper_prints.test_a_lost_file_makes_the_day_unknown_and_never_printed": "the same",
    "operations.test_paper_prints.test_what_was_issued_before_a_restore_is_not_called_unprinted_on_the_new_pc": "restored from a copy of a file",
    "operations.test_paper_prints.test_yesterday_is_no_longer_asked_about_where_the_file_is_new": "the same",
    "operations.test_paper_prints.test_an_older_copy_of_the_book_takes_nothing_from_a_newer_file": "an older file in its place",
    "operations.witnessing.test_witnessing.test_a_fork_is_named_with_the_first_entry_that_differs": "an older file in its place",
    "operations.witnessing.test_witnessing.test_after_the_centre_began_anew_only_later_heads_count": "the same",
    "operations.witnessing.test_witnessing.test_the_centre_signs_nothing_of_a_book_that_was_turned_back": "the same",
    "views.test_search_terms.test_a_page_reads_few_rows_however_many_slips_there_are": "SQLite's plan",
}
"""Tests of these modules that ask what only a file can do, and why."""


def variants(metafunc: pytest.Metafunc) -> list[Any]:
    """The engines that a test runs on; none where it is asked once and for all."""
    name = f"{_module(metafunc)}.{metafunc.function.__name__}"
    module = _module(metafunc)
    if module not in MODULES and not _of_an_office(module):
        return []
    option = metafunc.config.option
    wanted = option.engine or ("both" if option.whole or _drawn(option.seed, name) else "sqlite")
    marks = [pytest.mark.hall, *([] if option.engine else [pytest.mark.nightly("hall", by_day=1)])]
    on_server = pytest.param(
        "postgres", marks=[*marks, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]
    )
    if name.removeprefix("tests.storage.").removeprefix("tests.") in IN_A_FILE:
        return ["sqlite"] if wanted != "postgres" else []
    by_name: dict[str, list[Any]] = {"sqlite": ["sqlite"], "postgres": [on_server], "both": ["sqlite", on_server]}
    return by_name[wanted]


def held_by_its_engine(fixture: Any) -> bool:
    """Whether what is opened once for a module goes with the engine it lies on: it would be asked under the other one's name."""
    return fixture.scope != "module" or "tmp_path_factory" not in fixture.argnames or "engine" in fixture.argnames


def _of_an_office(module: str) -> bool:
    """Whether the tests of a module are of an office whose book may lie on a server."""
    place = module.removeprefix("tests.operations.")
    return place != module and not any(f"{place}.".startswith((f"{one}.", f"test_{one}.")) for one in OF_A_PC)


def _module(metafunc: pytest.Metafunc) -> str:
    place = metafunc.definition.nodeid.partition("::")[0]
    return place.removesuffix(".py").replace("/", ".")


def _drawn(seed: int, name: str) -> bool:
    return random.Random(f"{seed} {name}").randrange(SAMPLE) == 0
