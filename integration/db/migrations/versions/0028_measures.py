"""Minimum service standards, numbers of people, outreach in more detail, welfare resources, awards."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _services()
    op.create_table(
        "population",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_code", ORDERED, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source", ORDERED, nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=True),
        sa.Column("recorded_by_staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("source <> '' AND people > 0", name=op.f("ck_population_provenance")),
        sa.ForeignKeyConstraint(
            ["recorded_by_staff_id"], ["staff.id"], name=op.f("fk_population_recorded_by_staff_id")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_population_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population")),
    )
    op.create_index(op.f("ix_population_region_code"), "population", ["region_code"], unique=False)
    with op.batch_alter_table("outreach_activity") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="OTHER"))
        batch.add_column(sa.Column("recorded_at", UTCDateTime(), nullable=True))
        batch.add_column(sa.Column("recorded_by_staff_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_outreach_activity_recorded_by_staff_id"), "staff", ["recorded_by_staff_id"], ["id"]
        )
    # What is there has a kind now; from here on it must be said.
    with op.batch_alter_table("outreach_activity") as batch:
        batch.alter_column("kind", server_default=None)
    _resources()
    op.create_table(
        "award",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period", ORDERED, nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("region_code", ORDERED, nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("formula", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("granted_at", UTCDateTime(), nullable=False),
        sa.Column("granted_by_staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(region_code IS NULL) <> (organization_id IS NULL)", name=op.f("ck_award_recipient")),
        sa.ForeignKeyConstraint(["granted_by_staff_id"], ["staff.id"], name=op.f("fk_award_granted_by_staff_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_award_organization_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_award_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("period", "subject", "rank", name=op.f("uq_award_period_subject_rank")),
    )
    op.create_index(op.f("ix_award_organization_id"), "award", ["organization_id"], unique=False)
    op.create_index(op.f("ix_award_region_code"), "award", ["region_code"], unique=False)


def _resources() -> None:
    op.create_table(
        "psks_resource",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("type_code", ORDERED, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", ORDERED, nullable=False),
        sa.Column("region_code", ORDERED, nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("open_key", ORDERED, nullable=True),
        sa.Column("source", ORDERED, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("source <> ''", name=op.f("ck_psks_resource_provenance")),
        sa.ForeignKeyConstraint(
            ["recorded_by_staff_id"], ["staff.id"], name=op.f("fk_psks_resource_recorded_by_staff_id")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_psks_resource_region_code")),
        sa.ForeignKeyConstraint(["type_code"], ["psks_type.code"], name=op.f("fk_psks_resource_type_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_psks_resource")),
        sa.UniqueConstraint("open_key", name=op.f("uq_psks_resource_open_key")),
    )
    for column in ("name_key", "region_code", "type_code"):
        op.create_index(op.f(f"ix_psks_resource_{column}"), "psks_resource", [column], unique=False)
    op.create_table(
        "psks_stocktake",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_code", ORDERED, nullable=False),
        sa.Column("type_code", ORDERED, nullable=False),
        sa.Column("source", ORDERED, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("source <> ''", name=op.f("ck_psks_stocktake_provenance")),
        sa.ForeignKeyConstraint(
            ["recorded_by_staff_id"], ["staff.id"], name=op.f("fk_psks_stocktake_recorded_by_staff_id")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_psks_stocktake_region_code")),
        sa.ForeignKeyConstraint(["type_code"], ["psks_type.code"], name=op.f("fk_psks_stocktake_type_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_psks_stocktake")),
    )
    op.create_index(op.f("ix_psks_stocktake_region_code"), "psks_stocktake", ["region_code"], unique=False)


def _services() -> None:
    op.create_table(
        "spm_service",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("regency_group", sa.String(), nullable=False),
        sa.Column("legal_basis_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["legal_basis_id"], ["legal_basis.id"], name=op.f("fk_spm_service_legal_basis_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_spm_service")),
    )
    op.create_table(
        "spm_target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("served", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", ORDERED, nullable=False),
        sa.Column("collected_by", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "source <> '' AND collected_by <> '' AND method <> ''", name=op.f("ck_spm_target_provenance")
        ),
        sa.CheckConstraint("month BETWEEN 0 AND 12", name=op.f("ck_spm_target_month")),
        sa.CheckConstraint("target >= 0 AND served >= 0", name=op.f("ck_spm_target_counts")),
        sa.ForeignKeyConstraint(
            ["recorded_by_staff_id"], ["staff.id"], name=op.f("fk_spm_target_recorded_by_staff_id")
        ),
        sa.ForeignKeyConstraint(["service_code"], ["spm_service.code"], name=op.f("fk_spm_target_service_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spm_target")),
    )
    op.create_index(op.f("ix_spm_target_year"), "spm_target", ["year"], unique=False)


def downgrade() -> None:
    for table in ("award", "psks_stocktake", "psks_resource"):
        op.drop_table(table)
    with op.batch_alter_table("outreach_activity") as batch:
        batch.drop_constraint(op.f("fk_outreach_activity_recorded_by_staff_id"), type_="foreignkey")
        batch.drop_column("recorded_by_staff_id")
        batch.drop_column("recorded_at")
        batch.drop_column("kind")
    op.drop_table("population")
    op.drop_index(op.f("ix_spm_target_year"), table_name="spm_target")
    op.drop_table("spm_target")
    op.drop_table("spm_service")
