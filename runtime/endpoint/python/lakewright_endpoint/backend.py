"""Glue's state: moto's, plus rulesets and bookmarks, which moto does not have, and connections."""

from typing import Any

import moto.glue.urls
from moto.glue.models import GlueBackend
from moto.utilities.utils import get_partition

from .bookmarks import Bookmarks
from .job_runs import Job
from .quality import Rulesets


class LocalGlueBackend(GlueBackend):
    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.jobs: dict[str, Job] = {}
        self.rulesets = Rulesets()
        self.bookmarks = Bookmarks()
        self.networks: dict[str, dict[str, Any]] = {}

    @property
    def _url_module(self) -> Any:
        # moto derives this from the module of the class, which a subclass elsewhere breaks.
        return moto.glue.urls

    def arn(self, kind: str, name: str) -> str:
        partition = get_partition(self.region_name)
        return f"arn:{partition}:glue:{self.region_name}:{self.account_id}:{kind}/{name}"

    def forget_tags(self, kind: str, name: str) -> None:
        """moto keeps the tags of a deleted job; a new job of that name would be born with them."""
        self.tagger.delete_all_tags_for_resource(self.arn(kind, name))
