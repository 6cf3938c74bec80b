"""Everything that can be done: one act each, with one input, answered at once."""

import strawberry

from resolvers import meetings, policy
from resolvers import registry_imports as imports
from resolvers import report_acts as acts
from resolvers import verval_acts as verval
from resolvers.assignments import assignment_acknowledge, assignment_return, reports_assign
from resolvers.organizations import agreement_end, agreement_record
from resolvers.people import person_merge, person_reject_duplicate, person_unmerge
from resolvers.reports import report_submit
from resolvers.statistics import statistic_table_accept, statistic_table_discard, statistic_table_stage
from schema.acting import act
from schema.inputs.acts import (
    ReportActInput,
    ReportAddActionInput,
    ReportArchiveInput,
    ReportClassifyInput,
    ReportDisposeInput,
    ReportDraftReplyInput,
    ReportMergeInput,
    ReportRejectInput,
    ReportReopenInput,
    ReportRequestInfoInput,
)
from schema.inputs.assignments import (
    AssignmentActInput,
    ReportsAssignInput,
    SubjectConfirmMatchInput,
    SubjectMarkNotInRegistryInput,
)
from schema.inputs.imports import RegistryImportActInput, RegistryImportStageInput
from schema.inputs.meetings import (
    CommitmentCancelInput,
    CommitmentCompleteInput,
    MeetingCancelInput,
    MeetingRecordInput,
    MeetingRescheduleInput,
    MeetingScheduleInput,
)
from schema.inputs.organizations import AgreementEndInput, AgreementRecordInput
from schema.inputs.people import PersonMergeInput, PersonRejectDuplicateInput, PersonUnmergeInput
from schema.inputs.policy import (
    PolicyFollowUpAddEvidenceInput,
    PolicyFollowUpAdvanceInput,
    PolicyFollowUpMilestoneInput,
    PolicyFollowUpProposeInput,
    PolicyFollowUpReviseInput,
    SignalAcceptInput,
    SignalDismissInput,
)
from schema.inputs.report import ReportSubmitInput
from schema.inputs.statistics import (
    StatisticTableAcceptInput,
    StatisticTableDiscardInput,
    StatisticTableStageInput,
)
from schema.inputs.verval import (
    VervalActInput,
    VervalAssessInput,
    VervalBatchCreateInput,
    VervalBatchResultInput,
    VervalDeliberateInput,
    VervalEndorseInput,
    VervalEndorseManyInput,
    VervalObjectInput,
    VervalProposeInput,
    VervalReturnInput,
    VervalReviseInput,
)
from schema.measure_acts import MeasureMutation
from schema.types.assignment import AssignmentPayload
from schema.types.imports import RegistryImportPayload
from schema.types.meeting import CommitmentPayload, MeetingPayload
from schema.types.organization import OrganizationPayload
from schema.types.person import PersonPayload
from schema.types.policy import PolicyFollowUpPayload, PolicySignalPayload
from schema.types.report import ReportPayload, ReportsAssignPayload, ReportSubmitPayload
from schema.types.series import StatisticTablePayload
from schema.types.verval import VervalBatchPayload, VervalManyPayload, VervalPayload


@strawberry.type(
    description="Everything that can be done. Each act is a mutation of its own, named after its noun; it either "
    "happens completely or not at all, and a refusal is in the payload's `errors`."
)
class Mutation(MeasureMutation):
    report_submit: ReportSubmitPayload = act(
        report_submit,
        ReportSubmitInput,
        "Sends in a report: step 1 of the procedure. Anybody may, also without signing in (kirim laporan).",
    )
    report_verify: ReportPayload = act(
        acts.report_verify, ReportActInput, "Step 2: takes a report up to look into it; the desk (verifikasi)."
    )
    report_request_info: ReportPayload = act(
        acts.report_request_info,
        ReportRequestInfoInput,
        "Step 2: asks the reporter what is missing; the clock stands still until the answer (minta keterangan).",
    )
    report_classify: ReportPayload = act(
        acts.report_classify,
        ReportClassifyInput,
        "Step 2: says what a report is about, where, how urgent and how confidential (klasifikasi).",
    )
    report_reject: ReportPayload = act(
        acts.report_reject,
        ReportRejectInput,
        "Step 2: ends a report that is none; its reporter is told why (tolak laporan).",
    )
    report_merge: ReportPayload = act(
        acts.report_merge,
        ReportMergeInput,
        "Step 2: joins a report with another about the same matter; can be taken back for 30 days (gabung laporan).",
    )
    report_unmerge: ReportPayload = act(
        acts.report_unmerge, ReportActInput, "Takes a merge back: the report is where it was before (pisah laporan)."
    )
    report_acknowledge: ReportPayload = act(
        acts.report_acknowledge,
        ReportActInput,
        "Step 3: tells the reporter that the report will be dealt with (respons awal).",
    )
    report_forward: ReportPayload = act(
        acts.report_forward,
        ReportActInput,
        "Step 4: hands a classified report to the team's lead or the secretary (teruskan).",
    )
    report_dispose: ReportPayload = act(
        acts.report_dispose,
        ReportDisposeInput,
        "Step 5: passes a report on to people or units, with an instruction (disposisi).",
    )
    report_start_follow_up: ReportPayload = act(
        acts.report_start_follow_up, ReportActInput, "Step 6: an assignee begins with the report (mulai tindak lanjut)."
    )
    report_add_action: ReportPayload = act(
        acts.report_add_action, ReportAddActionInput, "Step 6: records what was done about it (catat tindakan)."
    )
    report_draft_reply: ReportPayload = act(
        acts.report_draft_reply,
        ReportDraftReplyInput,
        "Step 7: drafts the reply, or replaces a draft that was not sent (susun balasan).",
    )
    report_send_reply: ReportPayload = act(
        acts.report_send_reply,
        ReportActInput,
        "Step 8: sends the drafted reply; not by whoever drafted it (kirim balasan).",
    )
    report_archive: ReportPayload = act(
        acts.report_archive, ReportArchiveInput, "Step 9: archives a finished report with its outcome (arsipkan)."
    )
    report_reopen: ReportPayload = act(
        acts.report_reopen,
        ReportReopenInput,
        "Takes a report up again, until its `reopenableUntil`; its reporter, the desk or the lead (buka kembali).",
    )
    report_withdraw: ReportPayload = act(
        acts.report_withdraw,
        ReportActInput,
        "Takes a report back, by its reporter or for them; an emergency goes on without its reporter (tarik laporan).",
    )
    reports_assign: ReportsAssignPayload = act(
        reports_assign,
        ReportsAssignInput,
        "Gives out up to 100 reports, each to one person, by the rules of reportDispose; one result per item "
        "(penugasan massal).",
    )
    assignment_acknowledge: AssignmentPayload = act(
        assignment_acknowledge, AssignmentActInput, "Takes on what one was assigned; the assignee (terima penugasan)."
    )
    assignment_return: AssignmentPayload = act(
        assignment_return,
        AssignmentActInput,
        "Gives back what one was assigned, with a note why; the assignee. The report stays where it is (kembalikan "
        "penugasan).",
    )
    outcome_confirm: ReportPayload = act(
        acts.outcome_confirm, ReportActInput, "Says that the outcome is so; the report's reporter (konfirmasi hasil)."
    )
    outcome_verify: ReportPayload = act(
        acts.outcome_verify,
        ReportActInput,
        "Says that the outcome was checked and is so; by another unit than the handling one (verifikasi hasil).",
    )
    subject_confirm_match: ReportPayload = act(
        acts.subject_confirm_match,
        SubjectConfirmMatchInput,
        "Says who of the registry a described person is; the desk and its leads (konfirmasi kecocokan).",
    )
    subject_reject_match: ReportPayload = act(
        acts.subject_reject_match,
        SubjectConfirmMatchInput,
        "Says who of the registry a described person is not; they are no longer suggested (tolak kecocokan).",
    )
    subject_mark_not_in_registry: ReportPayload = act(
        acts.subject_mark_not_in_registry,
        SubjectMarkNotInRegistryInput,
        "Says that the registry was searched and has no such person: whoever was suggested is ruled out, and "
        "vervalPropose can ask to add them; the desk and its leads (tidak terdata).",
    )
    verval_propose: VervalPayload = act(
        verval.verval_propose,
        VervalProposeInput,
        "Proposes to correct the registry, from a report's subject or a person; the same open proposal is DUPLICATE. "
        "Everybody of the office but its head (usulkan verval).",
    )
    verval_object: VervalPayload = act(
        verval.verval_object,
        VervalObjectInput,
        "Objects against a record in force, on behalf of whoever objects (sanggah).",
    )
    verval_revise: VervalPayload = act(
        verval.verval_revise,
        VervalReviseInput,
        "Puts a draft or a returned proposal forward; the steps begin anew. Its proposer or the desk (ajukan ulang).",
    )
    verval_deliberate: VervalPayload = act(
        verval.verval_deliberate,
        VervalDeliberateInput,
        "Records the minutes of the village's deliberation; the village's operator (musyawarah desa/kelurahan).",
    )
    verval_assess: VervalPayload = act(
        verval.verval_assess,
        VervalAssessInput,
        "Records a visit to the household, after its photographs were sent with PUT /attachments/{id}; the district's "
        "social worker or a verifier (penilaian lapangan).",
    )
    verval_verify: VervalPayload = act(
        verval.verval_verify,
        VervalActInput,
        "The social office has checked it; a verifier or head of division, not the assessor (verifikasi Dinas Sosial).",
    )
    verval_endorse: VervalPayload = act(
        verval.verval_endorse,
        VervalEndorseInput,
        "Endorses on behalf of the regent; the head of the agency. Refused without minutes (pengesahan).",
    )
    verval_endorse_many: VervalManyPayload = act(
        verval.verval_endorse_many,
        VervalEndorseManyInput,
        "Endorses up to 100 proposals with one document, each by the rules of vervalEndorse; one result per proposal "
        "(pengesahan bersama).",
    )
    verval_return: VervalPayload = act(
        verval.verval_return,
        VervalReturnInput,
        "Gives a proposal back to its proposer; whoever could take the next step (kembalikan usulan).",
    )
    verval_withdraw: VervalPayload = act(
        verval.verval_withdraw,
        VervalActInput,
        "Takes a proposal back before it is sent; its proposer or the desk (tarik usulan).",
    )
    person_merge: PersonPayload = act(
        person_merge,
        PersonMergeInput,
        "Two rows are one person: the first is in no list any more, and its reports, records and enrolments are read "
        "with the second. Nothing is deleted, and it can be taken back (gabung data orang).",
    )
    person_unmerge: PersonPayload = act(
        person_unmerge, PersonUnmergeInput, "Takes a merge back: both are people of their own again (pisah data orang)."
    )
    person_reject_duplicate: PersonPayload = act(
        person_reject_duplicate,
        PersonRejectDuplicateInput,
        "Says that two people are not the same; they are not suggested to be again (bukan orang yang sama).",
    )
    agreement_record: OrganizationPayload = act(
        agreement_record,
        AgreementRecordInput,
        "Enters an agency's data-sharing agreement, in the place of the one before: from now on its systems may use "
        "matchRegistry for these purposes; the desk or the secretary (catat perjanjian berbagi data).",
    )
    agreement_end: OrganizationPayload = act(
        agreement_end,
        AgreementEndInput,
        "Ends an agency's data-sharing agreement at once; the desk or the secretary (akhiri perjanjian).",
    )
    verval_batch_create: VervalBatchPayload = act(
        verval.verval_batch_create,
        VervalBatchCreateInput,
        "Collects the endorsed proposals of a registry that you see, up to 1,000, into a batch for the ministry; the "
        "desk or a verifier (kirim usulan).",
    )
    verval_batch_result: VervalBatchPayload = act(
        verval.verval_batch_result,
        VervalBatchResultInput,
        "Reads the ministry's answers: each closes its proposal once, what does not fit is listed in `differences`. "
        "The same file again changes nothing (terima hasil).",
    )
    registry_import_stage: RegistryImportPayload = act(
        imports.registry_import_stage,
        RegistryImportStageInput,
        "Has a file that was sent with POST /imports/registry read and checked. Answers at once; the batch's `state` "
        "and `rows` say how far it is. The same file again keeps its batch; once applied it is DUPLICATE. The desk, "
        "its lead, the secretary or a verifier (baca berkas).",
    )
    registry_import_apply: RegistryImportPayload = act(
        imports.registry_import_apply,
        RegistryImportActInput,
        "Has a STAGED batch made into a release, all of it or nothing, in the background (terapkan berkas).",
    )
    registry_import_discard: RegistryImportPayload = act(
        imports.registry_import_discard,
        RegistryImportActInput,
        "Lets a batch that is not applied come to nothing; it stays on record as DISCARDED (batalkan impor).",
    )
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
