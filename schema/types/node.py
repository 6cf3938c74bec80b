"""What everything with a global id has in common."""

import strawberry


@strawberry.interface(description="Something that can be fetched again by its id alone, with `node` or `nodes`.")
class Node:
    id: strawberry.ID = strawberry.field(
        description="Opaque global id: keep it, compare it, send it back, never take it apart. It is no number of a "
        "person or a report (NIK, KK, nomor laporan)."
    )
