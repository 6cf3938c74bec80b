"""Series of statistics with their figures, and printed tables with what was found in them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
PROVENANCE = "length(trim(source)) > 0 AND length(trim(collected_by)) > 0 AND length(trim(method)) > 0"


def _about() -> list[sa.Column[object]]:
    names = ("title", "title_en", "concept", "definition", "classification", "measure", "unit", "source")
    return [sa.Column(name, sa.String(), nullable=False) for name in (*names, "collected_by", "method", "licence")]


def upgrade() -> None:
    op.create_table(
        "printed_table",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_code", ORDERED, nullable=False),
        *_about(),
        sa.Column("about_people", sa.Boolean(), nullable=False),
        sa.Column("columns", sa.String(length=40), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("tolerance", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.CheckConstraint(PROVENANCE, name="ck_printed_table_provenance"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_table")),
    )
    op.create_index("ix_printed_table_series_code", "printed_table", ["series_code"], unique=False)
    op.create_table(
        "table_finding",
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("row", sa.String(), nullable=True),
        sa.Column("column", sa.String(), nullable=True),
        sa.Column("expected", sa.String(), nullable=True),
        sa.Column("printed", sa.String(), nullable=True),
        sa.Column("difference", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("message_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["table_id"], ["printed_table.id"], name=op.f("fk_table_finding_table_id")),
        sa.PrimaryKeyConstraint("table_id", "place", name=op.f("pk_table_finding")),
    )
    op.create_table(
        "statistic_series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", ORDERED, nullable=False),
        *_about(),
        sa.Column("about_people", sa.Boolean(), nullable=False),
        sa.Column("formula", sa.String(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("table_id", sa.Uuid(), nullable=True),
        sa.Column("loaded", sa.String(), nullable=True),
        sa.CheckConstraint(PROVENANCE, name="ck_statistic_series_provenance"),
        sa.ForeignKeyConstraint(["table_id"], ["printed_table.id"], name=op.f("fk_statistic_series_table_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistic_series")),
        sa.UniqueConstraint("code", name=op.f("uq_statistic_series_code")),
    )
    op.create_index(op.f("ix_statistic_series_table_id"), "statistic_series", ["table_id"], unique=False)
    _values()


def _values() -> None:
    op.create_table(
        "statistic_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("region_code", ORDERED, nullable=True),
        sa.Column("row_group", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("gap", sa.String(length=40), nullable=True),
        sa.Column("doubts", sa.String(), nullable=False),
        sa.Column("working", sa.String(), nullable=True),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("table_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(state = 'KNOWN') = (value IS NOT NULL)", name="ck_statistic_value_known"),
        sa.CheckConstraint("(state = 'UNKNOWN') = (gap IS NOT NULL)", name="ck_statistic_value_unknown"),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_statistic_value_region_code")),
        sa.ForeignKeyConstraint(["series_id"], ["statistic_series.id"], name=op.f("fk_statistic_value_series_id")),
        sa.ForeignKeyConstraint(["table_id"], ["printed_table.id"], name=op.f("fk_statistic_value_table_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistic_value")),
        sa.UniqueConstraint("series_id", "key", name=op.f("uq_statistic_value_series_id_key")),
    )
    op.create_index(op.f("ix_statistic_value_region_code"), "statistic_value", ["region_code"], unique=False)
    op.create_index(op.f("ix_statistic_value_table_id"), "statistic_value", ["table_id"], unique=False)


def downgrade() -> None:
    for table in ("statistic_value", "statistic_series", "table_finding", "printed_table"):
        op.drop_table(table)
