"""Find what points at a row: reports merged into one, and the sheets and hand-overs of an assignment."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_report_merged_into_id", "report", ["merged_into_id"])
    op.create_index("ix_disposition_parent_id", "disposition", ["parent_id"])
    op.create_index("ix_disposition_assignment_id", "disposition", ["assignment_id"])
    op.create_index("ix_hand_over_assignment_id", "hand_over", ["assignment_id"])


def downgrade() -> None:
    op.drop_index("ix_hand_over_assignment_id", table_name="hand_over")
    op.drop_index("ix_disposition_assignment_id", table_name="disposition")
    op.drop_index("ix_disposition_parent_id", table_name="disposition")
    op.drop_index("ix_report_merged_into_id", table_name="report")
