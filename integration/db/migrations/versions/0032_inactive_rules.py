"""Rules of signals that are not looked at, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("signal_rule") as batch:
        batch.add_column(sa.Column("inactive", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("signal_rule") as batch:
        batch.drop_column("inactive")
