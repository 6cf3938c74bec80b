"""The acts on the registry: proposals to correct it, people, agreements, releases; a part of `Mutation`."""

import strawberry

from resolvers import registry_imports as imports
from resolvers import verval_acts as verval
from resolvers.organizations import agreement_end, agreement_record
from resolvers.people import person_merge, person_reject_duplicate, person_unmerge
from schema.acting import act
from schema.inputs.imports import RegistryImportActInput, RegistryImportStageInput
from schema.inputs.organizations import AgreementEndInput, AgreementRecordInput
from schema.inputs.people import PersonMergeInput, PersonRejectDuplicateInput, PersonUnmergeInput
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
from schema.types.imports import RegistryImportPayload
from schema.types.organization import OrganizationPayload
from schema.types.person import PersonPayload
from schema.types.verval import VervalBatchPayload, VervalManyPayload, VervalPayload


@strawberry.type
class RegistryMutation:
    """Never published by itself."""

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
