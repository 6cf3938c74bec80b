"""The office of the procedure's tests, for what is counted and recorded about the whole regency."""

from tests.procedure.conftest import office, stage

__all__ = ["office", "stage"]
