"""Every table of the house in one import, for migrations and for tests that look at the whole."""

from sqlmodel import SQLModel

from integration.access import tables as access
from integration.assignments import tables as assignments
from integration.awards import tables as awards
from integration.clocks import tables as clocks
from integration.events import tables as events
from integration.matching import tables as matching
from integration.meetings import tables as meetings
from integration.organizations import tables as organizations
from integration.people import tables as people
from integration.policy import tables as policy
from integration.ppks import tables as ppks
from integration.psks import tables as psks
from integration.regions import tables as regions
from integration.registry import tables as registry
from integration.registry.importing import tables as importing
from integration.reports import procedure, published_tables
from integration.reports import tables as reports
from integration.routing import tables as routing
from integration.sop import tables as sop
from integration.spm import tables as spm
from integration.staff import tables as staff
from integration.statistics import tables as statistics
from integration.verval import tables as verval

MODULES = (
    access,
    assignments,
    awards,
    clocks,
    events,
    meetings,
    organizations,
    people,
    policy,
    ppks,
    psks,
    regions,
    registry,
    importing,
    matching,
    procedure,
    published_tables,
    reports,
    routing,
    sop,
    spm,
    staff,
    statistics,
    verval,
)
TABLES: tuple[type[SQLModel], ...] = tuple(
    row
    for module in MODULES
    for row in vars(module).values()
    if isinstance(row, type) and issubclass(row, SQLModel) and row.__module__ == module.__name__
)
