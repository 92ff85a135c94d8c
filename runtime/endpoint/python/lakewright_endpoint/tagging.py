"""The Resource Groups Tagging API: of its calls GetResources, of Glue's resources by ARN. moto's answers that in pages, which a request by
ARN does not have.

The index that AWS answers from hears of changes a little later; this one at once.
"""

import json
from typing import Any

from botocore.model import StructureShape
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, get_service_model
from moto.glue.models import glue_backends
from moto.resourcegroupstaggingapi.responses import ResourceGroupsTaggingAPIResponse

from .constraints import check
from .errors import MalformedRequest, Validation
from .job_runs import LOCK


class LocalTaggingResponse(ResourceGroupsTaggingAPIResponse):
    def get_resources(self) -> ActionResult:
        given = json.loads(self.body or "{}")
        shape = get_service_model("resourcegroupstaggingapi").operation_model("GetResources")
        assert isinstance(shape.input_shape, StructureShape)
        try:
            check(given, shape.input_shape)
        except (Validation, MalformedRequest) as error:
            raise _invalid(error.message) from None
        arns = given.pop("ResourceARNList", None)
        if arns is None or given:
            raise _invalid("The embedded endpoint lists resources by ResourceARNList only.")
        with LOCK:
            known = glue_backends[self.current_account][self.region].tagger.tags
            mappings = [_mapping(arn, known[arn]) for arn in arns if arn in known]
        return ActionResult({"ResourceTagMappingList": mappings})


def _mapping(arn: str, tags: dict[str, str]) -> dict[str, Any]:
    pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
    return {"ResourceARN": arn, "Tags": pairs}


def _invalid(message: str) -> JsonRESTError:
    return JsonRESTError("InvalidParameterException", message)
