"""Names of people as they are compared: without titles, with one spelling for what sounds alike.

Old and new spellings (Soekarno, Sukarno), Arabic names in their many Latin forms (Achmad, Akhmad, Ahmat), what phones
and clerks shorten (M., Abd., St.) and words of address (Acil, Kai, Mbah) must not part a person from their record.
"""

import re
from functools import lru_cache

from integration.matching.fold import fold

# Words of address, titles and degrees: no part of a name. "Nur" and the like are names and stay.
_ADDRESS = """
h hj haji hajjah hajah hjh kh kyai kiai ust ustad ustadz ustadzah ustz habib sayid syarifah tuan guru
bapak bapa bpk bpak pak pa ibu bu ib bunda ayah mama mamak emak mak umi abah abi bp bpa
sdr sdri saudara saudari tn ny nyonya nn nona
acil acl julak paman pakde bude budhe pakdhe bulik paklik om tante tulang busu amang gulu
kai nini datu nenek kakek nek kek mbah simbah eyang embah mbok
mbak mba mbk kang kak kaka kakak abang bang ading adik adek dik dek daeng puang
alm almh almarhum almarhumah bin binti bt bte binte ibn dr drs dra ir spd sag sip amd mpd
"""
TITLES = frozenset(_ADDRESS.split())
_CANONICAL = {
    **dict.fromkeys(
        ("m", "mhd", "muh", "moh", "mohd", "muhd", "moch", "much", "mukh", "muhammad", "mohammad", "muhamad",
         "mohamad", "mochamad", "mochammad", "muchammad", "muchamad", "mohammed", "muhammed", "muhamed", "muhamat",
         "muhammat", "muhmmad", "muhamd", "muhmad"), "muhammad",
    ),
    **dict.fromkeys(("abd", "abdul", "abdl", "abdoel", "abdur", "abdus", "abdu"), "abdul"),
    **dict.fromkeys(("st", "siti", "sitti", "sity", "sti"), "siti"),
}  # fmt: skip
# So many bear them that they tell little: they count only where nothing else is there.
COMMON = frozenset({"muhammad", "abdul", "siti"})
_JOINED_ABDUL = re.compile(r"^abd(?:ul|ur|us|oel|u)?(?=[a-z]{5,})")

_SOUNDS = (
    (re.compile(r"oe|oo|ou"), "u"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"tj"), "c"),
    (re.compile(r"sj|sy|sh|ts"), "s"),
    (re.compile(r"nj"), "ny"),
    (re.compile(r"hj"), "hy"),
    (re.compile(r"ph"), "p"),
    (re.compile(r"kh|ch"), "h"),
    (re.compile(r"ck|cq|qk"), "k"),
    (re.compile(r"h"), ""),
    (re.compile(r"[vf]"), "p"),
    (re.compile(r"q"), "k"),
    (re.compile(r"x"), "s"),
    (re.compile(r"^y|j|z"), "s"),
    (re.compile(r"(?<=[aeiou])w(?=[aeiou])"), ""),
    (re.compile(r"y"), "i"),
    (re.compile(r"d$"), "t"),
    (re.compile(r"b$"), "p"),
    (re.compile(r"g$"), "k"),
    (re.compile(r"ee|ie|ei|e"), "i"),
    (re.compile(r"o"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_VOWELS = re.compile(r"[aiu]")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a folded word sounds: equal for spellings that people take for the same name."""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


def skeleton(sounded: str) -> str:
    """The consonants of a sounded word, with a vowel at its beginning kept."""
    return sounded[:1] + _VOWELS.sub("", sounded[1:])


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, short forms written out, without titles; these only if there is nothing else."""
    folded = re.sub(r"['’`]", "", name)
    words = [word for word in fold(folded).split() if word.isalpha()]
    kept = [word for word in words if word not in TITLES] or words
    told: list[str] = []
    for word in kept:
        whole = _CANONICAL.get(word, word)
        if joined := _JOINED_ABDUL.match(whole):
            told += ["abdul", whole[joined.end() :]]
        else:
            told.append(whole)
    return tuple(told)
