"""Policy follow-ups and their evidence."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("instrument", sa.String(40), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("budget_idr", sa.String(), nullable=True),
        sa.Column("public_summary", sa.String(), nullable=True),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["organization.id"], name=op.f("fk_policy_follow_up_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_follow_up")),
    )
    op.create_index(op.f("ix_policy_follow_up_owner_id"), "policy_follow_up", ["owner_id"], unique=False)
    op.create_table(
        "evidence_snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("query_hash", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_evidence_snapshot_follow_up_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_snapshot")),
    )
    op.create_index(op.f("ix_evidence_snapshot_follow_up_id"), "evidence_snapshot", ["follow_up_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_at", sa.Date(), nullable=True),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_milestone_follow_up_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(op.f("ix_milestone_follow_up_id"), "milestone", ["follow_up_id"], unique=False)
    op.create_table(
        "policy_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_policy_decision_follow_up_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_decision")),
    )
    op.create_index(op.f("ix_policy_decision_follow_up_id"), "policy_decision", ["follow_up_id"], unique=False)
    op.create_table(
        "policy_follow_up_report",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_policy_follow_up_report_follow_up_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_policy_follow_up_report_report_id")),
        sa.PrimaryKeyConstraint("follow_up_id", "report_id", name=op.f("pk_policy_follow_up_report")),
    )
    op.create_index(
        op.f("ix_policy_follow_up_report_report_id"), "policy_follow_up_report", ["report_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_policy_follow_up_report_report_id"), table_name="policy_follow_up_report")
    op.drop_table("policy_follow_up_report")
    op.drop_index(op.f("ix_policy_decision_follow_up_id"), table_name="policy_decision")
    op.drop_table("policy_decision")
    op.drop_index(op.f("ix_milestone_follow_up_id"), table_name="milestone")
    op.drop_table("milestone")
    op.drop_index(op.f("ix_evidence_snapshot_follow_up_id"), table_name="evidence_snapshot")
    op.drop_table("evidence_snapshot")
    op.drop_index(op.f("ix_policy_follow_up_owner_id"), table_name="policy_follow_up")
    op.drop_table("policy_follow_up")
