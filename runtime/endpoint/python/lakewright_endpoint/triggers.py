"""What Glue checks in a trigger. Facts: CreateTriggerRequest, TriggerUpdate, Predicate, Action."""

from typing import Any

from moto.glue.models import FakeTrigger, GlueBackend
from moto.glue.utils import Action, Predicate

from .errors import EntityNotFound, InvalidInput


def check_new(backend: GlueBackend, given: dict[str, Any]) -> None:
    """Raises what CreateTrigger raises for a definition that cannot work."""
    workflow = given.get("WorkflowName")
    if workflow and workflow not in backend.workflows:
        raise EntityNotFound(f"Workflow {workflow} not found.")
    if given.get("StartOnCreation") and given["Type"] == "ON_DEMAND":
        raise InvalidInput("StartOnCreation is not supported for ON_DEMAND triggers.")
    _check(backend, given["Type"], given)


def replace(backend: GlueBackend, trigger: FakeTrigger, update: dict[str, Any]) -> None:
    """Overwrites the definition completely; name, type, workflow and state stay."""
    _check(backend, trigger.trigger_type, update)
    predicate = update.get("Predicate")
    new_predicate = Predicate(predicate) if predicate else None
    new_actions = [Action(action) for action in update["Actions"]]
    trigger.predicate, trigger.actions = new_predicate, new_actions
    trigger.description = update.get("Description")
    trigger.schedule = update.get("Schedule")
    trigger.event_batching_condition = update.get("EventBatchingCondition")


def _check(backend: GlueBackend, kind: str, given: dict[str, Any]) -> None:
    if not given.get("Actions"):
        raise InvalidInput("Actions cannot be null or empty.")
    if kind == "SCHEDULED" and not given.get("Schedule"):
        raise InvalidInput("Schedule cannot be null or empty for a SCHEDULED trigger.")
    if kind != "SCHEDULED" and given.get("Schedule"):
        raise InvalidInput(f"A {kind} trigger takes no schedule.")
    predicate = given.get("Predicate") or {}
    conditions = predicate.get("Conditions") or []
    if kind == "CONDITIONAL" and not conditions:
        raise InvalidInput("Predicate cannot be null or empty for a CONDITIONAL trigger.")
    if len(conditions) > 1 and not predicate.get("Logical"):
        raise InvalidInput("Logical cannot be null if there is more than one condition.")
    if predicate:
        # moto reads a missing Logical as an unknown one; Glue answers with the one condition's AND.
        predicate.setdefault("Logical", "AND")
    for part in (*given["Actions"], *conditions):
        if part.get("JobName") and part["JobName"] not in backend.jobs:
            raise EntityNotFound(f"Job {part['JobName']} not found.")
