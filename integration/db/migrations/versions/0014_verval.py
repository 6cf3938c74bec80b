"""Proposals to correct the registry, what their steps leave behind, and the batches they go out in."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "verval_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_verval_batch_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_batch")),
    )
    op.create_table(
        "verval_batch_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["verval_batch.id"], name=op.f("fk_verval_batch_result_batch_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_verval_batch_result_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_batch_result")),
        sa.UniqueConstraint("batch_id", "sha256", name=op.f("uq_verval_batch_result_batch_id_sha256")),
    )
    op.create_table(
        "verval_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("is_objection", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("open_key", sa.String(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("region_code", ORDERED_TEXT, nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("proposer_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("central_reason", sa.String(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["verval_batch.id"], name=op.f("fk_verval_proposal_batch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_verval_proposal_person_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["account.id"], name=op.f("fk_verval_proposal_proposer_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_verval_proposal_region_code")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_verval_proposal_report_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["report_subject.id"], name=op.f("fk_verval_proposal_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_proposal")),
        sa.UniqueConstraint("open_key", name=op.f("uq_verval_proposal_open_key")),
    )
    op.create_index(op.f("ix_verval_proposal_batch_id"), "verval_proposal", ["batch_id"], unique=False)
    op.create_index(op.f("ix_verval_proposal_person_id"), "verval_proposal", ["person_id"], unique=False)
    op.create_index(op.f("ix_verval_proposal_region_code"), "verval_proposal", ["region_code"], unique=False)
    op.create_index(op.f("ix_verval_proposal_report_id"), "verval_proposal", ["report_id"], unique=False)
    op.create_index(op.f("ix_verval_proposal_status"), "verval_proposal", ["status"], unique=False)
    op.create_index(op.f("ix_verval_proposal_subject_id"), "verval_proposal", ["subject_id"], unique=False)
    op.create_table(
        "verval_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("latitude_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("longitude_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recommendation", sa.String(length=40), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["verval_proposal.id"], name=op.f("fk_verval_assessment_proposal_id")),
        sa.ForeignKeyConstraint(["assessor_id"], ["account.id"], name=op.f("fk_verval_assessment_assessor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_assessment")),
    )
    op.create_index(op.f("ix_verval_assessment_proposal_id"), "verval_assessment", ["proposal_id"], unique=False)
    op.create_table(
        "verval_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["verval_proposal.id"], name=op.f("fk_verval_attachment_proposal_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_verval_attachment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_attachment")),
        sa.UniqueConstraint("proposal_id", "sha256", name=op.f("uq_verval_attachment_proposal_id_sha256")),
    )
    op.create_table(
        "verval_batch_line",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("nik_index", sa.LargeBinary(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["verval_batch.id"], name=op.f("fk_verval_batch_line_batch_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["verval_proposal.id"], name=op.f("fk_verval_batch_line_proposal_id")),
        sa.PrimaryKeyConstraint("batch_id", "proposal_id", name=op.f("pk_verval_batch_line")),
    )
    op.create_table(
        "verval_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["verval_proposal.id"], name=op.f("fk_verval_change_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_change")),
        sa.UniqueConstraint("proposal_id", "field", name=op.f("uq_verval_change_proposal_id_field")),
    )
    op.create_table(
        "verval_deliberation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("minutes_number", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=False),
        sa.Column("organizations", sa.JSON(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["verval_proposal.id"], name=op.f("fk_verval_deliberation_proposal_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_verval_deliberation_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_deliberation")),
    )
    op.create_index(op.f("ix_verval_deliberation_proposal_id"), "verval_deliberation", ["proposal_id"], unique=False)
    op.create_table(
        "verval_difference",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["verval_batch.id"], name=op.f("fk_verval_difference_batch_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["verval_proposal.id"], name=op.f("fk_verval_difference_proposal_id")),
        sa.ForeignKeyConstraint(["result_id"], ["verval_batch_result.id"], name=op.f("fk_verval_difference_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_difference")),
    )
    op.create_index(op.f("ix_verval_difference_batch_id"), "verval_difference", ["batch_id"], unique=False)
    op.create_index(op.f("ix_verval_difference_result_id"), "verval_difference", ["result_id"], unique=False)
    op.create_table(
        "verval_endorsement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["verval_proposal.id"], name=op.f("fk_verval_endorsement_proposal_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_verval_endorsement_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_endorsement")),
    )
    op.create_index(op.f("ix_verval_endorsement_proposal_id"), "verval_endorsement", ["proposal_id"], unique=False)
    op.create_table(
        "verval_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["verval_assessment.id"], name=op.f("fk_verval_answer_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verval_answer")),
        sa.UniqueConstraint("assessment_id", "question", name=op.f("uq_verval_answer_assessment_id_question")),
    )
    op.create_table(
        "verval_attachment_content",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["verval_attachment.id"], name=op.f("fk_verval_attachment_content_attachment_id")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_verval_attachment_content")),
    )


def downgrade() -> None:
    op.drop_table("verval_attachment_content")
    op.drop_table("verval_answer")
    op.drop_table("verval_endorsement")
    op.drop_table("verval_difference")
    op.drop_table("verval_deliberation")
    op.drop_table("verval_change")
    op.drop_table("verval_batch_line")
    op.drop_table("verval_attachment")
    op.drop_table("verval_assessment")
    op.drop_table("verval_proposal")
    op.drop_table("verval_batch_result")
    op.drop_table("verval_batch")
