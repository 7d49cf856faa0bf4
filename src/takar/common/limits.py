"""How often one address may ask, counted in this process: for reads, which write nothing."""

import time
from collections import OrderedDict, deque
from threading import Lock


class Window:
    """At most `most` in `seconds` for each address; the addresses seen longest ago are forgotten first."""

    def __init__(self, most: int, seconds: float, remembered: int = 10_000) -> None:
        self.most, self.seconds, self.remembered = most, seconds, remembered
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Count one more, unless there were too many."""
        with self._lock:
            times = self._times(address)
            self._asked.move_to_end(address)
            if len(times) >= self.most:
                return False
            times.append(time.monotonic())
            return True

    def is_full(self, address: str) -> bool:
        """Whether there were too many, without counting."""
        with self._lock:
            return len(self._times(address)) >= self.most

    def forget(self) -> None:
        with self._lock:
            self._asked.clear()

    def _times(self, address: str) -> deque[float]:
        now = time.monotonic()
        times = self._asked.setdefault(address, deque())
        while len(self._asked) > self.remembered:
            self._asked.popitem(last=False)
        while times and now - times[0] > self.seconds:
            times.popleft()
        return times
