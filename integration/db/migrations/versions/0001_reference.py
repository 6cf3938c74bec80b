"""Reference data: regions, organizations, kinds of need and help, programmes, decrees and the nine steps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Text that sorts by code point on both databases.
ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "legal_basis",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", ORDERED_TEXT, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_basis")),
        sa.UniqueConstraint("code", name=op.f("uq_legal_basis_code")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", ORDERED_TEXT, nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("case_kinds", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["organization.id"], name=op.f("fk_organization_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("code", name=op.f("uq_organization_code")),
    )
    op.create_index(op.f("ix_organization_parent_id"), "organization", ["parent_id"], unique=False)
    op.create_table(
        "ppks_type",
        sa.Column("code", ORDERED_TEXT, nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("regency_group", sa.String(), nullable=True),
        sa.Column("data_class", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_ppks_type")),
    )
    op.create_table(
        "programme",
        sa.Column("code", ORDERED_TEXT, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_programme")),
    )
    op.create_table(
        "psks_type",
        sa.Column("code", ORDERED_TEXT, nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_psks_type")),
    )
    op.create_table(
        "region",
        sa.Column("code", ORDERED_TEXT, nullable=False),
        sa.Column("parent_code", ORDERED_TEXT, nullable=True),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", ORDERED_TEXT, nullable=False),
        sa.Column("former_parent_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["parent_code"], ["region.code"], name=op.f("fk_region_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_index(op.f("ix_region_parent_code"), "region", ["parent_code"], unique=False)
    op.create_table(
        "org_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", ORDERED_TEXT, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_org_unit_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_org_unit_code")),
    )
    op.create_index(op.f("ix_org_unit_organization_id"), "org_unit", ["organization_id"], unique=False)
    op.create_table(
        "region_alias",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_code", ORDERED_TEXT, nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_region_alias_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_alias")),
    )
    op.create_index(op.f("ix_region_alias_region_code"), "region_alias", ["region_code"], unique=False)
    op.create_table(
        "sop_step",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("legal_basis_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["legal_basis_id"], ["legal_basis.id"], name=op.f("fk_sop_step_legal_basis_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sop_step")),
    )


def downgrade() -> None:
    op.drop_table("sop_step")
    op.drop_index(op.f("ix_region_alias_region_code"), table_name="region_alias")
    op.drop_table("region_alias")
    op.drop_index(op.f("ix_org_unit_organization_id"), table_name="org_unit")
    op.drop_table("org_unit")
    op.drop_index(op.f("ix_region_parent_code"), table_name="region")
    op.drop_table("region")
    op.drop_table("psks_type")
    op.drop_table("programme")
    op.drop_table("ppks_type")
    op.drop_index(op.f("ix_organization_parent_id"), table_name="organization")
    op.drop_table("organization")
    op.drop_table("legal_basis")
