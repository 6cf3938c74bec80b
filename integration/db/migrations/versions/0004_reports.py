"""Reports, subjects, matches, messages and assignments."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Text that sorts by code point on both databases.
ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "report_number",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_report_number")),
    )
    op.create_table(
        "reporter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("organization_name", sa.String(), nullable=True),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("sender_index", sa.LargeBinary(), nullable=True),
        sa.Column("sender_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reporter_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
    )
    op.create_index(op.f("ix_reporter_account_id"), "reporter", ["account_id"], unique=False)
    op.create_index(op.f("ix_reporter_phone_index"), "reporter", ["phone_index"], unique=False)
    op.create_index(op.f("ix_reporter_sender_index"), "reporter", ["sender_index"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", ORDERED_TEXT, nullable=False),
        sa.Column("tracking_hash", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("entry_point", sa.String(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("category", sa.String(40), nullable=True),
        sa.Column("priority", sa.String(40), nullable=False),
        sa.Column("sensitivity", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("description_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("region_code", ORDERED_TEXT, nullable=True),
        sa.Column("reporter_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("reopenable_until", UTCDateTime(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into_id"], ["report.id"], name=op.f("fk_report_merged_into_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_report_region_code")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporter.id"], name=op.f("fk_report_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("number", name=op.f("uq_report_number")),
    )
    op.create_index("ix_report_due_at_id", "report", ["due_at", "id"], unique=False)
    op.create_index("ix_report_received_at_id", "report", ["received_at", "id"], unique=False)
    op.create_index(op.f("ix_report_region_code"), "report", ["region_code"], unique=False)
    op.create_index(op.f("ix_report_reporter_id"), "report", ["reporter_id"], unique=False)
    op.create_index("ix_report_updated_at_id", "report", ["updated_at", "id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("instruction_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("assigned_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_assignment_report_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_assignment_staff_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(
        "ix_assignment_report_id_assigned_at_id", "assignment", ["report_id", "assigned_at", "id"], unique=False
    )
    op.create_index(
        "ix_assignment_staff_id_assigned_at_id", "assignment", ["staff_id", "assigned_at", "id"], unique=False
    )
    op.create_index(op.f("ix_assignment_unit_id"), "assignment", ["unit_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("reporter_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("direction", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("delivery_state", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_message_report_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporter.id"], name=op.f("fk_message_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("channel", "provider_id", name=op.f("uq_message_channel_provider_id")),
    )
    op.create_index("ix_message_report_id_at_id", "message", ["report_id", "at", "id"], unique=False)
    op.create_index(op.f("ix_message_reporter_id"), "message", ["reporter_id"], unique=False)
    op.create_table(
        "report_ppks_type",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("ppks_code", ORDERED_TEXT, nullable=False),
        sa.ForeignKeyConstraint(["ppks_code"], ["ppks_type.code"], name=op.f("fk_report_ppks_type_ppks_code")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_ppks_type_report_id")),
        sa.PrimaryKeyConstraint("report_id", "ppks_code", name=op.f("pk_report_ppks_type")),
    )
    op.create_index(op.f("ix_report_ppks_type_ppks_code"), "report_ppks_type", ["ppks_code"], unique=False)
    op.create_table(
        "report_subject",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("nik_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("nik_index", sa.LargeBinary(), nullable=True),
        sa.Column("approximate_age", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(40), nullable=True),
        sa.Column("region_code", ORDERED_TEXT, nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("match_state", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_subject_person_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_report_subject_region_code")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_subject_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_subject")),
    )
    op.create_index(op.f("ix_report_subject_nik_index"), "report_subject", ["nik_index"], unique=False)
    op.create_index(op.f("ix_report_subject_person_id"), "report_subject", ["person_id"], unique=False)
    op.create_index(op.f("ix_report_subject_report_id"), "report_subject", ["report_id"], unique=False)
    op.create_table(
        "match_candidate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_match_candidate_person_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["report_subject.id"], name=op.f("fk_match_candidate_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_candidate")),
    )
    op.create_index(op.f("ix_match_candidate_person_id"), "match_candidate", ["person_id"], unique=False)
    op.create_index(op.f("ix_match_candidate_subject_id"), "match_candidate", ["subject_id"], unique=False)
    op.create_table(
        "match_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("comparison", sa.String(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["match_candidate.id"], name=op.f("fk_match_evidence_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_evidence")),
    )
    op.create_index(op.f("ix_match_evidence_candidate_id"), "match_evidence", ["candidate_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_match_evidence_candidate_id"), table_name="match_evidence")
    op.drop_table("match_evidence")
    op.drop_index(op.f("ix_match_candidate_subject_id"), table_name="match_candidate")
    op.drop_index(op.f("ix_match_candidate_person_id"), table_name="match_candidate")
    op.drop_table("match_candidate")
    op.drop_index(op.f("ix_report_subject_report_id"), table_name="report_subject")
    op.drop_index(op.f("ix_report_subject_person_id"), table_name="report_subject")
    op.drop_index(op.f("ix_report_subject_nik_index"), table_name="report_subject")
    op.drop_table("report_subject")
    op.drop_index(op.f("ix_report_ppks_type_ppks_code"), table_name="report_ppks_type")
    op.drop_table("report_ppks_type")
    op.drop_index(op.f("ix_message_reporter_id"), table_name="message")
    op.drop_index("ix_message_report_id_at_id", table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_assignment_unit_id"), table_name="assignment")
    op.drop_index("ix_assignment_staff_id_assigned_at_id", table_name="assignment")
    op.drop_index("ix_assignment_report_id_assigned_at_id", table_name="assignment")
    op.drop_table("assignment")
    op.drop_index("ix_report_updated_at_id", table_name="report")
    op.drop_index(op.f("ix_report_reporter_id"), table_name="report")
    op.drop_index(op.f("ix_report_region_code"), table_name="report")
    op.drop_index("ix_report_received_at_id", table_name="report")
    op.drop_index("ix_report_due_at_id", table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_reporter_sender_index"), table_name="reporter")
    op.drop_index(op.f("ix_reporter_phone_index"), table_name="reporter")
    op.drop_index(op.f("ix_reporter_account_id"), table_name="reporter")
    op.drop_table("reporter")
    op.drop_table("report_number")
