"""办事指南成册：整个目录一本，封面、目录、每个事项、所引法规的版本；一个事项一个事项地排，可以停下（守则 一(三)2⑵）."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.groups import GROUPS
from counter_assistant.domain.catalogue.statutes import ArticleRef
from counter_assistant.domain.displays.guide_book import BookCover, ContentsLine
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Paragraph, Run, Table
from counter_assistant.domain.revision.stoppable import Reached, Stoppable
from counter_assistant.operations.publications.displays.promises import PromiseScope, items_of
from counter_assistant.operations.publications.guides import guide
from counter_assistant.paper.blocks import Placed
from counter_assistant.paper.displays.guide_book import GuideBookMaker
from counter_assistant.paper.geometry.imposition import Leaf
from counter_assistant.paper.geometry.measures import A4, Measures

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.operations.office import Office

TITLE, CONTENTS, STATUTES = "办事指南", "目　录", "所引法规的版本"
UNAPPROVED = "（示例）"
STATUTE_VERSIONS = "statute_versions"


Book = tuple[Measures, list[Sequence[Placed]], list[Leaf]]


def guide_book(office: Office, day: date) -> Stoppable[Book]:
    """All guides as in force on a day, bound as one book: its pages and its sheets. It says after each item how far it is.

    Raises:
        Refusal: `missing-glyph`; what `guide` refuses.
    """
    setter, codes = office.program.typesetter, items_of(office, PromiseScope.ALL, "", day)
    guides: list[tuple[str, Sheet, list[list[Placed]]]] = []
    for code in codes:
        sheet = guide(office, code, day)
        setter.refuse_missing(sheet.texts())
        guides.append((code, sheet, setter.pages(sheet)))
        yield Reached(len(guides), len(codes) + 1)
    statutes = _statutes(office, codes, day)
    cover = _cover(office, len(codes), day)
    setter.refuse_missing([*statutes.texts(), *cover.lines, *cover.foot, office.watermark])
    maker, ending = GuideBookMaker(setter.breaker), setter.pages(statutes)
    first = 1 + len(maker.contents(CONTENTS, _contents(office, guides, 1, day)))
    contents = maker.contents(CONTENTS, _contents(office, guides, first, day))
    pages = [*contents, *(page for _, _, own in guides for page in own), *ending]
    whole, leaves = maker.bind(maker.cover(cover), pages)
    yield Reached(len(codes) + 1, len(codes) + 1)
    return A4, whole, leaves


def _cover(office: Office, count: int, day: date) -> BookCover:
    profile, catalogue = office.profile, office.catalogue
    lines = (
        f"服务事项 {count} 项，按 {chinese_date(day)} 的规定",
        "机构人员为示例" if office.is_example else "",
        "标“示例”的事项待本中心核定，不作为承诺"
        if any(_is_example(office, code, day) for code in catalogue.items)
        else "",
    )
    foot = (
        listed((profile.branch, profile.address), "　"),
        listed((f"监督电话 {profile.supervision_phone}", profile.hotlines), "　"),
        f"目录 {catalogue.version}　{chinese_date(office.today())}印",
    )
    return BookCover(profile.unit, TITLE, tuple(filter(None, lines)), tuple(filter(None, foot)))


def _is_example(office: Office, code: str, day: date) -> bool:
    text = office.catalogue.item(code, day)
    return text is not None and (text.approval is None or not office.profile.confirmed)


def _contents(
    office: Office, guides: list[tuple[str, Sheet, list[list[Placed]]]], first: int, day: date
) -> list[ContentsLine]:
    """A head for each group and a line for each item; the first item stands on page `first`."""
    lines: list[ContentsLine] = []
    page = first
    for group, of_group in groupby(guides, key=lambda each: each[0][:1]):
        lines.append(ContentsLine(GROUPS.get(group, group)))
        for code, _, pages in of_group:
            item = office.catalogue.item(code, day)
            name = item.name if item else ""
            lines.append(ContentsLine(f"{code}　{name}{UNAPPROVED if _is_example(office, code, day) else ''}", page))
            page += len(pages)
    return [*lines, ContentsLine("附"), ContentsLine(STATUTES, page)]


def _statutes(office: Office, codes: list[str], day: date) -> Sheet:
    """Which text of each statute the guides go by."""
    catalogue, profile = office.catalogue, office.profile
    items = [item for code in codes if (item := catalogue.item(code, day))]
    used = sorted({(ref.statute, ref.version) for item in items for ref in _articles(office, item, day)})
    rows = []
    for name, number in used:
        version = catalogue.statutes[name].version(number)
        if version:
            texts = (f"《{name}》", version.label, chinese_date(version.effective_from))
            rows.append(tuple(map(Run, texts)))
    said = f"各事项的指南按 {chinese_date(day)} 有效的文本引用条文；以后修订的，以新的文本为准。"
    body = (Paragraph((Run(said),)), Table(STATUTE_VERSIONS, ("法规", "版本", "自哪天起施行"), tuple(rows)))
    return Sheet(profile.unit, profile.branch, STATUTES, "", body, (f"目录 {catalogue.version}",))


def _articles(office: Office, item: ServiceItem, day: date) -> list[ArticleRef]:
    """The articles that an item's guide cites."""
    sources = [condition.source for condition in item.conditions]
    sources += [note.source for note in item.notes]
    sources += [limit.source for limit in office.catalogue.statutory_on(item, day)]
    return [*office.catalogue.basis_on(item, day), *(source.article for source in sources if source.article)]
