"""Who brings printed tables in, and sees them before they are accepted."""

from integration.access.viewer import WHOLE_OFFICE
from integration.codes import Role

STAGERS = WHOLE_OFFICE | {Role.ANALYST}
