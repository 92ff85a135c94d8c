"""One Spark session that stays, driven over standard input and output by JSON lines.

Reads requests `{"id": 1, "do": "run", ...}` and answers `{"id": 1, "ok": ...}` or
`{"id": 1, "failed": "..."}`; sends `{"event": "progress", ...}` in between. Whatever else is printed,
by scripts or the JVM, goes to the log: standard output belongs to the answers. Ends when standard
input closes, and the JVM with it, so nothing outlives the process that started this one.
"""

import contextlib
import io
import json
import os
import queue
import runpy
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from typing import Any, TextIO

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

PROGRESS_SECONDS = 0.5


class Tee(io.TextIOBase):
    """Text that goes to the log and is kept for the answer."""

    def __init__(self, log: TextIO) -> None:
        self._log = log
        self._kept = io.StringIO()

    def write(self, text: str) -> int:
        self._log.write(text)
        self._log.flush()
        return self._kept.write(text)

    def kept(self) -> str:
        return self._kept.getvalue()


class Answers:
    """The one writer of standard output."""

    def __init__(self) -> None:
        # From here on file descriptors 1 and 2 are the log, also for the JVM and its launcher.
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self._lock = threading.Lock()

    def send(self, message: dict[str, Any]) -> None:
        with self._lock, contextlib.suppress(BrokenPipeError):
            self._out.write(json.dumps(message) + "\n")
            self._out.flush()


class Session:
    """The requests that this process understands, one method each."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._spark: SparkSession | None = None

    @property
    def spark(self) -> SparkSession:
        if self._spark is None:
            raise RuntimeError("no session was started")
        return self._spark

    def start(self, settings: dict[str, str]) -> dict[str, str]:
        builder = SparkSession.builder
        for key, value in settings.items():
            builder = builder.config(key, value)
        self._spark = builder.getOrCreate()
        return {"spark": self._spark.version}

    def run(self, script: str, arguments: list[str], path: list[str]) -> dict[str, Any]:
        """Run a script as `python script.py` would; its failure is an answer, not an end."""
        started = time.monotonic()
        tee = Tee(sys.stdout)
        with (
            self._as_main(script, arguments, path),
            self._progress(os.path.basename(script)),
            contextlib.redirect_stdout(tee),
            contextlib.redirect_stderr(tee),
        ):
            error, line = _outcome(script)
        seconds = round(time.monotonic() - started, 3)
        outcome = {"succeeded": error is None, "error": error, "line": line, "seconds": seconds}
        return {**outcome, "log": tee.kept()}

    def sql(self, query: str) -> list[str]:
        return _json_rows(self.spark.sql(query))

    def transform(
        self, script: str, inputs: dict[str, Any], parameters: dict[str, Any], path: list[str]
    ) -> list[str]:
        """The rows that a script's pure `transform` makes of given rows."""
        with self._as_main(script, [], path):
            function = runpy.run_path(script, run_name="lakewright_script")["transform"]
            frames = {name: self._frame(**given) for name, given in inputs.items()}
            if key := parameters.pop("pseudonym_key", None):
                from lakewright_runtime import PseudonymKey

                parameters["pseudonym_key"] = PseudonymKey(key.encode())
            return _json_rows(function(**frames, **parameters))

    def _frame(self, schema: str, rows: list[str]) -> DataFrame:
        lines = self.spark.createDataFrame([(row,) for row in rows], "line string")
        return lines.select(F.from_json("line", schema, {"mode": "FAILFAST"}).alias("r")).select(
            "r.*"
        )

    @contextlib.contextmanager
    def _as_main(self, script: str, arguments: list[str], path: list[str]) -> Iterator[None]:
        """`sys` as a fresh interpreter's: modules of one job must not be those of the next."""
        before = (sys.argv, sys.path, set(sys.modules))
        sys.argv, sys.path = [script, *arguments], [*path, *sys.path]
        catalog = self.spark.catalog
        try:
            yield
        finally:
            sys.argv, sys.path = before[0], before[1]
            for name in set(sys.modules) - before[2]:
                if any(_is_inside(sys.modules[name], folder) for folder in path):
                    del sys.modules[name]
            catalog.clearCache()

    @contextlib.contextmanager
    def _progress(self, name: str) -> Iterator[None]:
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(name, over), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _watch(self, name: str, over: threading.Event) -> None:
        tracker = self.spark.sparkContext.statusTracker()
        while not over.wait(PROGRESS_SECONDS):
            stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
            known = [stage for stage in stages if stage]
            done = sum(stage.numCompletedTasks for stage in known)
            total = sum(stage.numTasks for stage in known)
            self._answers.send({"event": "progress", "name": name, "done": done, "total": total})


def _is_inside(module: Any, folder: str) -> bool:
    file = getattr(module, "__file__", None)
    return bool(file) and os.path.realpath(file).startswith(os.path.realpath(folder) + os.sep)


def _outcome(script: str) -> tuple[str | None, int | None]:
    """None, or the error as `JobFailed: why` and the line of the script it came through; the rest is in the log."""
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        return (None, None) if end.code in (None, 0) else (f"exit {end.code}", None)
    except BaseException as error:  # noqa: BLE001 (a script may raise anything; the session stays)
        traceback.print_exc()
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == script]
        said = "".join(traceback.format_exception_only(error)).strip()
        module = type(error).__module__
        return said.removeprefix(f"{module}."), lines[-1] if lines else None
    return None, None


def _json_rows(frame: DataFrame) -> list[str]:
    row = F.to_json(F.struct("*"), {"ignoreNullFields": "false"})
    return [found["row"] for found in frame.select(row.alias("row")).collect()]


def _requests() -> "queue.Queue[dict[str, Any]]":
    """Requests, read aside so that the end of the parent is noticed while a script runs."""
    waiting: queue.Queue[dict[str, Any]] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            waiting.put(json.loads(line))
        os._exit(0)  # the JVM ends when the pipe from this process closes

    threading.Thread(target=read, daemon=True).start()
    return waiting


def main() -> None:
    # Last on the path, so that AWS's own module wins where it is installed.
    sys.path.append(os.path.join(os.path.dirname(__file__), "awsglue_stand_in"))
    answers = Answers()
    session = Session(answers)
    requests = _requests()
    while True:
        request = requests.get()
        number, action = request.pop("id"), request.pop("do")
        if action == "stop":
            session.spark.stop()
            answers.send({"id": number, "ok": None})
            return
        try:
            answers.send({"id": number, "ok": getattr(session, action)(**request)})
        except Exception as error:  # noqa: BLE001 (answered to the asker, who knows what to do)
            traceback.print_exc()
            answers.send({"id": number, "failed": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
