"""程序自带的、各网点都一样的部分：事项、日历、文明用语、文书格式与排版，每个进程读一次。"""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from typing import TYPE_CHECKING

from counter_assistant import paths
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.storage.characters.ideograph_file import read_ideographs
from counter_assistant.storage.content.calendar_files import read_calendars
from counter_assistant.storage.content.catalogue_files import read_catalogue
from counter_assistant.storage.content.phrase_files import read_forbidden_phrases, read_phrases
from counter_assistant.storage.content.visit_files import read_visits

if TYPE_CHECKING:
    from counter_assistant.domain.calendar.workdays import WorkCalendar
    from counter_assistant.domain.catalogue.items import Catalogue
    from counter_assistant.domain.revision.visits import TypicalVisit
    from counter_assistant.domain.typed_text.ideographs import Ideographs
    from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrases
    from counter_assistant.domain.wording.phrases import Phrase
    from counter_assistant.paper.templates import Forms
    from counter_assistant.paper.typesetter import Typesetter
    from counter_assistant.storage.counter_forms.form_files import CounterForms


class Program:
    """What ships with the program. Each part is read when it is first needed and never changes; used by one thread.

    The typesetter and the forms are imported with the first paper, because neither the desk nor a search should wait
    for them.

    Raises:
        Refusal: what reading the files refuses, when a part is first needed.
    """

    @cached_property
    def catalogue(self) -> Catalogue:
        """The items, without any centre's approval."""
        return read_catalogue(paths.resources())

    @cached_property
    def visits(self) -> tuple[TypicalVisit, ...]:
        """The typical visits that a change of the catalogue is tried with."""
        return read_visits(paths.resources() / "catalogue" / "visits")

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The years whose notices were published when the program was made."""
        return read_calendars(paths.resources() / "calendars")

    @cached_property
    def ideographs(self) -> Ideographs:
        """All ideographs that can be printed, by their parts."""
        return read_ideographs(paths.resources() / "ideographs" / "parts.bin")

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The twenty-five of 守则 二."""
        return read_phrases(paths.resources() / "phrases")

    @cached_property
    def forbidden_phrases(self) -> ForbiddenPhrases:
        """The twenty-one of 守则 三, with the rules that find their variants."""
        return read_forbidden_phrases(paths.resources() / "phrases")

    @cached_property
    def example_profile(self) -> OfficeProfile:
        """The profile that a fresh data folder starts with; every field of it is 示例."""
        path = paths.resources() / "office" / "example.toml"
        return OfficeProfile.from_payload(tomllib.loads(path.read_text(encoding="utf-8")))

    @cached_property
    def forms(self) -> Forms:
        """The wording of the papers."""
        from counter_assistant.paper.templates import Forms

        return Forms(paths.forms())

    @cached_property
    def counter_forms(self) -> CounterForms:
        """The forms that are filled in at the counter."""
        from counter_assistant.storage.counter_forms.form_files import read_forms

        return read_forms(paths.forms() / "tables")

    @cached_property
    def typesetter(self) -> Typesetter:
        """Sets papers, with the fonts."""
        from counter_assistant.paper.typesetter import Typesetter

        return Typesetter(paths.resources() / "fonts")


@cache
def program() -> Program:
    """The program of this process."""
    return Program()
