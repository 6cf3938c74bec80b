"""Registry files brought over HTTP, in sealed pieces, and how often a worker has taken up a batch."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("workbook", sa.Boolean(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_upload")),
    )
    op.create_index(op.f("ix_import_upload_uploaded_by"), "import_upload", ["uploaded_by"], unique=False)
    op.create_index(op.f("ix_import_upload_expires_at"), "import_upload", ["expires_at"], unique=False)
    op.create_table(
        "import_part",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bytes_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["import_upload.id"], name=op.f("fk_import_part_upload_id")),
        sa.PrimaryKeyConstraint("upload_id", "number", name=op.f("pk_import_part")),
    )
    op.add_column("import_batch", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("import_batch") as batch:
        # What is there has a value now; from here on it must be said.
        batch.alter_column("attempts", server_default=None)
        # Nothing was ever written here.
        batch.drop_column("upload")
        batch.add_column(sa.Column("upload_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_column("upload_id")
        batch.add_column(sa.Column("upload", sa.String(), nullable=True))
        batch.drop_column("attempts")
    op.drop_table("import_part")
    op.drop_table("import_upload")
