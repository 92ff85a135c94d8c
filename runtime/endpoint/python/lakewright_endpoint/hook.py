"""Our own paths beside AWS's: `/_lakewright/health` and `/_lakewright/job-runs`.

No bucket can be called `_lakewright` (names start with a letter or a digit), so no S3 path is
taken. The second is how the local runner says what became of a job run; the body is JSON:
`{"job", "run", "state", "error"?, "bookmark"?, "region"?, "account"?}`.
"""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.glue.exceptions import GlueClientError
from moto.glue.models import glue_backends

from .errors import MalformedRequest
from .responses import LOCK

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PREFIX = "/_lakewright/"


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
    if (method, name) != ("POST", "job-runs"):
        return HTTPStatus.NOT_FOUND, {"message": f"There is no {method} {PREFIX}{name}."}
    try:
        return HTTPStatus.OK, _report_job_run(environ)
    except GlueClientError as error:
        return HTTPStatus.BAD_REQUEST, {"type": error.error_type, "message": error.message}


def _report_job_run(environ: dict[str, Any]) -> dict[str, Any]:
    try:
        report = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        job_name, run_id, state = report["job"], report["run"], report["state"]
    except (ValueError, KeyError, TypeError):
        raise MalformedRequest("A report is JSON with job, run and state.") from None
    account = report.get("account", DEFAULT_ACCOUNT_ID)
    with LOCK:
        backend = glue_backends[account][report.get("region", "us-east-1")]
        run = backend.get_job(job_name).get_job_run(run_id)
        run.report(state, report.get("error"))
        if report.get("bookmark") is not None:
            backend.bookmarks.record(job_name, run_id, report["bookmark"])
        return {"job": job_name, "run": run_id, "state": run.state}
