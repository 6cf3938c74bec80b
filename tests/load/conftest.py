"""The load runs against the same office as the procedure's tests."""

from tests.procedure.conftest import office, stage

__all__ = ["office", "stage"]
