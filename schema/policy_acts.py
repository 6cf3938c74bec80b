"""The acts that make policy of what was counted: signals, follow-ups, meetings, tables; a part of `Mutation`."""

import strawberry

from resolvers import meetings, policy
from resolvers.statistics import statistic_table_accept, statistic_table_discard, statistic_table_stage
from schema.acting import act
from schema.inputs.meetings import (
    CommitmentCancelInput,
    CommitmentCompleteInput,
    MeetingCancelInput,
    MeetingRecordInput,
    MeetingRescheduleInput,
    MeetingScheduleInput,
)
from schema.inputs.policy import (
    PolicyFollowUpAddEvidenceInput,
    PolicyFollowUpAdvanceInput,
    PolicyFollowUpMilestoneInput,
    PolicyFollowUpProposeInput,
    PolicyFollowUpReviseInput,
    SignalAcceptInput,
    SignalDismissInput,
)
from schema.inputs.statistics import (
    StatisticTableAcceptInput,
    StatisticTableDiscardInput,
    StatisticTableStageInput,
)
from schema.types.meeting import CommitmentPayload, MeetingPayload
from schema.types.policy import PolicyFollowUpPayload, PolicySignalPayload
from schema.types.series import StatisticTablePayload


@strawberry.type
class PolicyMutation:
    """Never published by itself."""

    signal_accept: PolicyFollowUpPayload = act(
        policy.signal_accept,
        SignalAcceptInput,
        "Makes a policy follow-up of a signal and freezes its evidence; the secretary or the agency's head (terima "
        "sinyal).",
    )
    signal_dismiss: PolicySignalPayload = act(
        policy.signal_dismiss,
        SignalDismissInput,
        "Lets a signal rest for a reason; the same evidence does not raise it again; the secretary or the head "
        "of the agency (abaikan sinyal).",
    )
    policy_follow_up_propose: PolicyFollowUpPayload = act(
        policy.policy_follow_up_propose,
        PolicyFollowUpProposeInput,
        "Proposes a policy follow-up without a signal; planners, the lead or the secretary (usulkan tindak lanjut).",
    )
    policy_follow_up_advance: PolicyFollowUpPayload = act(
        policy.policy_follow_up_advance,
        PolicyFollowUpAdvanceInput,
        "Moves a follow-up on, with the document that proves it; the secretary or the agency's head. Those whose "
        "reports it rests on are told if it is put off or rejected (majukan tindak lanjut).",
    )
    policy_follow_up_complete_milestone: PolicyFollowUpPayload = act(
        policy.policy_follow_up_complete_milestone,
        PolicyFollowUpMilestoneInput,
        "Finishes a milestone; with the first, each person whose report it rests on is told what changed, once; the "
        "secretary or the agency's head (selesaikan tonggak).",
    )
    policy_follow_up_revise: PolicyFollowUpPayload = act(
        policy.policy_follow_up_revise,
        PolicyFollowUpReviseInput,
        "Changes what a follow-up says, which agencies help, and which plan and law it belongs to; whoever may propose "
        "while it is proposed, later the secretary or the agency's head (perbaiki tindak lanjut).",
    )
    policy_follow_up_add_evidence: PolicyFollowUpPayload = act(
        policy.policy_follow_up_add_evidence,
        PolicyFollowUpAddEvidenceInput,
        "Counts reports, late steps or old registry records and freezes the count as evidence; the lead, the secretary "
        "or the agency's head (tambah bukti).",
    )
    meeting_schedule: MeetingPayload = act(
        meetings.meeting_schedule,
        MeetingScheduleInput,
        "Calls agencies to a meeting, with its agenda; planners, the lead, the secretary or the agency's head "
        "(jadwalkan rapat koordinasi).",
    )
    meeting_reschedule: MeetingPayload = act(
        meetings.meeting_reschedule,
        MeetingRescheduleInput,
        "Moves a planned meeting to another time; whoever may call one (jadwalkan ulang).",
    )
    meeting_record: MeetingPayload = act(
        meetings.meeting_record,
        MeetingRecordInput,
        "Puts on record that a meeting was held: the minutes, who came, and what agencies promised; the secretary or "
        "the agency's head (catat hasil rapat).",
    )
    meeting_cancel: MeetingPayload = act(
        meetings.meeting_cancel,
        MeetingCancelInput,
        "Calls a planned meeting off, for a reason; whoever may call one (batalkan rapat).",
    )
    commitment_complete: CommitmentPayload = act(
        meetings.commitment_complete,
        CommitmentCompleteInput,
        "An agency kept its promise; the secretary or the agency's head (komitmen selesai).",
    )
    commitment_cancel: CommitmentPayload = act(
        meetings.commitment_cancel,
        CommitmentCancelInput,
        "A promise is no longer waited for, for a reason; the secretary or the agency's head (batalkan komitmen).",
    )
    statistic_table_stage: StatisticTablePayload = act(
        statistic_table_stage,
        StatisticTableStageInput,
        "Reads a printed table of statistics and says what does not fit in it; nothing of it is published yet. Desk, "
        "lead, secretary, head of the agency, planners (periksa tabel statistik).",
    )
    statistic_table_accept: StatisticTablePayload = act(
        statistic_table_accept,
        StatisticTableAcceptInput,
        "Publishes the figures of a staged table in its series, each with the doubts found about it; the same people "
        "(terima tabel statistik).",
    )
    statistic_table_discard: StatisticTablePayload = act(
        statistic_table_discard,
        StatisticTableDiscardInput,
        "Puts a staged table aside for a reason; the same people (buang tabel statistik).",
    )
