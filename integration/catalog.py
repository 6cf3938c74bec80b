"""Every view of the house by its noun: all that can be read."""

from collections.abc import Mapping

from integration.access.view import VIEWS as ACCESS
from integration.assignments.view import VIEWS as ASSIGNMENTS
from integration.awards.view import VIEWS as AWARDS
from integration.meetings.view import VIEWS as MEETINGS
from integration.organizations.view import VIEWS as ORGANIZATIONS
from integration.outreach.view import VIEWS as OUTREACH
from integration.people.view import VIEWS as PEOPLE
from integration.policy.view import VIEWS as POLICY
from integration.ppks.view import VIEWS as PPKS
from integration.psks.view import VIEWS as PSKS
from integration.reading.view import View
from integration.regions.view import VIEWS as REGIONS
from integration.registry.changes import VIEWS as REGISTRY_CHANGES
from integration.registry.importing.view import VIEWS as IMPORTS
from integration.registry.view import VIEWS as REGISTRY
from integration.reports.view import VIEWS as REPORTS
from integration.sop.view import VIEWS as SOP
from integration.staff.view import VIEWS as STAFF
from integration.statistics.view import VIEWS as STATISTICS
from integration.verval.batch_view import VIEWS as BATCHES
from integration.verval.view import VIEWS as VERVAL

CATALOG: Mapping[str, View] = {
    view.noun: view
    for views in (
        ACCESS,
        ASSIGNMENTS,
        AWARDS,
        IMPORTS,
        ORGANIZATIONS,
        OUTREACH,
        PEOPLE,
        POLICY,
        MEETINGS,
        PPKS,
        PSKS,
        REGIONS,
        REGISTRY,
        REGISTRY_CHANGES,
        REPORTS,
        SOP,
        STAFF,
        STATISTICS,
        VERVAL,
        BATCHES,
    )
    for view in views
}
