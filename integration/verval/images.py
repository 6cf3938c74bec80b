"""Photographs without what a camera or a telephone writes into them: place, time, owner, thumbnails.

JPEG (ISO/IEC 10918-1) and PNG (ISO/IEC 15948) are taken apart into their segments and put together again from those
that make the picture. Nothing is decoded, so the pixels stay what they are. The mark how to turn a picture goes too.
"""

import zlib

JPEG, PNG = "image/jpeg", "image/png"
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What makes the picture and its colours. Text, times, Exif and what is unknown is left out.
_PNG_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
})  # fmt: skip
# JFIF and Adobe's colour mark. Other application segments (Exif, XMP, IPTC, profiles, more pictures) and comments go.
_JFIF, _ADOBE, _COMMENT = 0xE0, 0xEE, 0xFE
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA


class NotAPicture(Exception):
    """The bytes are no whole JPEG or PNG."""


def media_type(content: bytes) -> str | None:
    """What a file is by its first bytes, whatever its name or sender says."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    return PNG if content.startswith(_PNG_SIGNATURE) else None


def stripped(content: bytes) -> bytes:
    """The picture alone. Raises NotAPicture."""
    kind = media_type(content)
    if kind is None:
        raise NotAPicture
    return _jpeg(content) if kind == JPEG else _png(content)


def _jpeg(content: bytes) -> bytes:  # noqa: C901 - one walk over the segments
    made, at, seen_scan = bytearray(b"\xff\xd8"), 2, False
    while True:
        if at + 1 >= len(content) or content[at] != 0xFF:
            raise NotAPicture
        while at < len(content) and content[at] == 0xFF:
            at += 1
        if at >= len(content):
            raise NotAPicture
        marker = content[at]
        at += 1
        if marker == _EOI:
            if not seen_scan:
                raise NotAPicture
            # What follows the end (thumbnails, further pictures, video) is no part of the picture.
            return bytes(made + b"\xff\xd9")
        if marker in (0x00, 0x01, _SOI) or 0xD0 <= marker <= 0xD7:
            raise NotAPicture
        length = int.from_bytes(content[at : at + 2])
        segment = content[at : at + length]
        if length < 2 or len(segment) != length:
            raise NotAPicture
        at += length
        if _is_kept(marker, segment[2:]):
            made += bytes((0xFF, marker)) + segment
        if marker == _SOS:
            seen_scan = True
            end = _scan_end(content, at)
            made += content[at:end]
            at = end


def _is_kept(marker: int, payload: bytes) -> bool:
    if marker == _JFIF:
        # JFIF may hold a thumbnail; a plain one has 14 bytes of payload.
        return payload.startswith(b"JFIF\0") and len(payload) == 14
    if marker == _ADOBE:
        return payload.startswith(b"Adobe") and len(payload) == 12
    return not (0xE0 <= marker <= 0xEF or marker == _COMMENT)


def _scan_end(content: bytes, start: int) -> int:
    """Where the next marker stands: after 0xFF comes neither a stuffed zero nor a restart."""
    at = start
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise NotAPicture
        following = content[at + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


def _png(content: bytes) -> bytes:
    made, at, kinds = bytearray(_PNG_SIGNATURE), len(_PNG_SIGNATURE), []
    while True:
        head = content[at : at + 8]
        length, kind = int.from_bytes(head[:4]), head[4:]
        body, check = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(head) != 8 or len(body) != length or len(check) != 4:
            raise NotAPicture
        if zlib.crc32(kind + body) != int.from_bytes(check):
            raise NotAPicture
        kinds.append(kind)
        if kind in _PNG_KEPT:
            made += head + body + check
        elif not kind[0] & 0x20:
            # A critical part we don't know: without it the picture would be another one.
            raise NotAPicture
        if kind == b"IEND":
            if kinds[0] != b"IHDR" or b"IDAT" not in kinds:
                raise NotAPicture
            return bytes(made)
        at += 12 + length
