"""Step Functions that really go through their state machines, and run jobs of this package's Glue.

moto's interpreter of the Amazon States Language needs packages of its own, so it is loaded only once
somebody asks for a state machine.
"""

from typing import Any

from moto.core.config import default_user_config
from moto.stepfunctions.responses import StepFunctionResponse


class LocalStepFunctionResponse(StepFunctionResponse):
    @property
    def stepfunction_backend(self) -> Any:
        mend_glue()
        return super().stepfunction_backend


def install() -> None:
    default_user_config["stepfunctions"]["execute_state_machine"] = True


def mend_glue() -> None:
    from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
        state_task_service_glue,
    )

    state_task_service_glue.StateTaskServiceGlue._eval_integration_pattern = run_to_end


def run_to_end(
    self: Any,
    env: Any,
    resource_runtime_part: Any,
    normalised_parameters: Any,
    state_credentials: Any,
) -> None:
    """Moto's own ends by interrupting a callback, which Glue's integration has none of, and fails."""
    self.timeout.eval(env=env)
    seconds = env.stack.pop()
    resolver = self._build_sync_resolver(
        env=env,
        resource_runtime_part=resource_runtime_part,
        normalised_parameters=normalised_parameters,
        state_credentials=state_credentials,
    )
    env.stack.append(self._eval_sync(env, resolver, seconds, None, None))
