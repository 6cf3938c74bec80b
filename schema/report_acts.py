"""The acts on reports, their assignments and the people they tell of; a part of `Mutation`."""

import strawberry

from resolvers import report_acts as acts
from resolvers.assignments import assignment_acknowledge, assignment_return, reports_assign
from resolvers.reports import report_submit
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
from schema.inputs.report import ReportSubmitInput
from schema.types.assignment import AssignmentPayload
from schema.types.report import ReportPayload, ReportsAssignPayload, ReportSubmitPayload


@strawberry.type
class ReportMutation:
    """Never published by itself."""

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
