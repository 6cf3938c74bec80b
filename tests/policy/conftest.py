"""The office of the procedure's tests, for the policy loop."""

from tests.procedure.conftest import office, stage

__all__ = ["office", "stage"]
