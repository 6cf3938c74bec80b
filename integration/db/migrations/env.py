"""Alembic's entry: runs the revisions on the connection, and in the transaction, of `integration.db.migrate`."""

from alembic import context

from integration.db.base import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite changes a table by building it anew; on PostgreSQL this is a plain ALTER.
    render_as_batch=True,
    # All revisions or none, also on SQLite: whoever opened the connection holds the transaction.
    transactional_ddl=True,
)
context.run_migrations()
