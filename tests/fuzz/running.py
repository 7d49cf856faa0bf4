"""One target run over so many examples, or for so long."""

import resource
import time
import warnings
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import target as aim
from hypothesis.errors import HypothesisWarning
from tests.fuzz.targets import Target

MOST_MEGABYTES = 1500


def run(target: Target, examples: int, start: int, still: Callable[[], bool] = lambda: True) -> Counter[str]:
    """Raises with the smallest example that comes out as anything but taken or refused in words."""
    counts: Counter[str] = Counter()
    failed = False

    @seed(start)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.target, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(example=target.given)
    def one(example: object) -> None:
        nonlocal failed
        if not failed and not still():
            return  # the time is over; but what failed is made smaller first
        began = time.process_time()
        try:
            counts[target(example)] += 1
        except BaseException:
            failed = True
            raise
        # What takes longest is looked for: a parser that can be made slow is found by it.
        aim(time.process_time() - began, label=target.name)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)  # a whole file is a long example
        one()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert used < MOST_MEGABYTES, f"{target.name}: {used} MB"
    return counts
