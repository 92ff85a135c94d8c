"""The Glue operations this endpoint answers itself; all others are moto's.

Every request is first checked against Glue's service model (`constraints`), and one lock makes each
operation atomic, so that UpdateTable's VersionId means something with eight writers at once.
"""

import json
import traceback
from http import HTTPStatus
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationNotFoundError
from moto.core.responses import ActionResult, EmptyResult, get_service_model
from moto.glue.exceptions import GlueClientError

from . import answers, triggers, workflow_runs
from .backend import LocalGlueBackend
from .connections import ConnectionResponses
from .constraints import check
from .errors import (
    AlreadyExists,
    ConcurrentModification,
    InternalService,
    InvalidInput,
    MalformedRequest,
    UnknownOperation,
)
from .job_rules import checked_definition
from .job_runs import LOCK, NEXT_STATES, Job
from .paging import page


class LocalGlueResponse(ConnectionResponses):
    backend: LocalGlueBackend

    @property
    def glue(self) -> LocalGlueBackend:
        backend = self.glue_backend
        assert isinstance(backend, LocalGlueBackend)
        return backend

    @property
    def parameters(self) -> dict[str, Any]:
        try:
            return json.loads(self.body or "{}")
        except ValueError:
            raise MalformedRequest("The request body is not JSON.") from None

    def call_action(self) -> Any:
        operation = self._get_action()
        with LOCK:
            try:
                self._check_request(operation)
                return super().call_action()
            except NotImplementedError:
                return _answer(UnknownOperation(operation))
            except GlueClientError as error:
                return _answer(error)
            except Exception:  # noqa: BLE001 - the last resort of a server
                # moto's own mistakes would be an HTML page, which no client can read.
                traceback.print_exc()
                return _answer(InternalService(operation), HTTPStatus.INTERNAL_SERVER_ERROR)

    def _check_request(self, operation: str) -> None:
        try:
            model = get_service_model("glue").operation_model(operation)
        except (OperationNotFoundError, UnknownServiceError):
            raise UnknownOperation(operation) from None
        if model.input_shape is not None:
            check(self.parameters, model.input_shape)

    # --- jobs

    def create_job(self) -> ActionResult:
        given = self.parameters
        name, tags = given.pop("Name"), given.pop("Tags", None)
        definition = checked_definition(given)
        if name in self.glue.jobs:
            raise AlreadyExists(f"Job {name} already exists.")
        job = Job(name, self.glue.arn("job", name), definition)
        self.glue.jobs[name] = job
        self.glue.tag_resource(job.arn, tags)
        return ActionResult({"Name": name})

    def update_job(self) -> ActionResult:
        """Replaces the definition: what the update does not name goes back to its default."""
        given = self.parameters
        job = self.glue.get_job(given["JobName"])
        job.replace(checked_definition(given["JobUpdate"]))
        return ActionResult({"JobName": job.name})

    def delete_job(self) -> ActionResult:
        name = self.parameters["JobName"]
        self.glue.forget_tags("job", name)
        self.glue.bookmarks.forget(name)
        return super().delete_job()

    def start_job_run(self) -> ActionResult:
        given = self.parameters
        job = self.glue.get_job(given.pop("JobName"))
        if given.get("MaxCapacity") is not None and (
            given.get("WorkerType")
            or given.get("NumberOfWorkers")
            or given.get("AllocatedCapacity")
        ):
            raise InvalidInput("Please set only one of MaxCapacity, AllocatedCapacity or workers.")
        return ActionResult({"JobRunId": job.start(given, given.pop("JobRunId", None))})

    def batch_stop_job_run(self) -> ActionResult:
        given = self.parameters
        job = self.glue.get_job(given["JobName"])
        stopped, errors = [], []
        for run_id in given["JobRunIds"]:
            try:
                run = job.get_job_run(run_id)
                run.stop()
                stopped.append({"JobName": job.name, "JobRunId": run_id})
            except GlueClientError as error:
                detail = {"ErrorCode": error.error_type, "ErrorMessage": error.message}
                errors.append({"JobName": job.name, "JobRunId": run_id, "ErrorDetail": detail})
        return ActionResult({"SuccessfulSubmissions": stopped, "Errors": errors})

    def get_job_bookmark(self) -> ActionResult:
        given = self.parameters
        name = self.glue.get_job(given["JobName"]).name
        entry = self.glue.bookmarks.get(name, given.get("RunId"))
        return ActionResult({"JobBookmarkEntry": entry})

    def reset_job_bookmark(self) -> ActionResult:
        given = self.parameters
        job = self.glue.get_job(given["JobName"])
        if any(run.state in NEXT_STATES for run in job.runs):
            raise InvalidInput(f"Job {job.name} is running; its bookmark cannot be reset now.")
        entry = self.glue.bookmarks.reset(job.name, given.get("RunId"))
        return ActionResult({"JobBookmarkEntry": entry})

    # --- triggers and workflows

    def create_trigger(self) -> ActionResult:
        given = self.parameters
        if given["Name"] in self.glue.triggers:
            raise AlreadyExists(f"Trigger {given['Name']} already exists.")
        self.glue.triggers[given["Name"]] = triggers.new(self.glue, given)
        return ActionResult({"Name": given["Name"]})

    def update_trigger(self) -> ActionResult:
        given = self.parameters
        trigger = self.glue.get_trigger(given["Name"])
        triggers.replace(self.glue, trigger, given["TriggerUpdate"])
        return ActionResult({"Trigger": answers.trigger(trigger.as_dict())})

    def get_trigger(self) -> ActionResult:
        trigger = self.glue.get_trigger(self.parameters["Name"])
        return ActionResult({"Trigger": answers.trigger(trigger.as_dict())})

    def get_triggers(self) -> ActionResult:
        given = self.parameters
        found, token = self.glue.get_triggers(
            next_token=given.get("NextToken"),
            dependent_job_name=given.get("DependentJobName"),
            max_results=given.get("MaxResults"),
        )
        shown = [answers.trigger(one.as_dict()) for one in found]
        return ActionResult({"Triggers": shown, "NextToken": token})

    def batch_get_triggers(self) -> ActionResult:
        names = self.parameters["TriggerNames"]
        found = self.glue.batch_get_triggers(names)
        missing = sorted(set(names) - {one["Name"] for one in found})
        shown = [answers.trigger(one) for one in found]
        return ActionResult({"Triggers": shown, "TriggersNotFound": missing})

    def delete_trigger(self) -> ActionResult:
        self.glue.forget_tags("trigger", self.parameters["Name"])
        return super().delete_trigger()

    def create_workflow(self) -> ActionResult:
        name = self.parameters["Name"]
        if name in self.glue.workflows:
            raise AlreadyExists(f"Workflow {name} already exists.")
        return super().create_workflow()

    def update_workflow(self) -> ActionResult:
        """moto ignores an emptied description; the reference says the update replaces it."""
        given = self.parameters
        answer = super().update_workflow()
        workflow = self.glue.workflows[given["Name"]]
        workflow.description = given.get("Description")
        workflow.default_run_properties = given.get("DefaultRunProperties")
        workflow.max_concurrent_runs = given.get("MaxConcurrentRuns")
        return answer

    def start_workflow_run(self) -> ActionResult:
        given = self.parameters
        run_id = workflow_runs.start(self.glue, given["Name"], given.get("RunProperties") or {})
        return ActionResult({"RunId": run_id})

    def get_workflow_run(self) -> ActionResult:
        given = self.parameters
        run = workflow_runs.workflow_of(self.glue, given["Name"]).get_run(given["RunId"])
        return ActionResult({"Run": run.as_dict(bool(given.get("IncludeGraph")))})

    def stop_workflow_run(self) -> ActionResult:
        given = self.parameters
        workflow_runs.workflow_of(self.glue, given["Name"]).get_run(given["RunId"]).stop()
        return EmptyResult()

    # --- tables

    def get_table(self) -> ActionResult:
        given = self.parameters
        table = self.glue.get_table(given["DatabaseName"], given["Name"])
        return ActionResult({"Table": self._shown_table(table)})

    def get_tables(self) -> ActionResult:
        given = self.parameters
        tables = self.glue.get_tables(given["DatabaseName"], given.get("Expression"))
        return ActionResult({"TableList": [self._shown_table(one) for one in tables]})

    def _shown_table(self, table: Any) -> dict[str, Any]:
        return answers.table(table.as_dict(), self.glue.account_id)

    # --- databases

    def get_database(self) -> ActionResult:
        found = self.glue.get_database(self.parameters["Name"])
        return ActionResult({"Database": answers.database(found.as_dict())})

    def get_databases(self) -> ActionResult:
        found = self.glue.get_databases()
        return ActionResult({"DatabaseList": [answers.database(one.as_dict()) for one in found]})

    def update_table(self) -> ActionResult:
        given = self.parameters
        table_input = given.get("TableInput")
        if not table_input:
            raise InvalidInput("TableInput cannot be null or empty.")
        table = self.glue.get_table(given["DatabaseName"], table_input["Name"])
        current = str(table.as_dict()["VersionId"])
        expected = given.get("VersionId")
        if expected is not None and expected != current:
            raise ConcurrentModification(
                f"Update table failed due to concurrent modifications: "
                f"the table is at version {current}, not {expected}."
            )
        table.update(table_input)
        if given.get("SkipArchive"):
            table.delete_version(current)
        return EmptyResult()

    # --- data quality

    def create_data_quality_ruleset(self) -> ActionResult:
        given = self.parameters
        target = given.get("TargetTable")
        if target:
            self.glue.get_table(target["DatabaseName"], target["TableName"])
        name = self.glue.rulesets.create(given)
        self.glue.tag_resource(self.glue.arn("dataQualityRuleset", name), given.get("Tags"))
        return ActionResult({"Name": name})

    def get_data_quality_ruleset(self) -> ActionResult:
        return ActionResult(self.glue.rulesets.get(self.parameters["Name"]))

    def update_data_quality_ruleset(self) -> ActionResult:
        return ActionResult(self.glue.rulesets.update(self.parameters))

    def delete_data_quality_ruleset(self) -> ActionResult:
        name = self.parameters["Name"]
        self.glue.rulesets.delete(name)
        self.glue.forget_tags("dataQualityRuleset", name)
        return EmptyResult()

    def list_data_quality_rulesets(self) -> ActionResult:
        given = self.parameters
        found = self.glue.rulesets.list(given.get("Filter", {}))
        for key, value in given.get("Tags", {}).items():
            found = [one for one in found if self._tags_of_ruleset(one).get(key) == value]
        part, token = page(found, given.get("NextToken"), given.get("MaxResults", 100))
        return ActionResult({"Rulesets": part, "NextToken": token})

    def _tags_of_ruleset(self, ruleset: dict[str, Any]) -> dict[str, str]:
        return self.glue.get_tags(self.glue.arn("dataQualityRuleset", ruleset["Name"]))


def _answer(
    error: GlueClientError, status: HTTPStatus = HTTPStatus.BAD_REQUEST
) -> tuple[int, dict[str, str], str]:
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "x-amzn-ErrorType": error.error_type,
    }
    return status.value, headers, error.description
