"""照片：把一个图片文件裁成证件照的样子，缩到够印的大小；只在打印时读，不进台账，文件里的拍摄信息不带走."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.blocks import Image

if TYPE_CHECKING:
    from PIL import Image as Pillow

PHOTO = (590, 826)
"""Dots of a photo of two inches (35×49 mm) at 430 to the inch; one of an inch has the same proportions."""
LEAST = (150, 200)
"""A smaller picture is seen to be made of dots, at 150 to the inch."""
LARGEST_FILE, MOST_DOTS = 30 << 20, 60_000_000
WIDEST = 2400
"""Dots of other pictures on their longer side."""
FACE = (0.5, 0.35)
"""Which part is kept where a picture is too high or too wide: a face is above the middle."""
QUALITY = 90


def read_photo(path: Path) -> Image:
    """A photo of somebody, cut to the proportions of 25×35 mm.

    Raises:
        Refusal: `photo-too-small`; what `read_picture` refuses.
    """
    from PIL import ImageOps

    picture = _opened(path)
    if picture.width < LEAST[0] or picture.height < LEAST[1]:
        sentence = f"照片只有 {picture.width}×{picture.height} 点，印出来不清楚。"
        raise Refusal("photo-too-small", sentence, f"请换一张至少 {LEAST[0]}×{LEAST[1]} 点的。")
    return _jpeg(ImageOps.fit(picture, PHOTO, centering=FACE))


def read_picture(path: Path) -> Image:
    """A picture as it is, such as words in a script that no font here draws.

    Raises:
        Refusal: `picture-unreadable`, `picture-too-large`.
    """
    picture = _opened(path)
    picture.thumbnail((WIDEST, WIDEST))
    return _jpeg(picture)


def _opened(path: Path) -> Pillow.Image:
    """The picture of a file, upright and on white.

    Raises:
        Refusal: `picture-unreadable`, `picture-too-large`.
    """
    from PIL import Image as Pillow
    from PIL import ImageOps

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _too_large(path)
        with Pillow.open(path, formats=("JPEG", "PNG", "BMP")) as found:
            if found.width * found.height > MOST_DOTS:
                raise _too_large(path)
            upright = ImageOps.exif_transpose(found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as error:
        remedy = "请换一个 JPG、PNG 或 BMP 图片。"
        raise Refusal("picture-unreadable", f"“{path.name}”不是能读的图片。", remedy) from error
    ground = Pillow.new("RGBA", upright.size, "white")
    return Pillow.alpha_composite(ground, upright).convert("RGB")


def _too_large(path: Path) -> Refusal:
    return Refusal("picture-too-large", f"图片“{path.name}”太大。", "请先缩小，几百 KB 就够印。")


def _jpeg(picture: Pillow.Image) -> Image:
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return Image(picture.width, picture.height, written.getvalue())
