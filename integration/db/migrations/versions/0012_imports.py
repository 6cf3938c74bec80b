"""Files of the registry on their way in, and what the registry's own numbers and places need beside its people."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("period", ORDERED_TEXT, nullable=False),
        sa.Column("supplement", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(), nullable=False),
        sa.Column("file_size", sa.BigInteger(), nullable=False),
        sa.Column("upload", sa.String(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("faulty_rows", sa.Integer(), nullable=False),
        sa.Column("refused_rows", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("staged_at", UTCDateTime(), nullable=True),
        sa.Column("applied_at", UTCDateTime(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("applied_by", sa.String(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("resolved_after", sa.Uuid(), nullable=True),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["registry_release.id"], name=op.f("fk_import_batch_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_file_hash"), "import_batch", ["file_hash"], unique=False)
    op.create_index("ix_import_batch_state", "import_batch", ["state"], unique=False)
    op.create_table(
        "import_rule_count",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("rule", ORDERED_TEXT, nullable=False),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_rule_count_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "rule", name=op.f("pk_import_rule_count")),
    )
    op.create_table(
        "import_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("value_class", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_finding_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_finding")),
    )
    op.create_index("ix_import_finding_batch_id_row", "import_finding", ["batch_id", "row"], unique=False)
    op.create_index(op.f("ix_import_finding_person_id"), "import_finding", ["person_id"], unique=False)
    op.create_table(
        "import_faulty",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_faulty_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "row", name=op.f("pk_import_faulty")),
    )
    op.create_table(
        "import_staged",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("person_key", sa.LargeBinary(), nullable=True),
        sa.Column("household_key", sa.LargeBinary(), nullable=True),
        sa.Column("family_index", sa.LargeBinary(), nullable=True),
        sa.Column("kk_index", sa.LargeBinary(), nullable=True),
        sa.Column("kk_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("nik_index", sa.LargeBinary(), nullable=True),
        sa.Column("nik_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("nik_agrees", sa.Boolean(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", ORDERED_TEXT, nullable=False),
        sa.Column("sex", sa.String(40), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("region_code", ORDERED_TEXT, nullable=True),
        sa.Column("deceased", sa.Boolean(), nullable=True),
        sa.Column("relation", sa.Integer(), nullable=False),
        sa.Column("desil", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("validity", sa.String(40), nullable=False),
        sa.Column("enrolled", sa.Integer(), nullable=False),
        sa.Column("not_enrolled", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_staged_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "row", name=op.f("pk_import_staged")),
    )
    for column in ("nik_index", "person_key", "family_index"):
        op.create_index(f"ix_import_staged_batch_id_{column}", "import_staged", ["batch_id", column], unique=False)
    op.add_column("person", sa.Column("registry_index", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_person_registry_index"), "person", ["registry_index"], unique=False)
    op.add_column("family", sa.Column("household_index", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_family_household_index"), "family", ["household_index"], unique=False)
    with op.batch_alter_table("registry_record") as record:
        record.add_column(sa.Column("region_code", ORDERED_TEXT, nullable=True))
        record.add_column(sa.Column("validity", sa.String(40), nullable=True))
        record.create_foreign_key(op.f("fk_registry_record_region_code"), "region", ["region_code"], ["code"])


def downgrade() -> None:
    with op.batch_alter_table("registry_record") as record:
        record.drop_constraint(op.f("fk_registry_record_region_code"), type_="foreignkey")
        record.drop_column("validity")
        record.drop_column("region_code")
    op.drop_index(op.f("ix_family_household_index"), table_name="family")
    op.drop_index(op.f("ix_person_registry_index"), table_name="person")
    with op.batch_alter_table("family") as family:
        family.drop_column("household_index")
    with op.batch_alter_table("person") as person:
        person.drop_column("registry_index")
    for table in ("import_staged", "import_faulty", "import_finding", "import_rule_count", "import_batch"):
        op.drop_table(table)
