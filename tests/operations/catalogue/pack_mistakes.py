"""Over a hundred mistakes for a pack, each with what finds it: a refusal's code, or the place of a fault.

`DAMAGE` is done to the bytes of a signed file. `ENVELOPE` changes what is signed and leaves the old signature. `CONTENT` are the
centre's own mistakes: they are signed, so that only what is read and checked can find them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from tests.operations.catalogue.packing import a_signer

Json = dict[str, Any]
FLIPS = 20
NEW, OLD = "B08（2026年9月20日起） ", "B08（2019年3月24日起） "


def flipped(seed: int) -> Callable[[bytes], bytes]:
    """One bit of the file is another."""

    def flip(content: bytes) -> bytes:
        draw = random.Random(seed)
        at = draw.randrange(len(content))
        return content[:at] + bytes([content[at] ^ 1 << draw.randrange(8)]) + content[at + 1 :]

    return flip


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    **{f"bit {n} flipped": (flipped(n), "pack-damaged pack-signature pack-foreign") for n in range(FLIPS)},
    "cut in the middle": (lambda c: c[: len(c) // 2], "pack-damaged"),
    "the last byte missing": (lambda c: c[:-1], "pack-damaged"),
    "the first byte missing": (lambda c: c[1:], "pack-damaged"),
    "a byte order mark": (lambda c: b"\xef\xbb\xbf" + c, "pack-damaged"),
    "a line end more": (lambda c: c + b"\n", "pack-damaged"),
    "twice the file": (lambda c: c + c, "pack-damaged"),
    "spelled otherwise": (lambda c: json.dumps(json.loads(c), indent=1).encode(), "pack-damaged"),
    "keys in another order": (
        lambda c: json.dumps(dict(reversed(json.loads(c).items())), ensure_ascii=False, separators=(",", ":")).encode(),
        "pack-damaged",
    ),
    "a key twice": (lambda c: c.replace(b'"format":1', b'"format":1,"format":1'), "pack-damaged"),
    "saved in another encoding": (lambda c: c.decode().encode("gb18030"), "pack-damaged"),
    "nothing in it": (lambda _: b"", "pack-foreign"),
    "a list": (lambda _: b"[1, 2]", "pack-foreign"),
    "another JSON file": (lambda _: b'{"item": "B08"}', "pack-foreign"),
    "a compressed file": (lambda _: b"PK\x03\x04\x00\x00\xff\xfe", "pack-foreign"),
    "brackets without end": (lambda _: b"[" * 100_000, "pack-foreign"),
    "brackets that nobody can go through": (
        lambda c: c.replace(b'"centre":', b'"centre":%s,"more":' % (b"[" * 5000 + b"]" * 5000)), "pack-damaged",
    ),
    "half a character": (lambda c: c.replace(b'"centre":"', b'"centre":"\\ud800'), "pack-damaged"),
    "a number without end": (lambda c: c.replace(b'"format":1', b'"format":NaN'), "pack-damaged"),
    "a fraction": (lambda c: c.replace(b'"format":1', b'"format":1.0'), "pack-damaged"),
    "a number too large": (lambda c: c.replace(b'"format":1', b'"format":1,"more":%d' % 2**60), "pack-damaged"),
}  # fmt: skip


def at(path: str, value: Any) -> Callable[[Json], None]:
    """The value at a place is another; the place is keys and positions from 0, with dots between."""

    def change(content: Json) -> None:
        held, last = _held(content, path)
        held[last] = value

    return change


def without(path: str) -> Callable[[Json], None]:
    """A key, or an element, is missing."""

    def change(content: Json) -> None:
        held, last = _held(content, path)
        del held[last]

    return change


def copied(source: str, target: str) -> Callable[[Json], None]:
    """An element stands in a list once more."""

    def change(content: Json) -> None:
        held, last = _held(content, source)
        into, key = _held(content, target)
        into[key].append(json.loads(json.dumps(held[last])))

    return change


def swapped(one: str, other: str) -> Callable[[Json], None]:
    """Two values have changed places."""

    def change(content: Json) -> None:
        (a, i), (b, k) = _held(content, one), _held(content, other)
        a[i], b[k] = b[k], a[i]

    return change


def _held(content: Json, path: str) -> tuple[Any, Any]:
    """What holds the place, and its key or position there."""
    *before, last = path.split(".")
    held: Any = content
    for part in before:
        held = held[int(part)] if isinstance(held, list) else held[part]
    return held, int(last) if isinstance(held, list) else last


def _as_path(content: Json) -> None:
    items = content["edition"]["content"]["items"]
    items["../A01"] = items.pop("A01")
    items["../A01"][0]["id"] = "../A01"


OTHER = a_signer(2)
ENVELOPE: dict[str, tuple[Callable[[Json], None], str]] = {
    **{
        f"without {key}": (without(key), "pack-foreign" if key == "kind" else "pack-damaged")
        for key in ("kind", "format", "algorithm", "key", "centre", "made", "edition", "signature")
    },
    "a key more": (at("more", 1), "pack-damaged"),
    "another kind of file": (at("kind", "counter-assistant-slip"), "pack-foreign"),
    "the next format": (at("format", 2), "pack-newer"),
    "no format": (at("format", 0), "pack-damaged"),
    "the format a text": (at("format", "1"), "pack-damaged"),
    "the format a truth": (at("format", True), "pack-damaged"),
    "an algorithm to come": (at("algorithm", "SM2"), "pack-algorithm"),
    "the algorithm a number": (at("algorithm", 1), "pack-damaged"),
    "another centre's name": (at("centre", "另一个中心"), "pack-signature"),
    "another day of making": (at("made", "2027-01-01T00:00:00+08:00"), "pack-signature"),
    "another key": (at("key", OTHER.key), "pack-signature"),
    "a key that is none": (at("key", "zz"), "pack-signature"),
    "a key that is too short": (at("key", "00"), "pack-signature"),
    "a key of nothing": (at("key", "00" * 32), "pack-signature"),
    "the signature of other bytes": (at("signature", OTHER.sign(b"other bytes").hex()), "pack-signature"),
    "the signature of nobody": (at("signature", ""), "pack-signature"),
    "a word changed after signing": (at("edition.content.items.B08.0.name", "租房"), "pack-signature"),
    "a limit changed after signing": (at("edition.content.items.B08.0.promised.n", 30), "pack-signature"),
    "two texts swapped after signing": (
        swapped("edition.content.items.B08.0", "edition.content.items.B08.1"), "pack-signature",
    ),
}  # fmt: skip

ITEM = "edition.content.items.B08.0"
LAW = "edition.content.statutes.住房公积金管理条例"
NOT_READ = {
    "made without a zone": (at("made", "2026-11-23T10:42:00"), ""),
    "made on no day": (at("made", "yesterday"), ""),
    "an edition that is a list": (at("edition", []), ""),
    "an edition without changes": (without("edition.changes"), ""),
    "an edition without approval": (without("edition.approval"), ""),
    "an edition that says itself what is approved": (at("edition.settled", ["B08"]), ""),
    "content without questions": (without("edition.content.questions"), "questions"),
    "a part that is not known": (at("edition.content.forms", {}), "forms"),
    "items in a list": (at("edition.content.items", []), "items"),
    "an item without a name": (without(f"{ITEM}.name"), "items.B08[1].name"),
    "an item without a promise": (without(f"{ITEM}.promised"), "items.B08[1].promised"),
    "a field that is not known": (at(f"{ITEM}.colour", "red"), "items.B08[1].colour"),
    "a day that is none": (at(f"{ITEM}.effective_from", "2026-02-30"), "items.B08[1].effective_from"),
    "a number that is a text": (at(f"{ITEM}.promised.n", "1"), "items.B08[1].promised.n"),
    "a handling that is not known": (at(f"{ITEM}.handling.0.1", "later"), "items.B08[1].handling[1][2]"),
    "a way to submit that is not known": (
        at(f"{ITEM}.materials.2.material.submit", "by_pigeon"), "items.B08[1].materials[3].material.submit",
    ),
    "a pause that is not known": (at(f"{ITEM}.promised.pauses", ["holiday"]), "items.B08[1].promised.pauses[1]"),
    "half a condition": (at(f"{ITEM}.materials.4.when", {"q": "marital"}), "items.B08[1].materials[5].when"),
    "a condition of another kind": (at(f"{ITEM}.materials.4.when", {"xor": []}), "items.B08[1].materials[5].when"),
    "a condition in a condition without end": (
        at(f"{ITEM}.materials.4.when", json.loads('{"not":' * 900 + "{}" + "}" * 900)), "items.B08[1].materials[5].when",
    ),
    "an approval without a date": (without("edition.approval.date"), "approval.date"),
    "a question without answers": (without(f"{ITEM}.questions.0.question.options"), "questions[1].question.options"),
    "an article with a word for a number": (at(f"{LAW}.versions.1.articles.二十四", {}), "articles"),
}  # fmt: skip

FOUND = {
    "another item's text": (swapped("edition.content.items.B08", "edition.content.items.B09"), "items.B08[1].id"),
    "an item without a text": (at("edition.content.items.B08", []), "items.B08"),
    "an item called like a path": (at("edition.content.items.A01.0.id", "../A01"), "items.A01[1].id"),
    "an item that is a path everywhere": (_as_path, "items.../A01[1].id"),
    "a question under another name": (at("edition.content.questions.who.id", "whom"), "questions.id"),
    "a material under another name": (at("edition.content.materials.id-card.id", "id"), "materials.id"),
    "a last day before the first": (at(f"{ITEM}.effective_to", "2026-09-01"), f"{NEW}effective_to"),
    "two texts on one day": (at("edition.content.items.B08.1.effective_to", "2026-09-25"), "B08 effective_to"),
    "a day without a text": (at("edition.content.items.B08.1.effective_to", "2026-09-01"), "B08 effective_to"),
    "two texts from one day on": (
        at("edition.content.items.B08.1.effective_from", "2026-09-20"), "B08 effective_from",
    ),
    "a question that is not asked": (
        at(f"{ITEM}.materials.4.when", {"q": "colour", "in": ["red"]}), f"{NEW}material[marriage-certificate].when",
    ),
    "an answer that is not known": (
        at(f"{ITEM}.materials.4.when", {"q": "marital", "in": ["engaged"]}), f"{NEW}material[marriage-certificate].when",
    ),
    "a condition on no answer": (
        at(f"{ITEM}.materials.4.when", {"q": "marital", "in": []}), f"{NEW}material[marriage-certificate].when",
    ),
    "a condition that always holds": (
        at(f"{ITEM}.materials.4.when", {"any": [{"q": "lease", "in": ["registered"]}, {"not": {"q": "lease", "in": ["registered"]}}]}),
        f"{NEW}material[marriage-certificate].when",
    ),
    "a question asked twice": (copied(f"{ITEM}.questions.0", f"{ITEM}.questions"), f"{NEW}question[who]"),
    "an answer offered twice": (
        copied(f"{ITEM}.questions.0.question.options.0", f"{ITEM}.questions.0.question.options"), "items.B08[1] question[who].options",
    ),
    "an answer that is no code": (
        at(f"{ITEM}.questions.0.question.options.0.code", "本人"), "items.B08[1] question[who]",
    ),
    "only one answer": (at(f"{ITEM}.questions.1.question.options", []), f"{NEW}question[marital].options"),
    "a source that is not known": (at(f"{ITEM}.conditions.0.source.kind", "hearsay"), "condition[three-months].source.kind"),
    "a statute without its article": (
        at(f"{ITEM}.conditions.0.source", {"kind": "statute"}), "condition[three-months].source.article",
    ),
    "a clause that is not named": (at(f"{ITEM}.conditions.0.source", {"kind": "code"}), "condition[three-months].source.clause"),
    "a guide of no city": (at(f"{ITEM}.conditions.0.source", {"kind": "guide"}), "condition[three-months].source.city"),
    "a document without a number": (
        at(f"{ITEM}.conditions.0.source", {"kind": "centre"}), "condition[three-months].source.document",
    ),
    "an article under a guide": (
        at(f"{ITEM}.conditions.0.source.article", {"statute": "住房公积金管理条例", "version": 2026, "article": 25}),
        "condition[three-months].source.article",
    ),
    "an article that is not there": (at(f"{ITEM}.basis.1.article", 99), f"{NEW}basis[2]"),
    "a paragraph that is not there": (at(f"{ITEM}.basis.1.paragraph", 2), f"{NEW}basis[2]"),
    "a point that is not there": (at(f"{ITEM}.basis.0.point", 12), f"{NEW}basis[1]"),
    "a statute that is not there": (at(f"{ITEM}.basis.0.statute", "住房条例"), f"{NEW}basis[1]"),
    "a version that is not there": (at(f"{ITEM}.basis.0.version", 2025), f"{NEW}basis[1]"),
    "a law that is not in force any more": (at(f"{ITEM}.basis.1.version", 2019), f"{NEW}basis[2]"),
    "an old text under the new law": (at("edition.content.items.B08.1.basis.0.version", 2026), f"{OLD}basis[1]"),
    "no basis": (at(f"{ITEM}.basis", []), f"{NEW}basis"),
    "a week for a unit": (at(f"{ITEM}.promised.unit", "week"), "limits.promised.unit"),
    "a start that is none": (at(f"{ITEM}.statutory.0.start", "someday"), "limits.statutory[1].start"),
    "days below nothing": (at(f"{ITEM}.promised.n", -1), f"{NEW}limits.promised.n"),
    "days without end": (at(f"{ITEM}.promised.n", 99999), f"{NEW}limits.promised.n"),
    "a pause named twice": (
        at(f"{ITEM}.promised.pauses", ["supplement", "supplement"]), "limits.promised.pauses",
    ),
    "two limits of the law": (copied(f"{ITEM}.statutory.0", f"{ITEM}.statutory"), f"{NEW}limits.statutory"),
    "a forbidden asking by its code": (
        at(f"{ITEM}.materials.7.material.id", "single-certificate"), f"{NEW}material[single-certificate]",
    ),
    "a forbidden asking by its name": (
        at(f"{ITEM}.materials.7.material.name", "单位出具的提取证明"), f"{NEW}material[single-declaration]",
    ),
    "an identity card kept": (at(f"{ITEM}.materials.0.material.keep_originals", 1), f"{NEW}material[id-card]"),
    "copies below nothing": (at(f"{ITEM}.materials.2.material.copies", -1), f"{NEW}material[application-form]"),
    "more kept than brought": (at(f"{ITEM}.materials.1.material.keep_copies", 2), f"{NEW}material[bank-card]"),
    "a material of no sheets": (at(f"{ITEM}.materials.1.material.originals", 0), f"{NEW}material[bank-card]"),
    "a rule twice": (copied(f"{ITEM}.materials.4", f"{ITEM}.materials"), f"{NEW}material[marriage-certificate]"),
    "two materials of one name": (
        at(f"{ITEM}.materials.1.material.name", "申请人有效身份证件"), f"{NEW}material[bank-card].name",
    ),
    "no reason why it must not be asked for": (at(f"{ITEM}.never_ask.0.why", ""), f"{NEW}never_ask[single-certificate].why"),
    "a step of nobody": (at(f"{ITEM}.steps.0", {"name": "审核", "department": ""}), f"{NEW}step[审核]"),
    "no step": (at(f"{ITEM}.steps", []), f"{NEW}step"),
    "no name": (at(f"{ITEM}.name", " "), f"{NEW}name"),
    "no department": (at(f"{ITEM}.department", ""), f"{NEW}department"),
    "no procedure": (at(f"{ITEM}.procedure", ""), f"{NEW}service.procedure"),
    "no way to put it right": (at(f"{ITEM}.remedy", ""), f"{NEW}redress.supplement"),
    "no redress": (at(f"{ITEM}.refusal", ""), f"{NEW}redress.refusal"),
    "no handling": (at(f"{ITEM}.handling", []), f"{NEW}handling"),
    "text that runs backwards": (at(f"{ITEM}.name", "租房\u202e提取"), "items.B08[1].name"),
    "a line end within a sentence": (at(f"{ITEM}.flow", "申请\n办理"), "items.B08[1].flow"),
    "a forbidden phrase": (at(f"{ITEM}.remedy", "不知道"), "items.B08[1].remedy"),
    "a document without number": (at("edition.approval.number", " "), "approval.number"),
    "approved by nobody": (at("edition.approval.approver", ""), "approval.approver"),
    "in force before it was approved": (at("edition.approval.effective_from", "2026-11-01"), "approval.effective_from"),
    "a document number that hides something": (at("edition.approval.number", "18\u200b号"), "approval.number"),
    "a change that hides something": (at("edition.changes.0", "改\x1b[2J"), "changes[1]"),
    "a version of another day": (at("edition.content.version", "2026.11"), "version"),
    "an item approved that is still open": (
        lambda content: at(f"{ITEM}.approval", content["edition"]["approval"])(content), "B08 资格要求",
    ),
    "a statute under another name": (at(f"{LAW}.name", "条例"), "statutes.住房公积金管理条例.name"),
    "a statute without a version": (at(f"{LAW}.versions", []), "statutes.住房公积金管理条例"),
    "versions in the wrong order": (swapped(f"{LAW}.versions.0", f"{LAW}.versions.1"), "statutes.住房公积金管理条例.versions"),
    "one year twice": (at(f"{LAW}.versions.0.version", 2026), "statutes.住房公积金管理条例.versions"),
    "points of a paragraph that is not there": (
        at(f"{LAW}.versions.1.articles.24.points", {"7": 2}), "statutes.住房公积金管理条例[2026] 第24条",
    ),
    "an article without a paragraph": (
        at(f"{LAW}.versions.1.articles.25.paragraphs", 0), "statutes.住房公积金管理条例[2026] 第25条",
    ),
}  # fmt: skip
CONTENT = {**NOT_READ, **FOUND}
