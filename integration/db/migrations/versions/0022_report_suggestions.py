"""What the texts of reports tell, kept as suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "report_suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("region_code", ORDERED, nullable=True),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_suggestion_report_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_report_suggestion_message_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_report_suggestion_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_suggestion")),
    )
    op.create_index(op.f("ix_report_suggestion_report_id"), "report_suggestion", ["report_id"], unique=False)
    op.create_index(op.f("ix_report_suggestion_message_id"), "report_suggestion", ["message_id"], unique=False)


def downgrade() -> None:
    op.drop_table("report_suggestion")
