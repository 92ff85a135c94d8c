"""Puts this package's Glue in the place of moto's. Call `install` before the server makes its apps."""

import moto.glue.urls
from moto.glue.models import glue_backends

from .backend import LocalGlueBackend
from .responses import LocalGlueResponse


def install() -> None:
    glue_backends.backend = LocalGlueBackend
    moto.glue.urls.url_paths = {"{0}/$": LocalGlueResponse.dispatch}
