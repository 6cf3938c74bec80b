"""The office of the procedure's tests, for its meetings."""

from tests.procedure.conftest import office, stage

__all__ = ["office", "stage"]
