"""Our own paths beside AWS's: `/_lakewright/health` and `/_lakewright/job-runs`.

No bucket can be called `_lakewright` (names start with a letter or a digit), so no S3 path is
taken. The second is how the local runner says what became of a job run; the body is JSON:
`{"job", "run", "state", "error"?, "bookmark"?, "region"?, "account"?}`. Before that it takes the
run that waits longest with `job-runs/next`, `{"seconds", "region"?, "account"?}`: how long to wait
for one. The answer is `{"job", "run"}`, or `{}`.
"""

import json
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.glue.exceptions import GlueClientError
from moto.glue.models import glue_backends

from .errors import MalformedRequest
from .job_runs import LOCK, JobRun

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PREFIX = "/_lakewright/"
LONGEST_WAIT_SECONDS = 20.0


def with_hook(app: WsgiApp, versions: dict[str, str]) -> WsgiApp:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return app(environ, start_response)
        status, body = _respond(environ, path.removeprefix(PREFIX), versions)
        payload = json.dumps(body).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(payload)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [payload]

    return answer


def _respond(
    environ: dict[str, Any], name: str, versions: dict[str, str]
) -> tuple[HTTPStatus, dict[str, Any]]:
    method = environ["REQUEST_METHOD"]
    if (method, name) == ("GET", "health"):
        return HTTPStatus.OK, versions
    act = ACTIONS.get(name) if method == "POST" else None
    if act is None:
        return HTTPStatus.NOT_FOUND, {"message": f"There is no {method} {PREFIX}{name}."}
    try:
        return HTTPStatus.OK, act(_body(environ))
    except GlueClientError as error:
        return HTTPStatus.BAD_REQUEST, {"type": error.error_type, "message": error.message}


def _body(environ: dict[str, Any]) -> dict[str, Any]:
    try:
        body = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    except ValueError:
        raise MalformedRequest("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise MalformedRequest("The body is not a JSON object.")
    return body


def _backend(body: dict[str, Any]) -> Any:
    account = body.get("account", DEFAULT_ACCOUNT_ID)
    return glue_backends[account][body.get("region", "us-east-1")]


def _report_job_run(report: dict[str, Any]) -> dict[str, Any]:
    try:
        job_name, run_id, state = report["job"], report["run"], report["state"]
    except KeyError:
        raise MalformedRequest("A report is JSON with job, run and state.") from None
    with LOCK:
        backend = _backend(report)
        run = backend.get_job(job_name).get_job_run(run_id)
        run.report(state, report.get("error"))
        if report.get("bookmark") is not None:
            backend.bookmarks.record(job_name, run_id, report["bookmark"])
        return {"job": job_name, "run": run_id, "state": run.state}


def _take_job_run(request: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + min(float(request.get("seconds", 0)), LONGEST_WAIT_SECONDS)
    with LOCK:
        backend = _backend(request)
        while not (run := _longest_waiting(backend)):
            if (left := until - time.monotonic()) <= 0:
                return {}
            LOCK.wait(left)
        run.report("STARTING")
        return {"job": run.job_name, "run": run.job_run_id}


def _longest_waiting(backend: Any) -> JobRun | None:
    runs = [run for job in backend.jobs.values() for run in job.runs if run.state == "WAITING"]
    return min(runs, key=lambda run: run.started_on, default=None)


ACTIONS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "job-runs": _report_job_run,
    "job-runs/next": _take_job_run,
}
