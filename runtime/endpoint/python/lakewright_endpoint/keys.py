"""KMS: moto's, with the checks of the service model and of key policies."""

import json
from typing import Any

from botocore.model import StructureShape
from moto.core.exceptions import JsonRESTError
from moto.core.responses import get_service_model
from moto.iam.models import iam_backends
from moto.kms.responses import KmsResponse
from moto.utilities.utils import get_partition

from .constraints import check
from .errors import MalformedRequest, Validation
from .policies import BadPolicy, check_key_policy


class LocalKmsResponse(KmsResponse):
    def call_action(self) -> Any:
        model = get_service_model("kms").operation_model(self._get_action())
        if isinstance(model.input_shape, StructureShape):
            try:
                check(json.loads(self.body or "{}"), model.input_shape)
            except (Validation, MalformedRequest) as error:
                raise JsonRESTError(error.error_type, error.message) from None
        return super().call_action()

    def create_key(self) -> str:
        self._check_policy()
        return super().create_key()

    def put_key_policy(self) -> str:
        self._check_policy()
        return super().put_key_policy()

    def _check_policy(self) -> None:
        text = self._get_param("Policy")
        if text is None:
            return
        iam = iam_backends[self.current_account][get_partition(self.region)]
        known = {role.arn for role in iam.roles.values()} | {
            user.arn for user in iam.users.values()
        }
        try:
            check_key_policy(text, self.current_account, known)
        except BadPolicy as error:
            raise JsonRESTError("MalformedPolicyDocumentException", str(error)) from None
