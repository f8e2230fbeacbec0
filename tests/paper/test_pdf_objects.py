"""The file: every object is where the table says, and what is deflated in two steps is one stream."""

from __future__ import annotations

import re
import zlib

import pypdfium2 as pdfium
import pytest

from counter_assistant.paper.pdf_objects import PdfFile, begun, deflated

SIZE = (420.0, 595.28)


def a_file(title: str = "承诺通知书 1号", drawn: bytes = b"0 0 10 10 re f") -> bytes:
    file = PdfFile()
    for _ in range(3):
        file.add_page(SIZE, "<<>>", file.add_drawing(drawn))
    return file.whole(title, "/Lang(zh-CN)")


def test_the_table_names_the_place_of_every_object() -> None:
    whole = a_file()
    table = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n\Z", whole)[0])
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n \n", whole[table:])]
    numbers = [re.match(rb"(\d+) 0 obj\n", whole[place:]) for place in places]
    assert [int(found[1]) if found else None for found in numbers] == list(range(1, len(places) + 1))
    assert whole[table:].startswith(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    assert re.findall(rb"/Size (\d+)", whole) == [str(len(places) + 1).encode()]


def test_a_reader_finds_the_pages_and_the_title() -> None:
    document = pdfium.PdfDocument(a_file())
    assert [page.get_size() for page in document] == [pytest.approx(SIZE, abs=0.01)] * 3
    assert document.get_metadata_dict(skip_empty=True) == {
        "Title": "承诺通知书 1号", "Creator": "Counter Assistant", "Producer": "Counter Assistant",
    }  # fmt: skip


def test_the_identifier_follows_from_what_is_drawn() -> None:
    one, same, other = (
        re.findall(rb"/ID\s*\[<(\w+)><(\w+)>\]", a_file(drawn=drawn))[0] for drawn in (b"1 w", b"1 w", b"2 w")
    )
    assert one == same
    assert one[0] == one[1]
    assert one != other


@pytest.mark.parametrize("beginning", [b"", b"a", b"<0001><4e00>\n" * 2000])
@pytest.mark.parametrize("rest", [b"", b"b", b"<0002><4e01>\n" * 2000])
def test_what_was_begun_goes_on_as_one_stream(beginning: bytes, rest: bytes) -> None:
    kept = begun(beginning)
    assert zlib.decompress(deflated(rest, kept)) == beginning + rest
    assert deflated(rest, kept) == deflated(rest, begun(beginning))


@pytest.mark.parametrize("strategy", [zlib.Z_DEFAULT_STRATEGY, zlib.Z_RLE])
def test_what_is_deflated_inflates(strategy: int) -> None:
    for content in (b"", b"\0" * 20_000, bytes(range(256)) * 40):
        assert zlib.decompress(deflated(content, strategy=strategy)) == content
