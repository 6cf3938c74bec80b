"""What is said of an outcome from outside, and which matches an officer has ruled out."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("outcome_confirmed_at", UTCDateTime(), nullable=True))
    op.add_column("report", sa.Column("outcome_verified_at", UTCDateTime(), nullable=True))
    op.create_table(
        "match_rejection",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["report_subject.id"], name=op.f("fk_match_rejection_subject_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_match_rejection_person_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_match_rejection_staff_id")),
        sa.PrimaryKeyConstraint("subject_id", "person_id", name=op.f("pk_match_rejection")),
    )


def downgrade() -> None:
    op.drop_table("match_rejection")
    with op.batch_alter_table("report") as report:
        report.drop_column("outcome_verified_at")
        report.drop_column("outcome_confirmed_at")
