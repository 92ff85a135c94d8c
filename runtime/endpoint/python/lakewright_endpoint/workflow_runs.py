"""Workflow runs: which jobs the triggers of a workflow start, and when.

Facts: StartWorkflowRun, StopWorkflowRun and the structures WorkflowRun, WorkflowRunStatistics and
WorkflowGraph of the API reference; "AWS Glue triggers" of the developer guide.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from moto.core.utils import utcnow
from moto.glue.exceptions import ConcurrentRunsExceededException
from moto.glue.models import FakeTrigger, FakeWorkflow, FakeWorkflowRun

from .errors import EntityNotFound, InvalidInput
from .job_runs import NEXT_STATES, JobRun

if TYPE_CHECKING:
    from .backend import LocalGlueBackend

STATISTICS = {
    "TimeoutActions": ("TIMEOUT",),
    "FailedActions": ("FAILED",),
    "StoppedActions": ("STOPPED",),
    "SucceededActions": ("SUCCEEDED",),
    "RunningActions": ("STARTING", "RUNNING", "STOPPING"),
    "ErroredActions": ("ERROR",),
    "WaitingActions": ("WAITING",),
}


def workflow_of(backend: "LocalGlueBackend", name: str) -> FakeWorkflow:
    workflow = backend.workflows.get(name)
    if workflow is None:
        raise EntityNotFound("Entity not found")
    return workflow


def start(backend: "LocalGlueBackend", name: str, properties: dict[str, str]) -> str:
    """Fires the workflow's starting triggers; gives the id of the run."""
    workflow = workflow_of(backend, name)
    unfinished = sum(run.status in ("RUNNING", "STOPPING") for run in workflow.runs.values())
    if workflow.max_concurrent_runs and unfinished >= workflow.max_concurrent_runs:
        raise ConcurrentRunsExceededException(f"Workflow {name} has too many runs: {unfinished}")
    if not any(one.trigger_type != "CONDITIONAL" for one in _triggers(backend, name)):
        raise InvalidInput(f"Workflow {name} has no trigger to start with.")
    previous = next(reversed(workflow.runs), None)
    given = {**(workflow.default_run_properties or {}), **properties}
    run = WorkflowRun(backend, name, previous, given)
    workflow.runs[run.run_id] = run
    run.begin()
    return run.run_id


class WorkflowRun(FakeWorkflowRun):
    """One run of a workflow; goes on whenever one of its job runs is over."""

    def __init__(
        self,
        backend: "LocalGlueBackend",
        name: str,
        previous: str | None,
        properties: dict[str, str],
    ) -> None:
        super().__init__(name, previous, properties)
        self._backend = backend
        self._fired: set[str] = set()
        self.job_runs: list[JobRun] = []

    def begin(self) -> None:
        for trigger in _triggers(self._backend, self.workflow_name):
            if trigger.trigger_type != "CONDITIONAL":
                self._fire(trigger)
        self.advance()

    def advance(self) -> None:
        """Fires what has come true; the run is over when nothing of it is going on."""
        while self.status == "RUNNING" and (due := next(self._due(), None)):
            self._fire(due)
        if self.completed_on or any(run.state in NEXT_STATES for run in self.job_runs):
            return
        self.status = "STOPPED" if self.status == "STOPPING" else "COMPLETED"
        self.completed_on = utcnow()

    def stop(self) -> None:
        if self.completed_on:
            raise InvalidInput(f"Workflow run {self.run_id} is {self.status}.")
        self.status = "STOPPING"
        for run in self.job_runs:
            if run.state in NEXT_STATES:
                run.stop()
        self.advance()

    def _due(self) -> Iterator[FakeTrigger]:
        for trigger in _triggers(self._backend, self.workflow_name):
            waits = trigger.name not in self._fired and trigger.state == "ACTIVATED"
            if waits and trigger.predicate and self._holds(trigger.predicate.as_dict()):
                yield trigger

    def _holds(self, predicate: dict[str, Any]) -> bool:
        states = {run.job_name: run.state for run in self.job_runs}
        met = [
            states.get(condition.get("JobName")) == condition.get("State")
            for condition in predicate.get("Conditions", [])
        ]
        return any(met) if predicate.get("Logical") == "ANY" else all(met) and bool(met)

    def _fire(self, trigger: FakeTrigger) -> None:
        self._fired.add(trigger.name)
        for action in trigger.actions:
            job = self._backend.jobs.get(action.job_name)
            if job is not None:  # crawlers are not offered, and a deleted job starts nothing
                arguments = {
                    **(action.arguments or {}),
                    "--WORKFLOW_NAME": self.workflow_name,
                    "--WORKFLOW_RUN_ID": self.run_id,
                }
                overrides = {"Arguments": arguments, "Timeout": action.timeout}
                self.job_runs.append(job.start_by(trigger.name, overrides, self.advance))

    def as_dict(self, include_graph: bool = False) -> dict[str, Any]:
        graph = {"Graph": self._graph()} if include_graph else {}
        return {**super().as_dict(), "Statistics": self._statistics(), **graph}

    def _statistics(self) -> dict[str, int]:
        triggers = _triggers(self._backend, self.workflow_name)
        counts = {
            name: sum(run.state in states for run in self.job_runs)
            for name, states in STATISTICS.items()
        }
        return {"TotalActions": sum(len(one.actions) for one in triggers), **counts}

    def _graph(self) -> dict[str, Any]:
        triggers = _triggers(self._backend, self.workflow_name)
        jobs = dict.fromkeys(action.job_name for one in triggers for action in one.actions)
        nodes = [_node("TRIGGER", one.name, Trigger=one.as_dict()) for one in triggers]
        for name in jobs:
            runs = [run.as_dict() for run in self.job_runs if run.job_name == name]
            nodes.append(_node("JOB", name, JobRuns=runs))
        return {"Nodes": nodes, "Edges": list(_edges(triggers))}


def _triggers(backend: "LocalGlueBackend", workflow: str) -> list[FakeTrigger]:
    return [one for one in backend.triggers.values() if one.workflow_name == workflow]


def _node(kind: str, name: str, **details: Any) -> dict[str, Any]:
    known = {"Type": kind, "Name": name, "UniqueId": _id_of(kind, name)}
    return {**known, f"{kind.capitalize()}Details": details}


def _edges(triggers: list[FakeTrigger]) -> Iterator[dict[str, str]]:
    for trigger in triggers:
        own = _id_of("TRIGGER", trigger.name)
        for condition in (trigger.predicate.as_dict() if trigger.predicate else {}).get(
            "Conditions", []
        ):
            watched = _id_of("JOB", condition.get("JobName"))
            yield {"SourceId": watched, "DestinationId": own}
        for action in trigger.actions:
            yield {"SourceId": own, "DestinationId": _id_of("JOB", action.job_name)}


def _id_of(kind: str, name: str) -> str:
    return f"wnode_{kind.lower()}_{name}"
