"""S3: one write at a time, so that of several conditional writes (`If-Match`, `If-None-Match`) one wins.

moto looks at the condition and writes in two steps, between which another request may come.
"""

from threading import Lock
from typing import Any

from moto.s3.responses import S3Response

WRITING = Lock()


def install() -> None:
    put = S3Response.put_object

    def put_object(self: S3Response) -> Any:
        with WRITING:
            return put(self)

    S3Response.put_object = put_object  # type: ignore[method-assign]
