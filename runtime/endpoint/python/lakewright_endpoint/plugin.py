"""Puts this package's Glue in the place of moto's."""

import moto.glue.urls
from moto.glue.models import glue_backends

from .backend import LocalGlueBackend
from .responses import LocalGlueResponse


def install() -> None:
    """To be called before the server makes its apps."""
    glue_backends.backend = LocalGlueBackend
    moto.glue.urls.url_paths = {"{0}/$": LocalGlueResponse.dispatch}
