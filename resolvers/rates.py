"""How often somebody may ask what anybody can ask. Counted in memory, so for each process of its own: behind several,
an allowance is as many times as large, which is still far too little to guess a code."""

from functools import cached_property
from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter


class Rates:
    """The counters of one process. What is counted under is forgotten when its time is over."""

    @cached_property
    def _limiter(self) -> SlidingWindowCounterRateLimiter:
        # Made when first needed: it starts a thread.
        return SlidingWindowCounterRateLimiter(MemoryStorage())

    def take(self, name: str, per_minute: int, key: str, count: int = 1) -> int | None:
        """Count so many more; None if all are within the allowance, else the seconds to wait (and none is counted)."""
        item = RateLimitItemPerMinute(per_minute)
        if self._limiter.hit(item, name, key, cost=count):
            return None
        return max(1, ceil(self._limiter.get_window_stats(item, name, key).reset_time - time()))
