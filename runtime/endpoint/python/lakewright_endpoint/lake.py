"""What Lake Formation knows: LF-tags, and the tags and grants of databases and tables."""

from typing import Any
from weakref import WeakKeyDictionary

import moto.lakeformation.urls
from moto.lakeformation.models import LakeFormationBackend

# Developer guide, "Lake Formation permissions reference".
PERMISSIONS = {
    "Database": {"ALL", "ALTER", "CREATE_TABLE", "DESCRIBE", "DROP"},
    "Table": {"ALL", "ALTER", "DELETE", "DESCRIBE", "DROP", "INSERT", "SELECT"},
}


class Entity:
    """What Lake Formation knows of one database or table."""

    def __init__(self) -> None:
        self.tags: dict[str, str] = {}
        self.columns: dict[str, dict[str, str]] = {}
        self.grants: dict[str, set[str]] = {}


class LocalLakeFormationBackend(LakeFormationBackend):
    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.tag_values: dict[str, list[str]] = {}
        self.entities: WeakKeyDictionary[Any, Entity] = WeakKeyDictionary()

    @property
    def _url_module(self) -> Any:
        return moto.lakeformation.urls
