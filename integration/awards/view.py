"""How awards are read: by everyone, newest period first."""

from integration.access.masks import mask_text
from integration.awards.codes import ScoreboardSubject
from integration.awards.tables import AwardRow
from integration.reading.filters import code_of, on
from integration.reading.view import (
    ID,
    Kind,
    Leaf,
    Many,
    One,
    OrderKey,
    View,
    by,
    code,
    integer,
    moment,
    number,
    relay_id,
    table,
    text,
)

award = View(
    "Award",
    table(AwardRow),
    visible=None,
    fields={
        "id": relay_id("Award"),
        "period": text("period"),
        "subject": code(ScoreboardSubject, "subject"),
        "rank": integer("rank"),
        "score": number("score"),
        "formula": text("formula"),
        "note": Leaf("note", Kind.TEXT, step=mask_text),
        "grantedAt": moment("granted_at"),
    },
    edges={
        "region": One("Region", "region_code", "code"),
        "organization": One("Organization", "organization_id"),
    },
    roots={
        "awards": Many(
            "Award",
            order=by("period", OrderKey("period", Kind.TEXT), ID, descending=True),
            paged=True,
            filters={"subject": code_of(on("subject"))},
        )
    },
)
VIEWS = (award,)
