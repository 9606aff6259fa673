"""How long the stages of a document take."""

from __future__ import annotations

from time import perf_counter


class Laps:
    """A stopwatch: each lap is counted to the stage that it ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def end(self, stage: str) -> None:
        """Count the time since the last lap to a stage."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
