"""What the nine steps leave behind: dispositions, actions, replies, and where a merged report came from."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("merged_from", sa.String(length=40), nullable=True))
    op.add_column("report", sa.Column("merged_at", UTCDateTime(), nullable=True))
    op.create_table(
        "disposition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("from_staff_id", sa.Uuid(), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("instruction_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_disposition_report_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["disposition.id"], name=op.f("fk_disposition_parent_id")),
        sa.ForeignKeyConstraint(["from_staff_id"], ["staff.id"], name=op.f("fk_disposition_from_staff_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_disposition_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
    )
    op.create_index(op.f("ix_disposition_report_id"), "disposition", ["report_id"], unique=False)
    op.create_table(
        "follow_up_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_follow_up_action_report_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_follow_up_action_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_action")),
    )
    op.create_index(op.f("ix_follow_up_action_report_id"), "follow_up_action", ["report_id"], unique=False)
    op.create_table(
        "reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("drafter_id", sa.Uuid(), nullable=True),
        sa.Column("drafted_at", UTCDateTime(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_reply_report_id")),
        sa.ForeignKeyConstraint(["drafter_id"], ["staff.id"], name=op.f("fk_reply_drafter_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["staff.id"], name=op.f("fk_reply_sender_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_reply_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_report_id"), "reply", ["report_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reply")
    op.drop_table("follow_up_action")
    op.drop_table("disposition")
    with op.batch_alter_table("report") as report:
        report.drop_column("merged_at")
        report.drop_column("merged_from")
