"""Reports whose people are looked for after they were taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unexplored_report",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_unexplored_report_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_unexplored_report")),
    )


def downgrade() -> None:
    op.drop_table("unexplored_report")
