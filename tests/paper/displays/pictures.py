"""Pictures that are made for a test: nobody's."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image


def a_jpeg(width: int, height: int, colour: str = "grey") -> bytes:
    """A JPEG file in one colour."""
    written = BytesIO()
    Image.new("RGB", (width, height), colour).save(written, "JPEG")
    return written.getvalue()


def a_picture(path: Path, width: int = 600, height: int = 800, colour: str = "grey") -> Path:
    """A file of the kind that its name says, in one colour."""
    Image.new("RGB", (width, height), colour).save(path)
    return path
