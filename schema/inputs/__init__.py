"""What a client can send: filters, and one input per act."""

# Before anything else, as in schema/types: codes are published before an input names them.
from schema.types import enums

__all__ = ["enums"]
