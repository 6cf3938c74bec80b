"""Staff, duty and accounts."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Text that sorts by code point on both databases.
ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", ORDERED_TEXT, nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("employment", sa.String(40), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("district_code", ORDERED_TEXT, nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["district_code"], ["region.code"], name=op.f("fk_staff_district_code")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_staff_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_index(op.f("ix_staff_district_code"), "staff", ["district_code"], unique=False)
    op.create_index(op.f("ix_staff_unit_id"), "staff", ["unit_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_account_organization_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("subject", name=op.f("uq_account_subject")),
    )
    op.create_index(op.f("ix_account_organization_id"), "account", ["organization_id"], unique=False)
    op.create_index(op.f("ix_account_staff_id"), "account", ["staff_id"], unique=False)
    op.create_table(
        "duty_shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("is_backup", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_duty_shift_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shift")),
    )
    op.create_index(op.f("ix_duty_shift_staff_id"), "duty_shift", ["staff_id"], unique=False)
    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "role", name=op.f("pk_staff_role")),
    )


def downgrade() -> None:
    op.drop_table("staff_role")
    op.drop_index(op.f("ix_duty_shift_staff_id"), table_name="duty_shift")
    op.drop_table("duty_shift")
    op.drop_index(op.f("ix_account_staff_id"), table_name="account")
    op.drop_index(op.f("ix_account_organization_id"), table_name="account")
    op.drop_table("account")
    op.drop_index(op.f("ix_staff_unit_id"), table_name="staff")
    op.drop_index(op.f("ix_staff_district_code"), table_name="staff")
    op.drop_table("staff")
