"""标识的纸面：one page, the headline as large as fits, everything inside the frame."""

from __future__ import annotations

import pypdfium2
import pytest

from counter_assistant.domain.papers.counter_sign import Role, Sign, SignKind, SignLine
from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.blocks import Image, Placed, Text
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.measures import A4
from counter_assistant.paper.line_breaking import LineBreaker
from counter_assistant.paper.signs import LARGEST, SMALLEST, SignMaker
from counter_assistant.paper.typesetter import Typesetter
from tests.paper.displays.pictures import a_jpeg
from tests.places import FONTS

TYPESETTER = Typesetter(FONTS)
MAKER = SignMaker(LineBreaker(FontFallback(FONTS)))
LONGEST = Sign(
    SignKind.AWAY,
    "长" * 20,
    returns="14:30",
    instead="远" * 20,
    phone="0" * 30,
    clerk="名" * 20,
    reason="由" * 20,
    second="字" * 40,
)


def lines(sign: Sign) -> tuple[SignLine, ...]:
    return sign.lines("某市住房公积金管理中心", "某管理部")


def texts(page: list[Placed]) -> list[tuple[float, Text]]:
    return [(top + text.y, text) for top, block in page for text in block.texts]


def page_of(pdf: bytes) -> str:
    (page,) = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded().split())


@pytest.mark.parametrize("kind", SignKind)
def test_a_sign_is_one_page_with_all_its_words_and_nothing_else(kind: SignKind) -> None:
    sign = Sign(kind, "3号窗口", returns="14:30", instead="5号窗口", phone="0883-1", clerk="李某", reason="开会")
    words = "".join(line.text for line in lines(sign))
    assert page_of(TYPESETTER.sign(kind.label, lines(sign))) == "".join(words.split())


@pytest.mark.parametrize("kind", SignKind)
def test_the_longest_line_of_the_headline_fills_the_width(kind: SignKind) -> None:
    headline = [text for _, text in texts(MAKER.page(lines(Sign(kind)))) if text.line.text in kind.headline]
    assert len({text.size for text in headline}) == 1
    widest = max(text.line.width * text.size / 1000 for text in headline)
    assert 0.97 * A4.width < widest <= A4.width


def test_the_longest_line_of_the_body_decides_its_size() -> None:
    def size(reason: str) -> float:
        sign = Sign(SignKind.SUSPENDED, reason=reason)
        return next(text.size for _, text in texts(MAKER.page(lines(sign))) if text.line.text.startswith("预计"))

    assert size("") > size("系统维护升级") > size("系统维护升级和年度结息") >= SMALLEST[Role.BODY]
    assert size("") <= LARGEST[Role.BODY]


@pytest.mark.parametrize("sign", [LONGEST, *map(Sign, SignKind)], ids=lambda sign: sign.kind.value)
def test_everything_stands_inside_the_frame(sign: Sign) -> None:
    placed = texts(MAKER.page(lines(sign)))
    for y, text in placed:
        assert text.x >= -0.01
        assert text.x + text.line.width * text.size / 1000 <= A4.width + 0.5 * text.size  # a closing mark may hang over
        assert A4.top < y < A4.bottom
    baselines = [y for y, _ in placed]
    assert baselines == sorted(baselines)


def test_what_is_too_much_is_set_smaller_and_clear_of_the_foot() -> None:
    much = (
        SignLine("本窗口", Role.HEADLINE),
        *[SignLine("很长的一句" * 8, Role.BODY)] * 8,
        SignLine("某中心", Role.FOOT),
    )
    _, words, foot = MAKER.page(much)
    assert words.top + words.block.height <= foot.top
    assert min(text.size for text in words.block.texts) < SMALLEST[Role.BODY]


def test_more_than_a_page_holds_begins_at_its_top() -> None:
    _, words, _ = MAKER.page((*[SignLine("很长的一句" * 8, Role.BODY)] * 60, SignLine("某中心", Role.FOOT)))
    assert words.top == A4.top


def test_the_scripts_of_the_nationalities_that_the_fonts_draw_are_printed() -> None:
    sign = Sign(SignKind.MODEL_POST, second="ᥖᥭᦑᦺ Cuengh")
    assert "ᥖᥭᦑᦺCuengh" in page_of(TYPESETTER.sign("标识", lines(sign)))


def test_a_missing_glyph_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        TYPESETTER.sign("标识", lines(Sign(SignKind.MODEL_POST, second="ཀ")))
    assert refused.value.code == "missing-glyph"
    assert "ཀ" in str(refused.value)


def test_a_sign_of_training_says_so_and_the_same_sign_is_the_same_bytes() -> None:
    sign = lines(Sign(SignKind.AWAY))
    assert page_of(TYPESETTER.sign("标识", sign, "样本")).startswith("样本")
    assert TYPESETTER.sign("标识", sign) == TYPESETTER.sign("标识", sign)


@pytest.mark.parametrize(("width", "height"), [(900, 100), (900, 900), (100, 900)])
def test_words_in_another_script_as_a_picture_stand_under_the_headline_whole(width: int, height: int) -> None:
    script = Image(width, height, a_jpeg(width, height))
    page = MAKER.page(lines(Sign(SignKind.AWAY, "3号窗口")), script)
    (block,) = [block for _, block in page if block.pictures]
    (picture,) = block.pictures
    assert picture.width / picture.height == pytest.approx(width / height)
    assert picture.width <= A4.width + 0.1
    assert picture.left + picture.width / 2 == pytest.approx(A4.width / 2)
    for text in block.texts:
        assert text.y <= picture.top + 0.1 * text.size or text.y - 0.88 * text.size >= picture.top + picture.height
    (top,) = [top for top, block in page if block.pictures]
    assert top + block.height <= A4.bottom


def test_with_a_picture_the_words_need_no_font() -> None:
    sign = [line for line in lines(Sign(SignKind.MODEL_POST)) if line.role is not Role.SECOND]
    pdf = TYPESETTER.sign("标识", sign, script=Image(900, 100, a_jpeg(900, 100)))
    assert pdf.count(b"/DCTDecode") == 1
