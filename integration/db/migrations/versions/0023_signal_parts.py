"""What else a signal may be about, what it counted, and clocks found by the day they fall due."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("policy_signal") as batch:
        batch.add_column(sa.Column("organization_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("topic", ORDERED, nullable=True))
        batch.add_column(sa.Column("members_hash", sa.String(), nullable=True))
        batch.create_foreign_key(op.f("fk_policy_signal_organization_id"), "organization", ["organization_id"], ["id"])
    op.create_index(op.f("ix_clock_due_at"), "clock", ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_clock_due_at"), table_name="clock")
    with op.batch_alter_table("policy_signal") as batch:
        batch.drop_constraint(op.f("fk_policy_signal_organization_id"), type_="foreignkey")
        batch.drop_column("members_hash")
        batch.drop_column("topic")
        batch.drop_column("organization_id")
