"""What a camera writes into a picture does not stay; the picture does."""

import zlib

import pytest

from integration.verval.images import NotAPicture, media_type, stripped
from tests.verval.pictures import SECRET, jpeg, png


@pytest.mark.parametrize("picture", [jpeg(), png()])
def test_nothing_of_it_is_left(picture: bytes) -> None:
    kept = stripped(picture)
    for trace in (SECRET, b"Exif", b"eXIf", b"xap", b"MPF", b"Photoshop", b"tEXt", b"iTXt", b"tIME", b"Xiaomi"):
        assert trace not in kept
    assert media_type(kept) == media_type(picture)
    assert stripped(kept) == kept


def test_the_picture_itself_is_untouched() -> None:
    kept = stripped(jpeg(7))
    scan = bytes((7, 0xFF, 0x00, 0x12, 0xFF, 0xD0, 0x34))
    assert kept.count(scan) == 2 and kept.endswith(scan + b"\xff\xd9")
    assert b"JFIF" in kept and b"Adobe" in kept
    assert zlib.compress(b"\0\x80") in stripped(png()) and b"gAMA" in stripped(png())


@pytest.mark.parametrize("picture", [jpeg(), png()])
def test_a_broken_picture_is_none(picture: bytes) -> None:
    whole = len(stripped(picture))
    for end in range(0, whole, 3):
        with pytest.raises(NotAPicture):
            stripped(stripped(picture)[:end])
    with pytest.raises(NotAPicture):
        stripped(b"GIF89a" + picture)
    with pytest.raises(NotAPicture):
        stripped(b"<svg onload=alert(1)>" + picture)


def test_a_changed_byte_of_a_png_is_noticed() -> None:
    picture = bytearray(png())
    picture[20] ^= 1
    with pytest.raises(NotAPicture):
        stripped(bytes(picture))
