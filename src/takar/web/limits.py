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
        now = time.monotonic()
        with self._lock:
            times = self._asked.setdefault(address, deque())
            self._asked.move_to_end(address)
            while len(self._asked) > self.remembered:
                self._asked.popitem(last=False)
            while times and now - times[0] > self.seconds:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            return True
