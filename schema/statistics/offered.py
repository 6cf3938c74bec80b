"""All answers that are also given as files, by name."""

from collections.abc import Mapping

from schema.statistics.measures import MEASURES
from schema.statistics.twins import TWINS as OTHERS
from schema.statistics.twins import Twin

TWINS: Mapping[str, Twin] = {**OTHERS, **{twin.name: twin for twin in MEASURES}}
