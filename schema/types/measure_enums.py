"""What the codes of statistics mean, in words for strangers."""

from integration.awards.codes import ScoreboardSubject
from integration.policy.codes import OutreachKind
from integration.spm.codes import SpmService
from schema.types.describing import describe

describe(
    SpmService,
    "The services that a regency owes by the minimum service standards of the social field; Permensos 9/2018 (jenis "
    "layanan SPM bidang sosial).",
    {
        SpmService.NEGLECTED_DISABLED: "Basic rehabilitation outside institutions of neglected people with a "
        "disability (penyandang disabilitas telantar).",
        SpmService.NEGLECTED_CHILDREN: "The same of neglected children (anak telantar).",
        SpmService.NEGLECTED_ELDERLY: "The same of neglected older people (lanjut usia telantar).",
        SpmService.HOMELESS_AND_BEGGARS: "The same of homeless people and beggars (gelandangan dan pengemis).",
        SpmService.DISASTER_VICTIMS: "Protection of the regency's disaster victims during and after the emergency "
        "response (korban bencana kabupaten/kota).",
    },
)
describe(
    OutreachKind,
    "How people were told where to report (jenis kegiatan sosialisasi).",
    {
        OutreachKind.MEETING: "In a meeting (rapat).",
        OutreachKind.VISIT: "By going there (kunjungan).",
        OutreachKind.TRAINING: "In a training (pelatihan).",
        OutreachKind.BROADCAST: "By radio, television or message (siaran).",
        OutreachKind.PUBLICATION: "In print or on the internet (publikasi).",
        OutreachKind.OTHER: "In another way (lainnya).",
    },
)
describe(
    ScoreboardSubject,
    "Who a scoreboard compares (yang dibandingkan).",
    {
        ScoreboardSubject.DISTRICT: "The kecamatan, by the registry's records of them (kecamatan).",
        ScoreboardSubject.ORGANIZATION: "The agencies, by the reports their units handle (OPD).",
    },
)
