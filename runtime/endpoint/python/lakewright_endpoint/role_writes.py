"""IAM: one call at a time, since moto looks through its roles while others add some."""

from threading import Lock
from typing import Any

from moto.iam.responses import IamResponse

LOCK = Lock()


def install() -> None:
    call = IamResponse.call_action

    def call_action(self: IamResponse) -> Any:
        with LOCK:
            return call(self)

    IamResponse.call_action = call_action  # type: ignore[method-assign]
