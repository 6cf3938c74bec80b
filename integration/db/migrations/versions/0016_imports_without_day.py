"""A row of an import may come without a day, and the lines of a file wait until it is known which have faults."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("import_staged") as staged:
        staged.alter_column("as_of", existing_type=sa.Date(), nullable=True)
    op.create_table(
        "import_lines",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_lines_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "row", name=op.f("pk_import_lines")),
    )


def downgrade() -> None:
    op.drop_table("import_lines")
    op.execute("DELETE FROM import_staged WHERE as_of IS NULL")
    with op.batch_alter_table("import_staged") as staged:
        staged.alter_column("as_of", existing_type=sa.Date(), nullable=False)
