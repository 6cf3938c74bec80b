"""Signals that ask for a policy, the evidence frozen with it, notices to reporters, and what the scorecard counts."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _signals()
    _evidence()
    with op.batch_alter_table("evidence_snapshot") as batch:
        batch.add_column(sa.Column("query", sa.String(), nullable=True))
        batch.add_column(sa.Column("members_hash", sa.String(), nullable=True))
        batch.add_column(sa.Column("signal_id", sa.Uuid(), nullable=True))
        batch.create_index(op.f("ix_evidence_snapshot_signal_id"), ["signal_id"], unique=False)
        batch.create_foreign_key(op.f("fk_evidence_snapshot_signal_id"), "policy_signal", ["signal_id"], ["id"])
    op.add_column("legal_basis", sa.Column("states_aim", sa.Boolean(), nullable=False, server_default=sa.false()))
    # What is there has a value now; from here on it must be said.
    with op.batch_alter_table("legal_basis") as batch:
        batch.alter_column("states_aim", server_default=None)
    op.add_column("policy_follow_up", sa.Column("due_at", sa.Date(), nullable=True))


def _signals() -> None:
    op.create_table(
        "signal_rule",
        sa.Column("code", ORDERED, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_signal_rule")),
    )
    op.create_table(
        "outreach_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("region_code", ORDERED, nullable=True),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("attendance", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_outreach_activity_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_activity")),
    )
    op.create_index(op.f("ix_outreach_activity_held_on"), "outreach_activity", ["held_on"], unique=False)
    op.create_table(
        "policy_signal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("rule_code", ORDERED, nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("region_code", ORDERED, nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("window_from", UTCDateTime(), nullable=False),
        sa.Column("window_to", UTCDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("raised_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by_staff_id", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("follow_up_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_staff_id"], ["staff.id"], name=op.f("fk_policy_signal_decided_by_staff_id")
        ),
        sa.ForeignKeyConstraint(["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_policy_signal_follow_up_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_policy_signal_region_code")),
        sa.ForeignKeyConstraint(["rule_code"], ["signal_rule.code"], name=op.f("fk_policy_signal_rule_code")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_policy_signal_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_signal")),
        sa.UniqueConstraint("key", name=op.f("uq_policy_signal_key")),
    )
    op.create_index(op.f("ix_policy_signal_follow_up_id"), "policy_signal", ["follow_up_id"], unique=False)
    op.create_index(op.f("ix_policy_signal_rule_code"), "policy_signal", ["rule_code"], unique=False)


def _evidence() -> None:
    op.create_table(
        "evidence_member",
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_evidence_member_report_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["evidence_snapshot.id"], name=op.f("fk_evidence_member_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "report_id", name=op.f("pk_evidence_member")),
    )
    op.create_index(op.f("ix_evidence_member_report_id"), "evidence_member", ["report_id"], unique=False)
    op.create_table(
        "policy_signal_report",
        sa.Column("signal_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_policy_signal_report_report_id")),
        sa.ForeignKeyConstraint(["signal_id"], ["policy_signal.id"], name=op.f("fk_policy_signal_report_signal_id")),
        sa.PrimaryKeyConstraint("signal_id", "report_id", name=op.f("pk_policy_signal_report")),
    )
    op.create_index(op.f("ix_policy_signal_report_report_id"), "policy_signal_report", ["report_id"], unique=False)
    op.create_table(
        "policy_notice",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_policy_notice_follow_up_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_policy_notice_message_id")),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["reporter.id"], name=op.f("fk_policy_notice_reporter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("follow_up_id", "kind", "reporter_id", name=op.f("pk_policy_notice")),
    )


def downgrade() -> None:
    op.drop_column("policy_follow_up", "due_at")
    op.drop_column("legal_basis", "states_aim")
    with op.batch_alter_table("evidence_snapshot") as batch:
        batch.drop_constraint(op.f("fk_evidence_snapshot_signal_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_evidence_snapshot_signal_id"))
        batch.drop_column("signal_id")
        batch.drop_column("members_hash")
        batch.drop_column("query")
    op.drop_table("policy_notice")
    op.drop_index(op.f("ix_policy_signal_report_report_id"), table_name="policy_signal_report")
    op.drop_table("policy_signal_report")
    op.drop_index(op.f("ix_evidence_member_report_id"), table_name="evidence_member")
    op.drop_table("evidence_member")
    op.drop_index(op.f("ix_policy_signal_rule_code"), table_name="policy_signal")
    op.drop_index(op.f("ix_policy_signal_follow_up_id"), table_name="policy_signal")
    op.drop_table("policy_signal")
    op.drop_index(op.f("ix_outreach_activity_held_on"), table_name="outreach_activity")
    op.drop_table("outreach_activity")
    op.drop_table("signal_rule")
