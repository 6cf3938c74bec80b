"""Pictures made here, with all that a camera writes into them."""

import struct
import zlib

SECRET = b"GPS -0.4123 116.9876 Xiaomi Redmi Pemilik Salasiah"


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def jpeg(mark: int = 0) -> bytes:
    """A JPEG by its segments: Exif, XMP, IPTC, a comment, a restart, two scans, and a picture behind."""
    table = _segment(0xDB, bytes([0, *range(1, 65)]))
    frame = _segment(0xC2, struct.pack(">BHHB", 8, 8, 8, 1) + bytes((1, 0x11, 0)))
    codes = _segment(0xC4, bytes((0, *([0] * 16))))
    scan = _segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + bytes((mark, 0xFF, 0x00, 0x12, 0xFF, 0xD0, 0x34))
    return b"".join((
        b"\xff\xd8", _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), _segment(0xE1, b"Exif\0\0" + SECRET),
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET), _segment(0xE2, b"MPF\0" + SECRET),
        _segment(0xED, b"Photoshop 3.0\0" + SECRET), _segment(0xEE, b"Adobe\0\x64\0\0\0\0\1"),
        _segment(0xFE, SECRET), table, frame, codes, scan, codes, _segment(0xFE, SECRET), scan,
        b"\xff\xff\xd9", b"\xff\xd8" + _segment(0xE1, SECRET) + b"\xff\xd9",
    ))  # fmt: skip


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png() -> bytes:
    """A PNG of one point, with Exif, texts, a time, and more behind its end."""
    return b"".join((
        b"\x89PNG\r\n\x1a\n", _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        _chunk(b"gAMA", struct.pack(">I", 45455)), _chunk(b"eXIf", SECRET), _chunk(b"tEXt", b"Author\0" + SECRET),
        _chunk(b"iTXt", SECRET), _chunk(b"tIME", b"1234567"), _chunk(b"IDAT", zlib.compress(b"\0\x80")),
        _chunk(b"IEND", b""), SECRET,
    ))  # fmt: skip
