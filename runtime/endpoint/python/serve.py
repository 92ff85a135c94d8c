"""Serves S3, Glue, IAM, KMS, Lake Formation, STS and Secrets Manager on a loopback port: `serve.py 4566`; 0 is a free one.

Writes one line of JSON, `{"port": 40123}`, to standard output once the port is bound. Standard
input is a pipe held by the process that started this one: when that process ends, however it ends,
the pipe closes and this process ends too. State is in memory; large S3 objects spill to `TMPDIR`.
"""

import json
import os
import sys
from importlib.metadata import version
from threading import Thread

from lakewright_endpoint import plugin
from lakewright_endpoint.hook import with_hook
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug import serving


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    # Not sys.exit, which ends this thread only; nobody is left to answer to.
    os._exit(0)


def main() -> None:
    plugin.install()
    versions = {"moto": version("moto"), "python": sys.version.split()[0]}
    app = with_hook(DomainDispatcherApplication(create_backend_app), versions)
    serving._log_add_style = False  # the log is a file, not a terminal
    server = serving.make_server(
        "127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=MotoRequestHandler
    )
    server.daemon_threads = True
    # Where moto's Step Functions find the Glue whose jobs their state machines start.
    os.environ["MOTO_PORT"] = str(server.server_port)
    Thread(target=end_with_parent, daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    # What moto prints from here on belongs in the log, not in a pipe that nobody reads.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server.serve_forever()


if __name__ == "__main__":
    main()
