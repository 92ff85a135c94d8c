"""What Glue checks in a trigger. Facts: CreateTriggerRequest, TriggerUpdate, Predicate, Action."""

from typing import Any

from moto.glue.models import FakeTrigger, GlueBackend
from moto.glue.utils import Action, Predicate

from .errors import EntityNotFound, InvalidInput


def new(backend: GlueBackend, given: dict[str, Any]) -> FakeTrigger:
    """The trigger of a CreateTrigger request; raises what CreateTrigger raises."""
    workflow = given.get("WorkflowName")
    if workflow and workflow not in backend.workflows:
        raise EntityNotFound(f"Workflow {workflow} not found.")
    if given.get("StartOnCreation") and given["Type"] == "ON_DEMAND":
        raise InvalidInput("StartOnCreation is not supported for ON_DEMAND triggers.")
    return FakeTrigger(
        backend=backend,
        name=given["Name"],
        workflow_name=workflow,
        trigger_type=given["Type"],
        start_on_creation=bool(given.get("StartOnCreation")),
        tags=given.get("Tags") or {},
        **_checked(backend, given["Type"], given),
    )


def replace(backend: GlueBackend, trigger: FakeTrigger, update: dict[str, Any]) -> None:
    """Overwrites the definition completely; name, type, workflow and state stay."""
    for field, value in _checked(backend, trigger.trigger_type, update).items():
        setattr(trigger, field, value)


def _checked(backend: GlueBackend, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """What creation and update have in common, by the names of moto's fields."""
    _check(backend, kind, given)
    predicate = given.get("Predicate")
    # moto fails on a missing Logical; of a single condition either means the same.
    return {
        "predicate": Predicate({"Logical": "AND", **predicate}) if predicate else None,
        "actions": [Action(action) for action in given["Actions"]],
        "description": given.get("Description"),
        "schedule": given.get("Schedule"),
        "event_batching_condition": given.get("EventBatchingCondition"),
    }


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
    for part in (*given["Actions"], *conditions):
        if part.get("JobName") and part["JobName"] not in backend.jobs:
            raise EntityNotFound(f"Job {part['JobName']} not found.")
