"""Jobs and their runs, told honestly: nothing here runs a script, so no run ends by itself.

StartJobRun leaves a run WAITING. Whoever really runs the script (lakewright's local runner) takes it,
and says how it goes, over HTTP (`hook.py`): WAITING -> STARTING -> RUNNING -> SUCCEEDED, FAILED, ...
"""

from collections.abc import Callable
from datetime import datetime
from threading import Condition
from typing import Any

from moto.core.utils import utcnow
from moto.glue.exceptions import ConcurrentRunsExceededException, JobRunNotFoundException
from moto.moto_api._internal import mock_random

from .errors import InvalidInput

# Makes each operation atomic; those who wait for a run to be started are told by it.
LOCK = Condition()
NEXT_STATES: dict[str, tuple[str, ...]] = {
    "WAITING": ("STARTING", "RUNNING", "STOPPED", "FAILED", "ERROR", "TIMEOUT"),
    "STARTING": ("RUNNING", "STOPPING", "STOPPED", "FAILED", "ERROR", "TIMEOUT"),
    "RUNNING": ("STOPPING", "STOPPED", "SUCCEEDED", "FAILED", "ERROR", "TIMEOUT"),
    "STOPPING": ("STOPPED", "SUCCEEDED", "FAILED", "ERROR", "TIMEOUT"),
}


class JobRun:
    """One run of one job; `state` changes by `report` only."""

    def __init__(self, job: "Job", overrides: dict[str, Any], previous: str | None) -> None:
        definition = job.definition
        self.job_run_id = f"jr_{mock_random.get_random_hex(64)}"
        self.job_name = job.name
        self.on_end: Callable[[], None] = lambda: None
        self.state = "WAITING"
        self.started_on = self.modified_on = utcnow()
        self.running_since: datetime | None = None
        self.completed_on: datetime | None = None
        self.error: str | None = None
        given = {name: value for name, value in overrides.items() if value is not None}
        self.fixed: dict[str, Any] = {
            "Id": self.job_run_id,
            "Attempt": 0,
            "JobName": job.name,
            "Arguments": {
                **definition.get("DefaultArguments", {}),
                **given.pop("Arguments", {}),
                **definition.get("NonOverridableArguments", {}),
            },
            "PredecessorRuns": [],
            "LogGroupName": "/aws-glue/jobs",
            **{
                name: given.get(name, definition.get(name))
                for name in (
                    "AllocatedCapacity",
                    "ExecutionClass",
                    "GlueVersion",
                    "MaxCapacity",
                    "NotificationProperty",
                    "NumberOfWorkers",
                    "SecurityConfiguration",
                    "Timeout",
                    "WorkerType",
                )
            },
        }
        if previous:
            self.fixed["PreviousRunId"] = previous

    def report(self, state: str, error: str | None = None) -> None:
        """Moves the run on; raises `InvalidInput` for a move Glue's states do not know."""
        if state not in NEXT_STATES.get(self.state, ()):
            raise InvalidInput(f"A run that is {self.state} cannot become {state}.")
        self.state, self.error, self.modified_on = state, error, utcnow()
        if state == "RUNNING":
            self.running_since = self.modified_on
        if state not in NEXT_STATES:
            self.completed_on = self.modified_on
            self.on_end()

    def stop(self) -> None:
        """A run that has not begun is over at once; another when its runner says so."""
        self.report("STOPPED" if self.state == "WAITING" else "STOPPING")

    def as_dict(self) -> dict[str, Any]:
        since = self.running_since
        until = self.completed_on or utcnow()
        shown = {
            **self.fixed,
            "JobRunState": self.state,
            "StartedOn": self.started_on,
            "LastModifiedOn": self.modified_on,
            "CompletedOn": self.completed_on,
            "ExecutionTime": int((until - since).total_seconds()) if since else 0,
            "ErrorMessage": self.error,
        }
        return {name: value for name, value in shown.items() if value is not None}


class Job:
    """A job definition; offers what moto's backend asks of its own jobs."""

    def __init__(self, name: str, arn: str, definition: dict[str, Any]) -> None:
        self.name, self.arn = name, arn
        self.definition = definition
        self.created_on = self.last_modified_on = utcnow()
        self.runs: list[JobRun] = []

    def get_name(self) -> str:
        return self.name

    def replace(self, definition: dict[str, Any]) -> None:
        self.definition, self.last_modified_on = definition, utcnow()

    def as_dict(self) -> dict[str, Any]:
        return {
            **self.definition,
            "Name": self.name,
            "CreatedOn": self.created_on,
            "LastModifiedOn": self.last_modified_on,
        }

    def start(self, overrides: dict[str, Any], previous: str | None) -> str:
        unfinished = sum(run.state in NEXT_STATES for run in self.runs)
        if unfinished >= self.definition["ExecutionProperty"].get("MaxConcurrentRuns", 1):
            raise ConcurrentRunsExceededException(f"Job with name {self.name} already running")
        if previous:
            self.get_job_run(previous)
        return self._add(JobRun(self, overrides, previous)).job_run_id

    def start_by(
        self, trigger: str, overrides: dict[str, Any], on_end: Callable[[], None]
    ) -> JobRun:
        """What a trigger starts; beyond the runs allowed at once it fails ("job run statuses")."""
        allowed = self.definition["ExecutionProperty"].get("MaxConcurrentRuns", 1)
        busy = sum(run.state in NEXT_STATES for run in self.runs) >= allowed
        run = self._add(JobRun(self, overrides, None))
        run.fixed["TriggerName"] = trigger
        if busy:
            run.report("FAILED", "Max concurrent runs exceeded")
        run.on_end = on_end
        return run

    def _add(self, run: JobRun) -> JobRun:
        self.runs.append(run)
        LOCK.notify_all()
        return run

    def get_job_run(self, run_id: str) -> JobRun:
        for run in self.runs:
            if run.job_run_id == run_id:
                return run
        raise JobRunNotFoundException(run_id)

    def get_job_runs(self) -> list[JobRun]:
        return list(reversed(self.runs))
