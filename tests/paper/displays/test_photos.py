"""照片和图片：裁好、缩好，拍摄信息不带走；读不了的说清楚。"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pictures

from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.displays import photos
from counter_assistant.paper.displays.photos import LEAST, PHOTO, read_photo, read_picture
from tests.paper.displays.pictures import a_picture


def shown(jpeg: bytes) -> Pictures.Image:
    return Pictures.open(BytesIO(jpeg))


def grey(jpeg: bytes, x: int, y: int) -> int:
    """How light a dot is, from 0 for black to 255."""
    picture = shown(jpeg).convert("L")
    return picture.tobytes()[y * picture.width + x]


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.bmp"])
@pytest.mark.parametrize(("width", "height"), [(600, 800), (2000, 500), (300, 3000), LEAST])
def test_a_photo_has_the_proportions_of_a_badge(tmp_path: Path, name: str, width: int, height: int) -> None:
    photo = read_photo(a_picture(tmp_path / name, width, height))
    assert (photo.width, photo.height) == PHOTO == shown(photo.jpeg).size
    assert PHOTO[0] / PHOTO[1] == pytest.approx(25 / 35, abs=0.001)


def test_the_upper_part_is_kept_because_a_face_is_there(tmp_path: Path) -> None:
    high = Pictures.new("RGB", (590, 1652), "white")
    high.paste("black", (0, 700, 590, 1652))
    high.save(tmp_path / "high.png")
    photo = read_photo(tmp_path / "high.png").jpeg
    assert grey(photo, 300, 300) > 200
    assert grey(photo, 300, 500) < 50


def test_a_camera_s_turn_is_followed_and_nothing_else_of_the_file_is_kept(tmp_path: Path) -> None:
    lying = Pictures.new("RGB", (826, 590), "white")
    lying.paste("black", (0, 0, 400, 590))
    about = Pictures.Exif()
    about[0x0112] = 6  # turned a quarter to the right
    about[0x010F] = "somebody's telephone"
    lying.save(tmp_path / "lying.jpg", exif=about)
    photo = read_photo(tmp_path / "lying.jpg")
    assert grey(photo.jpeg, 300, 100) < 50
    assert b"telephone" not in photo.jpeg
    assert len(shown(photo.jpeg).getexif()) == 0


def test_a_phone_s_photo_of_several_pictures_is_its_first(tmp_path: Path) -> None:
    first, second = (Pictures.new("RGB", (600, 840), colour) for colour in ("black", "white"))
    first.save(tmp_path / "phone.jpg", format="MPO", save_all=True, append_images=[second])
    photo = read_photo(tmp_path / "phone.jpg")
    assert (photo.width, photo.height) == PHOTO
    assert grey(photo.jpeg, 300, 400) < 50


def test_what_is_clear_is_white(tmp_path: Path) -> None:
    Pictures.new("RGBA", (600, 800), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert grey(read_picture(tmp_path / "clear.png").jpeg, 5, 5) > 250


def test_another_picture_keeps_its_proportions_and_becomes_no_larger_than_is_seen(tmp_path: Path) -> None:
    small, large = (read_picture(a_picture(tmp_path / f"{n}.png", n, n // 4)) for n in (400, 4800))
    assert (small.width, small.height, large.width, large.height) == (400, 100, 2400, 600)


def test_a_small_photo_is_refused_with_its_size(tmp_path: Path) -> None:
    for width, height in ((149, 900), (900, 199)):
        with pytest.raises(Refusal, match=f"照片只有 {width}×{height} 点") as refused:
            read_photo(a_picture(tmp_path / "small.png", width, height))
        assert refused.value.code == "photo-too-small"


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_is_no_picture_is_refused_by_its_name_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "passport.jpg"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=r"“passport\.jpg”不是能读的图片") as refused:
        read_photo(path)
    assert refused.value.code == "picture-unreadable"
    assert str(tmp_path) not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read_picture(tmp_path / "gone.jpg")
    assert refused.value.code == "picture-unreadable"


def test_half_a_picture_is_refused(tmp_path: Path) -> None:
    whole = a_picture(tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refusal) as refused:
        read_photo(tmp_path / "half.jpg")
    assert refused.value.code == "picture-unreadable"


@pytest.mark.parametrize("bound", ["LARGEST_FILE", "MOST_DOTS"])
def test_what_is_too_large_is_refused_before_it_is_unpacked(
    tmp_path: Path, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_picture(tmp_path / "large.png")
    monkeypatch.setattr(photos, bound, 100)
    with pytest.raises(Refusal, match="太大") as refused:
        read_photo(path)
    assert refused.value.code == "picture-too-large"
