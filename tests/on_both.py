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
    "views.test_search_terms.test_a_page_reads_few_rows_however_many_slips_there_are": "SQLite's plan",
}
"""Tests of these modules that ask what only a file can do, and why."""


def variants(metafunc: pytest.Metafunc) -> list[Any]:
    """The engines that a test runs on; none where it is asked once and for all."""
    name = f"{_module(metafunc)}.{metafunc.function.__name__}"
    if _module(metafunc) not in MODULES:
        return []
    option = metafunc.config.option
    wanted = option.engine or ("both" if option.whole or _drawn(option.seed, name) else "sqlite")
    marks = [pytest.mark.hall, *([] if option.engine else [pytest.mark.nightly("hall", by_day=1)])]
    on_server = pytest.param(
        "postgres", marks=[*marks, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]
    )
    if name.removeprefix("tests.storage.") in IN_A_FILE:
        return ["sqlite"] if wanted != "postgres" else []
    by_name: dict[str, list[Any]] = {"sqlite": ["sqlite"], "postgres": [on_server], "both": ["sqlite", on_server]}
    return by_name[wanted]


def _module(metafunc: pytest.Metafunc) -> str:
    place = metafunc.definition.nodeid.partition("::")[0]
    return place.removesuffix(".py").replace("/", ".")


def _drawn(seed: int, name: str) -> bool:
    return random.Random(f"{seed} {name}").randrange(SAMPLE) == 0
