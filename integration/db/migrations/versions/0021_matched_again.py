"""How far undecided subjects of reports have been looked for again after an import."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_subject", sa.Column("matched_imports", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("report_subject", "matched_imports")
