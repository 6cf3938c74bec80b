"""The types a client sees. No resolver, no I/O."""

# Before anything else: a type that names a code which is not published yet could not be built.
from schema.types import enums

__all__ = ["enums"]
