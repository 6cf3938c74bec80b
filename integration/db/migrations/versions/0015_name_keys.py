"""The keys people are found by, whatever spelling their name is given in; the worker writes those of people there."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Text that sorts by code point on both databases.
ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "person_name_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region_code", ORDERED_TEXT, nullable=False),
        sa.Column("birth_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_name_key_person_id")),
        sa.PrimaryKeyConstraint("key", "region_code", "birth_year", "person_id", name=op.f("pk_person_name_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_person_name_key_person_id"), "person_name_key", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_person_name_key_person_id"), table_name="person_name_key")
    op.drop_table("person_name_key")
