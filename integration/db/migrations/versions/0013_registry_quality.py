"""Records without a day, whom a person was merged into, and what partners may and did ask of the registry."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Text that sorts by code point on both databases.
ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("registry_record") as record:
        record.alter_column("as_of", existing_type=sa.Date(), nullable=True)
        record.drop_index(op.f("ix_registry_record_release_id"))
    op.create_index(
        op.f("ix_registry_record_release_id_person_id"), "registry_record", ["release_id", "person_id"], unique=False
    )
    _merged_people()
    op.add_column("organization", sa.Column("agreement_number", sa.String(), nullable=True))
    op.add_column("organization", sa.Column("agreement_purposes", sa.String(), nullable=True))
    op.add_column("organization", sa.Column("agreement_valid_to", sa.Date(), nullable=True))
    op.create_table(
        "registry_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", ORDERED_TEXT, nullable=True),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_registry_use_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_use")),
    )
    op.create_index(op.f("ix_registry_use_at"), "registry_use", ["at"], unique=False)
    op.create_index(op.f("ix_registry_use_organization_id"), "registry_use", ["organization_id"], unique=False)


def _merged_people() -> None:
    # By hand: Alembic would build the table anew on SQLite, and everything points at it.
    kind = "UUID" if op.get_bind().dialect.name == "postgresql" else "CHAR(32)"
    op.execute(
        f"ALTER TABLE person ADD COLUMN merged_into_id {kind}"
        " CONSTRAINT fk_person_merged_into_id REFERENCES person (id)"
    )
    op.create_index(op.f("ix_person_merged_into_id"), "person", ["merged_into_id"], unique=False)
    op.create_table(
        "person_distinct",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_distinct_person_id")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_person_distinct_other_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_person_distinct_staff_id")),
        sa.PrimaryKeyConstraint("person_id", "other_id", name=op.f("pk_person_distinct")),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_registry_use_organization_id"), table_name="registry_use")
    op.drop_index(op.f("ix_registry_use_at"), table_name="registry_use")
    op.drop_table("registry_use")
    for column in ("agreement_valid_to", "agreement_purposes", "agreement_number"):
        op.drop_column("organization", column)
    op.drop_table("person_distinct")
    op.drop_index(op.f("ix_person_merged_into_id"), table_name="person")
    _forget_merging()
    op.drop_index(op.f("ix_registry_record_release_id_person_id"), table_name="registry_record")
    op.execute("UPDATE registry_record SET as_of = '1970-01-01' WHERE as_of IS NULL")
    with op.batch_alter_table("registry_record") as record:
        record.alter_column("as_of", existing_type=sa.Date(), nullable=False)
        record.create_index(op.f("ix_registry_record_release_id"), ["release_id"], unique=False)


def _forget_merging() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("person", "merged_into_id")
        return
    with op.batch_alter_table("person") as person:
        person.drop_column("merged_into_id")
