"""The one schema. It is built once, at import: a second one from the same classes would share their fields."""

from strawberry.federation import Schema
from strawberry.schema.config import StrawberryConfig

from schema.mutation import Mutation
from schema.query import Query
from schema.types.assignment import Assignment
from schema.types.imports import ImportBatch
from schema.types.meeting import Commitment, CoordinationMeeting
from schema.types.organization import Organization
from schema.types.outreach import OutreachActivity
from schema.types.person import Family, Person
from schema.types.policy import PolicyFollowUp, PolicySignal
from schema.types.psks import PsksResource
from schema.types.registry import RegistryRelease
from schema.types.report import Report
from schema.types.scalars import SCALARS
from schema.types.scoreboard import Award
from schema.types.series import PrintedTable, StatisticSeries
from schema.types.staff import StaffMember
from schema.types.verval import VervalBatch, VervalProposal

NODES = (
    Assignment,
    Commitment,
    CoordinationMeeting,
    Award,
    Family,
    ImportBatch,
    Organization,
    OutreachActivity,
    Person,
    PolicyFollowUp,
    PolicySignal,
    PrintedTable,
    PsksResource,
    RegistryRelease,
    Report,
    StaffMember,
    StatisticSeries,
    VervalBatch,
    VervalProposal,
)

# Never `sort_schema`: it makes copies of the types, and unions are then looked up by identity in vain.
schema = Schema(
    query=Query,
    mutation=Mutation,
    types=NODES,
    config=StrawberryConfig(auto_camel_case=True, scalar_map=SCALARS),
)
