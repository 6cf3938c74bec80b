"""What those are told of a signal, and of evidence, who may not see every report."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_SIGNAL: dict[str, Any] = {
    "told_at": UTCDateTime(),
    "told_count": sa.Integer(),
    "told_of": sa.Integer(),
    "told_why": sa.String(),
    "told_from": UTCDateTime(),
    "told_to": UTCDateTime(),
}
_EVIDENCE: dict[str, Any] = {
    "told_at": UTCDateTime(),
    "told_count": sa.Integer(),
    "told_of": sa.Integer(),
    "told_query": sa.String(),
    "told_query_hash": sa.String(),
    "told_description": sa.String(),
}


def upgrade() -> None:
    for name, columns in (("policy_signal", _SIGNAL), ("evidence_snapshot", _EVIDENCE)):
        with op.batch_alter_table(name) as batch:
            for column, kind in columns.items():
                batch.add_column(sa.Column(column, kind, nullable=True))


def downgrade() -> None:
    for name, columns in (("evidence_snapshot", _EVIDENCE), ("policy_signal", _SIGNAL)):
        with op.batch_alter_table(name) as batch:
            for column in reversed(columns):
                batch.drop_column(column)
