"""Coordination meetings: agenda, attendance, minutes and commitments; and the meeting behind a policy decision."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coordination_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("minutes_number", sa.String(), nullable=True),
        sa.Column("minutes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cancel_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination_meeting")),
    )
    op.create_index(op.f("ix_coordination_meeting_starts_at"), "coordination_meeting", ["starts_at"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_agenda_item_follow_up_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["coordination_meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "follow_up_id", name=op.f("uq_agenda_item_meeting_id_follow_up_id")),
    )
    op.create_index(op.f("ix_agenda_item_follow_up_id"), "agenda_item", ["follow_up_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["coordination_meeting.id"], name=op.f("fk_meeting_attendance_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_meeting_attendance_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "organization_id", name=op.f("uq_meeting_attendance_meeting_id_organization_id")
        ),
    )
    op.create_index(
        op.f("ix_meeting_attendance_organization_id"), "meeting_attendance", ["organization_id"], unique=False
    )
    op.create_table(
        "commitment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_at", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_commitment_follow_up_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["coordination_meeting.id"], name=op.f("fk_commitment_meeting_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["organization.id"], name=op.f("fk_commitment_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    for column in ("due_at", "follow_up_id", "meeting_id", "owner_id"):
        op.create_index(op.f(f"ix_commitment_{column}"), "commitment", [column], unique=False)
    with op.batch_alter_table("policy_decision") as batch:
        batch.add_column(sa.Column("meeting_id", sa.Uuid(), nullable=True))
        batch.create_index(op.f("ix_policy_decision_meeting_id"), ["meeting_id"], unique=False)
        batch.create_foreign_key(op.f("fk_policy_decision_meeting_id"), "coordination_meeting", ["meeting_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("policy_decision") as batch:
        batch.drop_constraint(op.f("fk_policy_decision_meeting_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_policy_decision_meeting_id"))
        batch.drop_column("meeting_id")
    op.drop_table("commitment")
    op.drop_table("meeting_attendance")
    op.drop_table("agenda_item")
    op.drop_table("coordination_meeting")
