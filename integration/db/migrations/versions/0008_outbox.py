"""Sending: whom a message is for (blind indexes), the attempt under way, what WhatsApp made of it, all attempts."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("user_index", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("phone_index", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("provider_id", sa.String(), nullable=True))
        table.add_column(sa.Column("form", sa.String(40), nullable=True))
        table.add_column(sa.Column("attempt_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("doubtful_since", UTCDateTime(), nullable=True))
        table.add_column(sa.Column("refused_at", UTCDateTime(), nullable=True))
    op.create_index(op.f("ix_outbox_user_index"), "outbox", ["user_index"], unique=False)
    op.create_index(op.f("ix_outbox_phone_index"), "outbox", ["phone_index"], unique=False)
    op.create_table(
        "outbox_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outbox_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_outbox_attempt_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_attempt")),
    )
    op.create_index(op.f("ix_outbox_attempt_outbox_id"), "outbox_attempt", ["outbox_id"], unique=False)
    op.create_index(op.f("ix_outbox_attempt_provider_id"), "outbox_attempt", ["provider_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_attempt_provider_id"), table_name="outbox_attempt")
    op.drop_index(op.f("ix_outbox_attempt_outbox_id"), table_name="outbox_attempt")
    op.drop_table("outbox_attempt")
    op.drop_index(op.f("ix_outbox_phone_index"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_user_index"), table_name="outbox")
    with op.batch_alter_table("outbox") as table:
        for column in (
            "refused_at",
            "doubtful_since",
            "attempt_id",
            "form",
            "provider_id",
            "phone_index",
            "user_index",
        ):
            table.drop_column(column)
