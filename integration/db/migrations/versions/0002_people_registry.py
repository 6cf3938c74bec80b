"""People, families and the welfare registry."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Text that sorts by code point on both databases.
ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "registry_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("period", ORDERED_TEXT, nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["registry_release.id"], name=op.f("fk_registry_release_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_release")),
    )
    op.create_table(
        "family",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kk_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kk_index", sa.LargeBinary(), nullable=True),
        sa.Column("region_code", ORDERED_TEXT, nullable=True),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_family_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
    )
    op.create_index(op.f("ix_family_kk_index"), "family", ["kk_index"], unique=False)
    op.create_index(op.f("ix_family_region_code"), "family", ["region_code"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", ORDERED_TEXT, nullable=False),
        sa.Column("nik_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("nik_index", sa.LargeBinary(), nullable=True),
        sa.Column("sex", sa.String(40), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("region_code", ORDERED_TEXT, nullable=True),
        sa.Column("deceased", sa.Boolean(), nullable=True),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("family_order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_person_family_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_person_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_family_id"), "person", ["family_id"], unique=False)
    op.create_index(op.f("ix_person_name_key"), "person", ["name_key"], unique=False)
    op.create_index(op.f("ix_person_nik_index"), "person", ["nik_index"], unique=False)
    op.create_index(op.f("ix_person_region_code"), "person", ["region_code"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("programme_code", ORDERED_TEXT, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(["programme_code"], ["programme.code"], name=op.f("fk_enrolment_programme_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    op.create_index(op.f("ix_enrolment_person_id"), "enrolment", ["person_id"], unique=False)
    op.create_index(op.f("ix_enrolment_programme_code"), "enrolment", ["programme_code"], unique=False)
    op.create_table(
        "person_ppks",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ppks_code", ORDERED_TEXT, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_ppks_person_id")),
        sa.ForeignKeyConstraint(["ppks_code"], ["ppks_type.code"], name=op.f("fk_person_ppks_ppks_code")),
        sa.PrimaryKeyConstraint("person_id", "ppks_code", name=op.f("pk_person_ppks")),
    )
    op.create_table(
        "registry_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("desil", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registry_record_person_id")),
        sa.ForeignKeyConstraint(["release_id"], ["registry_release.id"], name=op.f("fk_registry_record_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_record")),
    )
    op.create_index(op.f("ix_registry_record_person_id"), "registry_record", ["person_id"], unique=False)
    op.create_index(op.f("ix_registry_record_release_id"), "registry_record", ["release_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_registry_record_release_id"), table_name="registry_record")
    op.drop_index(op.f("ix_registry_record_person_id"), table_name="registry_record")
    op.drop_table("registry_record")
    op.drop_table("person_ppks")
    op.drop_index(op.f("ix_enrolment_programme_code"), table_name="enrolment")
    op.drop_index(op.f("ix_enrolment_person_id"), table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_index(op.f("ix_person_region_code"), table_name="person")
    op.drop_index(op.f("ix_person_nik_index"), table_name="person")
    op.drop_index(op.f("ix_person_name_key"), table_name="person")
    op.drop_index(op.f("ix_person_family_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_family_region_code"), table_name="family")
    op.drop_index(op.f("ix_family_kk_index"), table_name="family")
    op.drop_table("family")
    op.drop_table("registry_release")
