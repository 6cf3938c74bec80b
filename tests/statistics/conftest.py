"""The office of the procedure's tests, for statistics, and askers over quarters that are over."""

from tests.procedure.conftest import office, stage
from tests.statistics.asking import asker

__all__ = ["asker", "office", "stage"]
