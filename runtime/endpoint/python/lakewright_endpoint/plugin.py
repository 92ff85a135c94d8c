"""Puts this package's Glue, KMS, Lake Formation and tagging in the place of moto's, and mends the rest of it."""

import moto.glue.urls
import moto.kms.urls
import moto.lakeformation.urls
import moto.resourcegroupstaggingapi.urls
import moto.stepfunctions.urls
from moto.glue.models import glue_backends
from moto.lakeformation.models import lakeformation_backends

from . import bucket_lifecycles, bucket_policies, object_writes, role_writes, state_machines
from .backend import LocalGlueBackend
from .keys import LocalKmsResponse
from .lake import LocalLakeFormationBackend
from .lake_formation import LocalLakeFormationResponse
from .responses import LocalGlueResponse
from .tagging import LocalTaggingResponse


def install() -> None:
    """To be called before the server makes its apps."""
    glue_backends.backend = LocalGlueBackend
    lakeformation_backends.backend = LocalLakeFormationBackend
    moto.glue.urls.url_paths = {"{0}/$": LocalGlueResponse.dispatch}
    moto.kms.urls.url_paths = {"{0}/$": LocalKmsResponse.dispatch}
    dispatch = LocalLakeFormationResponse.dispatch
    lake_paths = [*moto.lakeformation.urls.url_paths, "{0}/SearchTablesByLFTags$"]
    moto.lakeformation.urls.url_paths = dict.fromkeys(lake_paths, dispatch)
    tagging = LocalTaggingResponse.dispatch
    moto.resourcegroupstaggingapi.urls.url_paths = {"{0}/$": tagging}
    step_functions = state_machines.LocalStepFunctionResponse.dispatch
    moto.stepfunctions.urls.url_paths = {"{0}/$": step_functions}
    bucket_lifecycles.install()
    bucket_policies.install()
    state_machines.install()
    object_writes.install()
    role_writes.install()
