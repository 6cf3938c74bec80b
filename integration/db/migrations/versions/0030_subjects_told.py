"""What a text tells of a described person beyond name and age, and what they were looked for by in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_subject", sa.Column("birth_date", sa.Date(), nullable=True))
    op.add_column("report_subject", sa.Column("certain", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("report_subject", sa.Column("searched", sa.String(), nullable=True))


def downgrade() -> None:
    for column in ("searched", "certain", "birth_date"):
        op.drop_column("report_subject", column)
