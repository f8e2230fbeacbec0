"""核对一整份目录、一整版：施行以前逐项核对，编码、条文、日期、批准、典型来访、用字都要说得通.

The check of the catalogue takes for granted what the readers of its files see to: codes, limits, names of things. An edition that
comes in a pack was read by none of them, so these are asked first; and whether its texts may be printed and said. Whatever is
checked as a whole, an edition, a pack or a revision, is checked by this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from counter_assistant.domain.catalogue.checks.check import check_catalogue
from counter_assistant.domain.catalogue.checks.sources import sources_of
from counter_assistant.domain.catalogue.form_sentences import every_wording, wrong_in
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import Statute, StatuteVersion
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.revision.content_json import catalogue_to_json, to_json
from counter_assistant.domain.revision.edition import Edition
from counter_assistant.domain.revision.statements import STARTS, open_places
from counter_assistant.domain.revision.visits import PAPERS, TypicalVisit
from counter_assistant.domain.typed_text.characters import unprintable
from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrases
from counter_assistant.domain.wording.guard import guard
from counter_assistant.domain.wording.phrases import APPROVED, CENTRE

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_UNITS = ("day", "workday")
_CARRIED_BY = {"statute": "article", "code": "clause", "guide": "city", "assumption": "", "centre": "document"}


def catalogue_faults(catalogue: Catalogue, forbidden: ForbiddenPhrases) -> list[Fault]:
    """Every fault of a catalogue, and its warnings; each place begins with what it is part of."""
    found = unknown_in(catalogue) or check_catalogue(catalogue)
    return [*found, *_texts(catalogue_to_json(catalogue), forbidden)]


def unknown_in(catalogue: Catalogue) -> list[Fault]:
    """What this program does not know: codes, names, units. Without any such fault its situations can be gone through."""
    return [*_codes(catalogue), *_statutes(catalogue.statutes)]


def edition_faults(edition: Edition, forbidden: ForbiddenPhrases) -> list[Fault]:
    """Every fault of an edition, and the warnings of its catalogue.

    Whether its typical visits are told what they must be is no fault of its texts: `run_visits` says that, of an edition
    without any.
    """
    said = {
        "approval": to_json(edition.approval),
        "changes": list(edition.changes),
        "visits": to_json(edition.visits),
        "phrases": to_json(edition.phrases),
    }
    return [
        *catalogue_faults(edition.catalogue, forbidden),
        *_form_sentences(edition.catalogue),
        *_phrases(edition),
        *_approval(edition),
        *_visits(edition.visits),
        *_texts(said, forbidden),
    ]


def _phrases(edition: Edition) -> Iterator[Fault]:
    numbers = [phrase.number for phrase in edition.phrases]
    for i, phrase in enumerate(edition.phrases, 1):
        if numbers.count(phrase.number) > 1:
            yield Fault(f"phrases[{i}].number", f"第 {phrase.number} 句写了两次")
        if not APPROVED < phrase.number < CENTRE:
            yield Fault(f"phrases[{i}].number", f"“{phrase.number}”应当在 {APPROVED + 1} 到 {CENTRE - 1} 之间")
        if not phrase.text.strip():
            yield Fault(f"phrases[{i}].text", "没有写")


def _form_sentences(catalogue: Catalogue) -> Iterator[Fault]:
    for paper, sentences in catalogue.form_sentences.items():
        standards = [each.standard for each in sentences]
        for i, each in enumerate(sentences, 1):
            place = f"form_sentences.{paper}[{i}]"
            for wording in every_wording(each):
                yield from _source(f"{place}.source", wording.source)
                if wrong := wrong_in(wording):
                    yield Fault(f"{place}.words", wrong.sentence.rstrip("。"))
            if each.source.to_confirm:
                yield Fault(place, "还没有核定")
            if standards.count(each.standard) > 1:
                yield Fault(f"{place}.standard", "同一句写了两次")


def _codes(catalogue: Catalogue) -> Iterator[Fault]:
    yield from _names("questions", {key: question.id for key, question in catalogue.questions.items()})
    yield from _names("materials", {key: material.id for key, material in catalogue.materials.items()})
    for item_id, texts in catalogue.items.items():
        if not texts:
            yield Fault(f"items.{item_id}", "没有文本")
        for i, text in enumerate(texts, 1):
            place = f"items.{item_id}[{i}]"
            yield from _names(place, {item_id: text.id})
            yield from _item_codes(place, text)


def _names(place: str, names: Mapping[str, str]) -> Iterator[Fault]:
    for key, id_ in names.items():
        if key != id_:
            yield Fault(f"{place}.id", f"写的是“{id_}”，应当是“{key}”")
        elif not _CODE.fullmatch(id_):
            yield Fault(f"{place}.id", f"“{id_}”不能作编码")


def _item_codes(place: str, item: ServiceItem) -> Iterator[Fault]:
    for where, source in sources_of(item):
        yield from _source(f"{place} {where}.source", source)
    limits = [*((f"limits.statutory[{i}]", limit) for i, limit in enumerate(item.statutory, 1))]
    for where, limit in [*limits, ("limits.promised", item.promised)]:
        if limit.unit not in _UNITS:
            yield Fault(f"{place} {where}.unit", f"“{limit.unit}”不认识，可以是 {'、'.join(_UNITS)}")
        if limit.start not in STARTS:
            yield Fault(f"{place} {where}.start", f"“{limit.start}”不认识，可以是 {'、'.join(STARTS)}")
        if len(set(limit.pauses)) < len(limit.pauses):
            yield Fault(f"{place} {where}.pauses", "同一个中止原因写了两次")
    for asked in item.questions:
        codes = [option.code for option in asked.question.options]
        for code in {asked.id, *codes}:
            if not _CODE.fullmatch(code):
                yield Fault(f"{place} question[{asked.id}]", f"“{code}”不能作编码")
        if len(set(codes)) < len(codes):
            yield Fault(f"{place} question[{asked.id}].options", "同一个回答写了两次")


def _source(place: str, source: Source) -> Iterator[Fault]:
    if source.kind not in _CARRIED_BY:
        yield Fault(f"{place}.kind", f"来源“{source.kind}”不认识，可以是 {'、'.join(_CARRIED_BY)}")
    elif (needed := _CARRIED_BY[source.kind]) and not getattr(source, needed):
        yield Fault(f"{place}.{needed}", "没有写")
    elif source.article and source.kind != "statute":
        yield Fault(f"{place}.article", "不是法规，却写了条文")


def _statutes(statutes: Mapping[str, Statute]) -> Iterator[Fault]:
    for name, statute in statutes.items():
        place = f"statutes.{name}"
        if statute.name != name:
            yield Fault(f"{place}.name", f"写的是“{statute.name}”，应当是“{name}”")
        if not statute.versions:
            yield Fault(place, "没有收录任何版本")
        days = [version.effective_from for version in statute.versions]
        if days != sorted(set(days)):
            yield Fault(f"{place}.versions", "各版本的施行日没有先后，或者有两版同日施行")
        numbers = [version.version for version in statute.versions]
        if len(set(numbers)) < len(numbers):
            yield Fault(f"{place}.versions", "同一年的版本写了两次")
        for version in statute.versions:
            yield from _articles(f"{place}[{version.version}]", version)


def _articles(place: str, version: StatuteVersion) -> Iterator[Fault]:
    for number, article in version.articles.items():
        fits = all(0 < paragraph <= article.paragraphs and n > 0 for paragraph, n in article.points.items())
        if number < 1 or article.paragraphs < 1 or not fits:
            yield Fault(f"{place} 第{number}条", "条、款、项的数目不对")


def _approval(edition: Edition) -> Iterator[Fault]:
    approval = edition.approval
    if not approval.number.strip():
        yield Fault("approval.number", "没有写明文号")
    if not approval.approver.strip():
        yield Fault("approval.approver", "没有写明由谁核定")
    if approval.since < approval.date:
        yield Fault("approval.effective_from", f"生效日早于核定日期{chinese_date(approval.date)}")
    since = approval.since.isoformat()
    if not re.fullmatch(rf"{since}(-[0-9]{{1,4}})?", edition.version):
        yield Fault("version", f"“{edition.version}”应当以生效日 {since} 开头")
    for item_id, texts in edition.catalogue.items.items():
        for text in texts:
            open_place = next(open_places(text), None) if text.approval == approval else None
            if open_place:
                words = open_place.statement.words
                yield Fault(f"{item_id} {open_place.statement.part.label}", f"已经批准，却还有待核定的“{words}”")


def _visits(visits: Sequence[TypicalVisit]) -> Iterator[Fault]:
    """What a typical visit must be, so that it can be gone through and named."""
    named = Counter((visit.item, visit.name) for visit in visits)
    for i, visit in enumerate(visits, 1):
        if not visit.name.strip():
            yield Fault(f"visits[{i}].name", "没有写名称")
        if visit.paper not in ("", *PAPERS):
            yield Fault(f"visits[{i}].paper", f"“{visit.paper}”不认识，可以是 {listed(PAPERS)}")
        if named[visit.item, visit.name] > 1:
            yield Fault(f"visits[{i}].name", f"{visit.item} 的“{visit.name}”写了两次")


def _texts(said: Mapping[str, Any], forbidden: ForbiddenPhrases) -> Iterator[Fault]:
    """Characters that no paper can hold, and phrases that nobody at a counter may say."""
    known: dict[str, tuple[str, ...]] = {}  # one sentence serves many items
    for place, words in _words("", dict(said)):
        if words not in known:
            known[words] = tuple(_wrong_in(words, forbidden))
        yield from (Fault(place, wrong) for wrong in known[words])


def _wrong_in(words: str, forbidden: ForbiddenPhrases) -> Iterator[str]:
    wrong = next((character for character in words if unprintable(character)), "")
    if wrong:
        yield f"有{unprintable(wrong)}（U+{ord(wrong):04X}），无法如实打印"
    else:
        yield from (f"有服务忌语“{hit.text}”" for hit in guard(words, forbidden))


def _words(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text of plain JSON values, with its place; names of things are texts, too."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield f"{place}.{key}".lstrip("."), key
            yield from _words(f"{place}.{key}".lstrip("."), part)
    elif isinstance(value, list):
        for i, part in enumerate(value, 1):
            yield from _words(f"{place}[{i}]", part)
