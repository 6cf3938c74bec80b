"""Everything that can be done: one act each, with one input, answered at once."""

import strawberry

from schema.measure_acts import MeasureMutation
from schema.policy_acts import PolicyMutation
from schema.registry_acts import RegistryMutation
from schema.report_acts import ReportMutation


# The last base is published first: whoever reads from the top begins with the report.
@strawberry.type(
    description="Everything that can be done. Each act is a mutation of its own, named after its noun; it either "
    "happens completely or not at all, and a refusal is in the payload's `errors`."
)
class Mutation(MeasureMutation, PolicyMutation, RegistryMutation, ReportMutation):
    pass
