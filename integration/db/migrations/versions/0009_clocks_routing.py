"""Time limits and clocks, the chain of hand-overs, and what routing goes by."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("report", sa.Column("at_risk_at", UTCDateTime(), nullable=True))
    _clocks()
    _routing()


def _clocks() -> None:
    op.create_table(
        "clock_policy",
        sa.Column("code", ORDERED, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("priority", sa.String(length=40), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("at_risk_percent", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_clock_policy")),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("policy_code", ORDERED, nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("paused_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("at_risk_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["policy_code"], ["clock_policy.code"], name=op.f("fk_clock_policy_code")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_clock_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index(op.f("ix_clock_next_at"), "clock", ["next_at"], unique=False)
    op.create_index(op.f("ix_clock_report_id"), "clock", ["report_id"], unique=False)
    op.create_index(
        "uq_clock_report_id_running",
        "clock",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "escalation_rule",
        sa.Column("code", ORDERED, nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("priority", sa.String(length=40), nullable=True),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("to", sa.String(length=40), nullable=False),
        sa.Column("working_minutes", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_escalation_rule")),
    )
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("rule_code", ORDERED, nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("to", sa.String(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("from_staff_id", sa.Uuid(), nullable=True),
        sa.Column("to_staff_id", sa.Uuid(), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_hand_over_report_id")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_hand_over_clock_id")),
        sa.ForeignKeyConstraint(["rule_code"], ["escalation_rule.code"], name=op.f("fk_hand_over_rule_code")),
        sa.ForeignKeyConstraint(["from_staff_id"], ["staff.id"], name=op.f("fk_hand_over_from_staff_id")),
        sa.ForeignKeyConstraint(["to_staff_id"], ["staff.id"], name=op.f("fk_hand_over_to_staff_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_hand_over_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.UniqueConstraint("clock_id", "trigger", "to", name=op.f("uq_hand_over_clock_id_trigger_to")),
    )
    op.create_index(op.f("ix_hand_over_report_id"), "hand_over", ["report_id"], unique=False)


def _routing() -> None:
    op.create_table(
        "competency",
        sa.Column("code", ORDERED, nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_competency")),
    )
    op.create_table(
        "staff_competency",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("competency_code", ORDERED, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_code"], ["competency.code"], name=op.f("fk_staff_competency_competency_code")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_competency_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "competency_code", name=op.f("pk_staff_competency")),
    )
    op.create_table(
        "routing_rule",
        sa.Column("code", ORDERED, nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("ppks_code", ORDERED, nullable=True),
        sa.Column("unit_code", ORDERED, nullable=False),
        sa.Column("competency_code", ORDERED, nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["competency_code"], ["competency.code"], name=op.f("fk_routing_rule_competency_code")),
        sa.ForeignKeyConstraint(["ppks_code"], ["ppks_type.code"], name=op.f("fk_routing_rule_ppks_code")),
        sa.ForeignKeyConstraint(["unit_code"], ["org_unit.code"], name=op.f("fk_routing_rule_unit_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_routing_rule")),
    )
    op.create_table(
        "urgent_need",
        sa.Column("ppks_code", ORDERED, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ppks_code"], ["ppks_type.code"], name=op.f("fk_urgent_need_ppks_code")),
        sa.PrimaryKeyConstraint("ppks_code", name=op.f("pk_urgent_need")),
    )
    op.create_table(
        "district_neighbour",
        sa.Column("district_code", ORDERED, nullable=False),
        sa.Column("neighbour_code", ORDERED, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["district_code"], ["region.code"], name=op.f("fk_district_neighbour_district_code")),
        sa.ForeignKeyConstraint(["neighbour_code"], ["region.code"], name=op.f("fk_district_neighbour_neighbour_code")),
        sa.PrimaryKeyConstraint("district_code", "neighbour_code", name=op.f("pk_district_neighbour")),
    )


def downgrade() -> None:
    for table in (
        "district_neighbour", "urgent_need", "routing_rule", "staff_competency", "competency", "hand_over",
        "escalation_rule", "clock", "clock_policy",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("report") as report:
        report.drop_column("at_risk_at")
