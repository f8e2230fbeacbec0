"""一版：一稿批准以后，自生效日起怎样施行；以前受理的，仍按以前的文本."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from counter_assistant.domain.catalogue.form_sentences import settled_sentences
from counter_assistant.domain.catalogue.items import Approval, Catalogue, ServiceItem
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import catalogue_from_json, catalogue_to_json, from_json, to_json
from counter_assistant.domain.revision.statements import newest, open_places
from counter_assistant.domain.revision.visits import TypicalVisit
from counter_assistant.domain.wording.centre_phrases import CentrePhrase

ONE_DAY = timedelta(days=1)

_NEED_NOT_BE = {"visits", "phrases", "settled"}
"""Keys of a written edition that may be missing."""


@dataclass(frozen=True)
class Edition:
    """A catalogue as the centre approved it: whole, so that it says the same whatever version of the program reads it.

    Texts of which nothing is left to confirm carry its approval. `changes` says in words what differs from the edition
    before; `visits` are the typical visits that it was approved with, `phrases` the centre's own 文明用语.
    """

    catalogue: Catalogue
    approval: Approval
    changes: tuple[str, ...]
    visits: tuple[TypicalVisit, ...] = ()
    phrases: tuple[CentrePhrase, ...] = ()

    @property
    def version(self) -> str:
        """What papers name it by."""
        return self.catalogue.version

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "content": catalogue_to_json(self.catalogue), "approval": to_json(self.approval), "changes": list(self.changes),
            **({"visits": to_json(self.visits)} if self.visits else {}),
            **({"phrases": to_json(self.phrases)} if self.phrases else {}),
        }  # fmt: skip

    @classmethod
    def from_json(cls, written: Any) -> Edition:
        """What `to_json` wrote.

        Until 28 November 2026 an edition also listed the items that it approves (`settled`). Books and packs of before are read
        as long as that list is what the texts say themselves.

        Raises:
            Refusal: `broken-content`.
        """
        match written:
            case {"content": content, "approval": approval, "changes": changes, **rest} if rest.keys() <= _NEED_NOT_BE:
                read = cls(
                    catalogue_from_json(content),
                    from_json(Approval, approval, "approval"),
                    from_json(tuple[str, ...], changes, "changes"),
                    from_json(tuple[TypicalVisit, ...], rest.get("visits", []), "visits"),
                    from_json(tuple[CentrePhrase, ...], rest.get("phrases", []), "phrases"),
                )
                return read._as_listed(rest.get("settled"))
        raise _broken()

    def _as_listed(self, listed: Any) -> Edition:
        """The edition, if it approves what was listed; without a list its items stay unread until they are asked for.

        Of two editions under one approval the second listed only what it approved besides.
        """
        if listed is not None and not set(from_json(tuple[str, ...], listed, "settled")) <= self.approves:
            raise _broken()
        return self

    @property
    def approves(self) -> set[str]:
        """The items of which a text carries its approval."""
        items = self.catalogue.items.items()
        return {id_ for id_, texts in items if any(text.approval == self.approval for text in texts)}


def _broken() -> Refusal:
    return Refusal("broken-content", "这不是一版核定的内容。", "请换一份没有改动过的文件。")


def edition(base: Catalogue, working: Catalogue, approval: Approval, version: str, changes: tuple[str, ...]) -> Edition:
    """The working text, from the first day of the approval on: what it changes ends the day before, and stays readable.

    Raises:
        Refusal: `edition-too-early`: a text that it changes begins on that day or later itself.
    """
    since = approval.since
    items = {}
    for id_ in working.items:
        texts = _texts(base.items.get(id_, ()), working, id_, since)
        if texts[0].approval is None and next(open_places(texts[0]), None) is None:
            texts = (replace(texts[0], approval=approval), *texts[1:])
        items[id_] = texts
    items |= {id_: _ended(texts, since) for id_, texts in base.items.items() if id_ not in working.items}
    made = replace(
        working,
        version=version,
        items=items,
        form_sentences=settled_sentences(base.form_sentences, working.form_sentences, approval.date, since),
    )
    return Edition(made, approval, changes)


def once_laws_hold(base: Catalogue, working: Catalogue, since: date) -> Catalogue:
    """The working text as it would be told from the day on which the new statutes hold; nobody has approved it.

    Raises:
        Refusal: `edition-too-early`, as `edition`.
    """
    return edition(base, working, Approval("", since, "", since), working.version, ()).catalogue


def _texts(before: tuple[ServiceItem, ...], working: Catalogue, id_: str, since: date) -> tuple[ServiceItem, ...]:
    """The texts of an item, newest first: those before, where nothing of it was changed."""
    text = newest(working, id_)
    if text in before:
        return tuple(sorted(before, key=lambda each: each.effective_from, reverse=True))
    return (replace(text, effective_from=since, effective_to=None, approval=None), *_ended(before, since))


def _ended(texts: tuple[ServiceItem, ...], since: date) -> tuple[ServiceItem, ...]:
    """The texts as they are once something else holds from a day on."""
    for text in texts:
        if text.effective_from >= since:
            raise Refusal(
                "edition-too-early",
                f"{text.id}现在的文本自{chinese_date(text.effective_from)}起施行，新的文本须晚于这一天。",
                "请改生效日。",
            )
    last = since - ONE_DAY
    return tuple(
        replace(text, effective_to=last) if text.effective_to is None or text.effective_to > last else text
        for text in texts
    )
