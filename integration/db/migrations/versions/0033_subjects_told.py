"""What a text tells of a described person beyond name and age, and what they were looked for by in vain.

Open reports from before texts were read are queued to be read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_subject", sa.Column("birth_date", sa.Date(), nullable=True))
    op.add_column("report_subject", sa.Column("certain", sa.Boolean(), nullable=True))
    op.add_column("report_subject", sa.Column("searched", sa.String(), nullable=True))
    op.execute(
        "INSERT INTO unexplored_report (report_id, tries) SELECT id, 0 FROM report WHERE status NOT IN"
        " ('REPLY_SENT', 'ARCHIVED', 'REJECTED', 'MERGED', 'WITHDRAWN')"
        " AND NOT EXISTS (SELECT 1 FROM report_suggestion WHERE report_suggestion.report_id = report.id)"
        " AND NOT EXISTS (SELECT 1 FROM unexplored_report WHERE unexplored_report.report_id = report.id)"
    )


def downgrade() -> None:
    for column in ("searched", "certain", "birth_date"):
        op.drop_column("report_subject", column)
