"""二维码：the digits of a slip as filled rectangles.

Rectangles stay sharp on any printer, unlike an image. The mask is fixed: choosing one by penalty takes most of segno's
time, and scanners read every mask. ISO/IEC 18004.
"""

from __future__ import annotations

from itertools import groupby

MASK = 2


def qr_boxes(digits: str, x: float, y: float, side: float) -> list[tuple[float, float, float, float]]:
    """The dark runs of each row as (left, top, width, height) in a square of `side` without its quiet zone."""
    import segno  # 40 ms, and a preview has no code

    matrix = segno.make(digits, error="m", mask=MASK, micro=False).matrix
    module = side / len(matrix)
    boxes = []
    for row, modules in enumerate(matrix):
        column = 0
        for dark, group in groupby(modules):
            length = len(list(group))
            if dark:
                boxes.append((x + column * module, y + row * module, length * module, module))
            column += length
    return boxes
