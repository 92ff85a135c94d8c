"""Row counts that Spark takes in the pass that computes the rows."""

import threading
from typing import Any

from pyspark.sql import Column, DataFrame, Observation, SparkSession
from pyspark.sql import functions as F


class Counts:
    """The rows of frames, by a name for each; known once they were settled."""

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._observed: dict[str, tuple[DataFrame, Observation]] = {}
        self._found: dict[str, dict[str, int]] = {}

    def __getitem__(self, name: str) -> int:
        return self._found[name]["rows"]

    def frame(self, name: str) -> DataFrame:
        return self._observed[name][0]

    def observe(self, frame: DataFrame, name: str, *more: Column) -> DataFrame:
        """The same frame, counted when it is computed; `more` are counts besides that of its rows."""
        observation = Observation(f"{self._run_id} {name}")
        self._observed[name] = (frame, observation)
        return frame.observe(observation, F.count(F.lit(1)).alias("rows"), *more)

    def known(self, name: str, count: str) -> int | None:
        """One of the counts besides; None where the optimizer left it out."""
        return self._found[name].get(count)

    def settle(self, spark: SparkSession) -> None:
        """Collect the counts, after what computes the frames has run.

        An observation that the optimizer removed from the plan, as it does below an empty input, would
        make `get` wait for ever. A second query that observes -1 under the same names ends that wait,
        and comes after; what is unknown then is counted by itself.
        """
        sentinel = Observation(f"{self._run_id} sentinel")
        closing = spark.range(1).observe(sentinel, F.lit(-1).alias("rows"))
        for name in self._observed:
            closing = closing.observe(f"{self._run_id} {name}", F.lit(-1).alias("rows"))
        closing.collect()
        _wait(sentinel, seconds=60)
        for name, (frame, observation) in self._observed.items():
            counts = _wait(observation, seconds=2)
            known = counts.get("rows", -1) >= 0
            self._found[name] = counts if known else {"rows": frame.count()}


def _wait(observation: Observation, seconds: float) -> dict[str, Any]:
    """The observed counts, or nothing if they do not come; `get` itself knows no time limit."""
    counts: dict[str, Any] = {}
    waiting = threading.Thread(target=lambda: counts.update(observation.get), daemon=True)
    waiting.start()
    waiting.join(seconds)
    return dict(counts)
