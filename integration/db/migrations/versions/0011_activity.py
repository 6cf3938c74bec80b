"""Find quickly when a member of staff last did something."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_event_actor_staff_id_at", "event", ["actor_staff_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_event_actor_staff_id_at", table_name="event")
