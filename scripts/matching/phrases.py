"""How the made-up reports are worded: turns of phrase put together by chance, with the slips of people who type."""

import random
from dataclasses import dataclass

_OPENINGS = ("", "", "", "Assalamualaikum. ", "Pagi min, ", "Pak ", "Mohon maaf mengganggu, ", "Yth Dinsos, ", "Bu, ")
_ENDINGS = ("", "", "", ". Mohon arahannya", ". Terima kasih banyak", " trims", ". tolong dicek ya", ". Makasih pak")
_NOBODY = (
    "P", "halo min", "Kantor tutup jam berapa ya?", "terima kasih infonya", "siap pak", "kapan pembagian beras lagi?",
    "nomor ini masih aktif kah", "di pasar banyak pengamen min", "Selamat hari raya", "jalan di depan gang kami rusak",
)  # fmt: skip
_ABOUT = {
    "AID_NOT_RECEIVED": (
        "{who} dulu selalu dapat {aid} tapi sekarang tidak cair lagi", "{who} belum juga menerima {aid}",
        "sudah tiga tahap {who} tidak dapat {aid}", "nama {who} hilang dari daftar penerima {aid}",
    ),
    "BPJS_ACTIVATION": (
        "kartu KIS {who} ditolak rumah sakit, katanya nonaktif", "minta tolong aktifkan lagi BPJS {who}",
        "{who} harus operasi tapi BPJS PBI nya sudah diblokir",
    ),
    "AID_REQUEST": (
        "{who} perlu bantuan sembako, sudah lama tidak bekerja", "mohon {who} didaftarkan DTSEN",
        "ingin mengajukan bantuan modal usaha untuk {who}", "{who} tidak punya penghasilan, anak masih kecil semua",
    ),
    "PPKS-08": ("{who} sudah tua dan hidup sebatang kara", "{who} lansia, tidak ada yang merawat"),
    "PPKS-09": ("{who} lumpuh sejak kecelakaan", "{who} penyandang disabilitas, butuh kursi roda"),
    "PPKS-21": ("rumah {who} terendam banjir", "rumah {who} habis terbakar semalam"),
    "PPKS-24": ("rumah {who} hampir roboh, dinding lapuk", "{who} tinggal di gubuk tidak layak huni"),
}  # fmt: skip
_AID = ("PKH", "BPNT", "sembako", "bansos", "BLT")
_GREETINGS = (
    "halo admin", "permisi min,", "selamat siang pak,", "assalamualaikum bu.", "yth dinas sosial,", "tabe,",
    "mau lapor,", "mohon maaf mengganggu,", "pagi min", "mohon bantuannya pak,", "kepada yth kepala dinas,",
    "izin melapor,", "kak,", "sore bu, mau tanya", "dengan hormat,", "sebelumnya mohon maaf pak,",
    "halo dinsos,", "",
)  # fmt: skip
_THANKS = (
    ", mohon segera ditindaklanjuti", ". terima kasih", ", tolong dibantu min", ", mohon bantuannya",
    ". makasih sebelumnya", ", mohon ditindaklanjuti ya min", ". terima kasih atas perhatiannya", ", tolong dicek",
    ", tolong segera ya pak", ", mohon arahannya", ". mohon perhatiannya", ", trims", ", mohon petunjuk",
    ". semoga ditanggapi", "",
)  # fmt: skip
_WOMAN, _MAN = ("Ibu", "Bu", "ibu", "Sdri", "an.", "acil"), ("Bapak", "Pak", "pak", "Sdr", "an.", "paman")
_OLD_WOMAN, _OLD_MAN = ("Nenek", "Nini", "Mbah"), ("Kakek", "Kai", "Mbah")
_SLIPS = (
    ("sy", "s"),
    ("kh", "h"),
    ("f", "p"),
    ("v", "p"),
    ("z", "j"),
    ("y", "i"),
    ("ddin", "din"),
    ("ah", "a"),
    ("nur", "noor"),
)
_LONG = 5


@dataclass(frozen=True, slots=True, repr=False)
class Wording:
    """A text, what it is about, and what was done to NIK, name, age and place."""

    text: str
    category: str
    nik: str
    name: str
    age: str
    place: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Puts reports into words."""

    chance: random.Random

    def nobody(self) -> str:
        """A message about nobody in particular."""
        return self.chance.choice(_NOBODY)

    def about(self, name: str, sex: str, age: int, nik: str, where: tuple[str, str], kind: str) -> Wording:
        """A report about somebody, of class A (with NIK), B (without) or C (either)."""
        chance = self.chance
        category = chance.choices(tuple(_ABOUT), (30, 15, 25, 9, 8, 7, 6))[0]
        told_name, how = self._name(name) if kind != "A" or chance.random() < 0.4 else (name, "exact")
        old = 60
        address = (_OLD_WOMAN if sex == "P" else _OLD_MAN) if age >= old else (_WOMAN if sex == "P" else _MAN)
        who = f"{chance.choice(address)} {told_name}"
        told_age = ""
        if kind != "A" or chance.random() < 0.4:
            said = max(0, age + chance.choice((0, 0, 0, -1, 1, 2)))
            told_age = "exact" if said == age else "off"
            who += chance.choice((f" umur {said} tahun", f" ({said} thn)", f", usia {said} th,", f" {said} tahun"))
        number, damage = "", "none"
        if kind == "A" or (kind == "C" and chance.random() < 0.3):
            written, damage = self._number(nik)
            number = chance.choice((", NIK {}", ". NIK: {}", " (KTP {})", ", nomor KTP {}")).format(written)
        place = self._place(where)
        body = chance.choice(_ABOUT[category]).format(who=who, aid=chance.choice(_AID))
        text = chance.choice(
            (f"{body}, {place}{number}", f"{place}: {body}{number}", f"{body}{number}. Alamat {place}")
        )
        text = chance.choice(_OPENINGS) + text + chance.choice(_ENDINGS)
        lot = chance.random()
        text = text.lower() if lot < 0.35 else text.upper() if lot < 0.4 else text
        return Wording(text, category, damage, how, told_age or "none", "exact")

    def _name(self, name: str) -> tuple[str, str]:
        words, lot = name.split(), self.chance.random()
        if lot < 0.45:
            return name, "exact"
        if lot < 0.75:
            return misspelt(name, self.chance), "misspelt"
        if lot < 0.9 and len(words) > 1:
            return self.chance.choice(words), "partial"
        return (" ".join(reversed(words)), "reversed") if len(words) > 1 else (misspelt(name, self.chance), "misspelt")

    def _number(self, nik: str) -> tuple[str, str]:
        lot = self.chance.random()
        at = self.chance.randrange(6, 15)
        if lot < 0.7:
            return nik, "exact"
        if lot < 0.84:
            return f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}", "separated"
        if lot < 0.93:
            return f"{nik[:at]}{(int(nik[at]) + 3) % 10}{nik[at + 1 :]}", "one_digit_wrong"
        return nik[:at] + nik[at + 1 :], "digit_missing"

    def _place(self, where: tuple[str, str]) -> str:
        village, district = where
        if self.chance.random() < 0.15:
            village = misspelt(village, self.chance)
        place = f"{self.chance.choice(('desa', 'Desa', 'ds', 'di'))} {village}"
        return place + (f" kec. {district}" if self.chance.random() < 0.5 else "")


def framed(text: str, chance: random.Random) -> str:
    """A text as people put it between words of courtesy, which tell nothing of what it is about."""
    return f"{chance.choice(_GREETINGS)} {text} {chance.choice(_THANKS)}".strip()


def turns_of_phrase() -> list[tuple[str, str, str]]:
    """What is said of somebody, each with the category and kind of need it stands for."""
    return [
        (phrase.format(who="ibu saya", aid=aid), "PPKS_SIGHTING" if about.startswith("PPKS-") else about,
         about if about.startswith("PPKS-") else "")
        for about, phrases in _ABOUT.items()
        for phrase in phrases
        for aid in (_AID if "{aid}" in phrase else _AID[:1])
    ]  # fmt: skip


def misspelt(name: str, chance: random.Random) -> str:
    """A name as somebody else would write it: another spelling of the same sound, or a slip of the finger."""
    folded = name.lower()
    slips = [slip for slip in _SLIPS if slip[0] in folded]
    if slips and chance.random() < 0.6:
        one, other = chance.choice(slips)
        return folded.replace(one, other, 1).title()
    if len(folded) < _LONG:
        return name
    at = chance.randrange(1, len(folded) - 2)
    return chance.choice(
        (folded[:at] + folded[at + 1 :], folded[:at] + folded[at + 1] + folded[at] + folded[at + 2 :])
    ).title()
