"""The office of the procedure's tests, for statistics."""

from tests.procedure.conftest import office, stage

__all__ = ["office", "stage"]
