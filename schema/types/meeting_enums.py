"""What the codes of coordination meetings mean, in words for strangers."""

from integration.meetings.codes import CommitmentState, MeetingLevel, MeetingState
from schema.types.describing import describe

describe(
    MeetingLevel,
    "Who meets (tingkat rapat koordinasi).",
    {
        MeetingLevel.REGENCY: "Agencies of the regency among themselves (kabupaten).",
        MeetingLevel.PROVINCE: "Agencies of the regency with those of the province (provinsi).",
    },
)
describe(
    MeetingState,
    "Whether a meeting was held (status rapat).",
    {
        MeetingState.SCHEDULED: "It is planned (dijadwalkan).",
        MeetingState.HELD: "It was held, and there are minutes (terlaksana).",
        MeetingState.CANCELLED: "It was called off, for a reason that was given (dibatalkan).",
    },
)
describe(
    CommitmentState,
    "Whether an agency kept what it promised (status komitmen).",
    {
        CommitmentState.OPEN: "Not yet (belum selesai).",
        CommitmentState.DONE: "It did (selesai).",
        CommitmentState.CANCELLED: "It is no longer waited for, for a reason that was given (dibatalkan).",
    },
)
