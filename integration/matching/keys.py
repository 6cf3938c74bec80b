"""Under which keys a person is found by name.

Each word of a name gives four keys: its consonants, how it begins, how it ends, and its first with its last letters. A
misspelling, a short form, words joined or turned round change some of them and leave others; who shares most keys is
compared field by field. One key more stands for the person themselves, to be found by village and year of birth where
the name is no help.
"""

import zlib

from integration.matching.names import COMMON, name_words, skeleton, sound

# Raise it when the rules of this file or of `names` change: keys of another version are written anew.
VERSION = 2
# Keys are 32-bit checksums above the numbers kept for versions.
_OFFSET = 256
_BEGINNING = _ENDING = 3


def word_keys(word: str) -> set[int]:
    """The keys of one folded word of a name."""
    sounded = sound(word)
    if not sounded:
        return set()
    return {
        _key("c", skeleton(sounded)),
        _key("b", sounded[:_BEGINNING]),
        _key("e", sounded[-_ENDING:]),
        # The first letter and the last two outlast a slip between them, which short words lose all other keys to.
        _key("f", sounded[0] + sounded[-2:]),
    }


def name_keys(name: str) -> frozenset[int]:
    """The keys of a name; empty if there is no letter in it."""
    words = name_words(name)
    telling = [word for word in words if word not in COMMON] or words
    return frozenset(key for word in telling for key in word_keys(word))


def whole_keys(name: str) -> frozenset[int]:
    """The keys that each stand for a whole word: fewer people share them, so they serve where no place is told."""
    words = name_words(name)
    telling = [word for word in words if word not in COMMON] or words
    return frozenset(_key("c", skeleton(sounded)) for word in telling if (sounded := sound(word)))


def _key(kind: str, value: str) -> int:
    return zlib.crc32(f"{kind}{value}".encode()) + _OFFSET
