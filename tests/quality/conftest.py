"""The desk at work on the registry."""

from tests.partners.conftest import partner

__all__ = ["partner"]
