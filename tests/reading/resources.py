"""Outreach, welfare resources and awards for the second reader: which rows belong together, in which order."""

from tests.reading.listing import by

OUTREACH = by("heldOn DESC", "held_on", descending=True)
RESOURCES = by("name", "name_key")
AWARDS = by("period DESC", "period", descending=True)

TO_ONE = {
    "OutreachActivity.region": ("Region", "region_code"),
    "PsksResource.region": ("Region", "region_code"),
    "PsksResource.type": ("PsksType", "type_code"),
    "Award.region": ("Region", "region_code"),
    "Award.organization": ("Organization", "organization_id"),
}
