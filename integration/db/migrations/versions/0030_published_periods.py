"""The figures of periods that are over, fixed once."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "published_period",
        sa.Column("start", ORDERED, nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("fixed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("start", name=op.f("pk_published_period")),
    )
    op.create_table(
        "published_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period", ORDERED, nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("district_code", ORDERED, nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["period"], ["published_period.start"], name=op.f("fk_published_count_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_count")),
    )
    op.create_index(op.f("ix_published_count_period"), "published_count", ["period"], unique=False)


def downgrade() -> None:
    op.drop_table("published_count")
    op.drop_table("published_period")
