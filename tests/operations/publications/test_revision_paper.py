"""核定稿：每一处改动都编了号，现行的和改后的并排，写明还没有审定."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.papers.slip import Heading, Table
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import ItemRetired
from counter_assistant.domain.revision.statements import Part, newest
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.publications.revision_paper import revision_paper
from tests.make import NOW, text_of

CENTRE = Source("centre", document="临住金〔2026〕18号", clause="第五条", day=date(2026, 11, 20))
PROGRESS = "待核定的 448 句已核 2 句"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path, lambda: NOW)
    yield office
    office.close()


def test_every_change_has_its_number_beside_what_is_told_today(office: Office) -> None:
    revising = Revising(office)
    conditions = [each for each in revising.open if each.statement.part is Part.CONDITION and len(each.items) == 1]
    revising.do(Verdict(conditions[0].statement, Answer.CHANGE, CENTRE, "改过的一句"))
    revising.do(Verdict(conditions[1].statement, Answer.DROP, CENTRE))
    revising.do(ItemRetired("D04"))
    sheet = revision_paper(office, revising.base.version, revising.differences, PROGRESS)
    assert (sheet.title, sheet.mark) == ("服务事项目录核定稿", "待会议审定")
    headings = [element.text for element in sheet.body if isinstance(element, Heading)]
    assert headings[-1] == f"D04　{newest(revising.base, 'D04').name}（停办）"
    rows = [row for element in sheet.body if isinstance(element, Table) for row in element.rows]
    assert [row[0].text for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    told = {(row[1].text, row[2].text, row[3].text) for row in rows}
    assert any(after == "改过的一句〔临住金〔2026〕18号第五条〕" for _, _, after in told)
    assert any(after == "—" and conditions[1].statement.words in before for _, before, after in told)
    printed = text_of(office.program.typesetter.sheet(sheet)).replace("\n", "")
    assert PROGRESS.replace(" ", "") in printed.replace(" ", "")


def test_a_revision_without_a_change_has_no_paper(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        revision_paper(office, "2026.11", [], PROGRESS)
    assert refused.value.code == "nothing-revised"


def test_what_several_items_change_alike_stands_once(office: Office) -> None:
    revising = Revising(office)
    several = next(each for each in revising.open if each.statement.part is Part.NEVER_ASK and len(each.items) == 5)
    revising.do(Verdict(several.statement, Answer.AGREE, CENTRE))
    sheet = revision_paper(office, revising.base.version, revising.differences, PROGRESS)
    headings = [element.text for element in sheet.body if isinstance(element, Heading)]
    rows = [row for element in sheet.body if isinstance(element, Table) for row in element.rows]
    assert headings == ["几个事项一样改的，一处列一次"]
    ((number, section, _, after),) = rows
    assert (number.text, section.text) == ("1", f"不得要求（{'、'.join(several.items)}）")
    assert after.text.endswith("〔临住金〔2026〕18号第五条〕")
