"""What a policy follow-up belongs to (plan, legal basis, agencies that help), and evidence of other kinds."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "planning_document",
        sa.Column("code", ORDERED, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=True),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_planning_document")),
    )
    op.create_table(
        "policy_follow_up_support",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["policy_follow_up.id"], name=op.f("fk_policy_follow_up_support_follow_up_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_policy_follow_up_support_organization_id")
        ),
        sa.PrimaryKeyConstraint("follow_up_id", "organization_id", name=op.f("pk_policy_follow_up_support")),
    )
    op.create_index(
        op.f("ix_policy_follow_up_support_organization_id"),
        "policy_follow_up_support",
        ["organization_id"],
        unique=False,
    )
    with op.batch_alter_table("policy_follow_up") as batch:
        batch.add_column(sa.Column("planning_document_code", ORDERED, nullable=True))
        batch.add_column(sa.Column("plan_item", sa.String(), nullable=True))
        batch.add_column(sa.Column("legal_basis_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_policy_follow_up_planning_document_code"),
            "planning_document",
            ["planning_document_code"],
            ["code"],
        )
        batch.create_foreign_key(op.f("fk_policy_follow_up_legal_basis_id"), "legal_basis", ["legal_basis_id"], ["id"])
    with op.batch_alter_table("evidence_snapshot") as batch:
        # Until now reports were all that was counted, but for signals about units and the registry.
        batch.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="REPORTS"))
        batch.add_column(sa.Column("of", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE evidence_snapshot SET kind = 'LATE_STEPS' WHERE signal_id IN (SELECT s.id FROM policy_signal s "
        "JOIN signal_rule r ON r.code = s.rule_code WHERE r.kind = 'UNIT_BREACHES')"
    )
    op.execute(
        "UPDATE evidence_snapshot SET kind = 'STALE_REGISTRY' WHERE signal_id IN (SELECT s.id FROM policy_signal s "
        "JOIN signal_rule r ON r.code = s.rule_code WHERE r.kind = 'REGISTRY_STALE')"
    )
    with op.batch_alter_table("evidence_snapshot") as batch:
        batch.alter_column("kind", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("evidence_snapshot") as batch:
        batch.drop_column("of")
        batch.drop_column("kind")
    with op.batch_alter_table("policy_follow_up") as batch:
        batch.drop_constraint(op.f("fk_policy_follow_up_legal_basis_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_policy_follow_up_planning_document_code"), type_="foreignkey")
        batch.drop_column("legal_basis_id")
        batch.drop_column("plan_item")
        batch.drop_column("planning_document_code")
    op.drop_table("policy_follow_up_support")
    op.drop_table("planning_document")
