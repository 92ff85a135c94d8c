"""Lake Formation's LF-tags and grants of databases and tables; moto neither checks nor keeps them as
the API reference says (an assignment replaces all others, what is not there is no error).

What is known of a database or table is held by Glue's own object, so it goes when that goes.
"""

import json
from http import HTTPStatus
from typing import Any

from botocore.model import StructureShape
from moto.core.exceptions import JsonRESTError
from moto.core.responses import get_service_model
from moto.glue.exceptions import GlueClientError
from moto.glue.models import glue_backends
from moto.iam.models import iam_backends
from moto.lakeformation.responses import LakeFormationResponse
from moto.utilities.utils import get_partition

from .constraints import check
from .errors import MalformedRequest, Validation
from .lake import PERMISSIONS, Entity, LocalLakeFormationBackend
from .paging import page
from .responses import LOCK


class LocalLakeFormationResponse(LakeFormationResponse):
    @property
    def lake(self) -> LocalLakeFormationBackend:
        backend = self.lakeformation_backend
        assert isinstance(backend, LocalLakeFormationBackend)
        return backend

    @property
    def given(self) -> dict[str, Any]:
        return json.loads(self.body or "{}")

    def call_action(self) -> Any:
        operation = self._get_action()
        with LOCK:
            model = get_service_model("lakeformation").operation_model(operation)
            if isinstance(model.input_shape, StructureShape):
                try:
                    check(self.given, model.input_shape)
                except (Validation, MalformedRequest) as error:
                    raise _error(error.error_type, error.message) from None
            return super().call_action()

    # --- definitions of LF-tags

    def create_lf_tag(self) -> str:
        key, values = self.given["TagKey"].lower(), self.given["TagValues"]
        if key in self.lake.tag_values:
            raise _error("InvalidInputException", "Tag key already exists.")
        self.lake.tag_values[key] = list(dict.fromkeys(value.lower() for value in values))
        return "{}"

    def get_lf_tag(self) -> str:
        key = self.given["TagKey"].lower()
        values = self._values(key)
        catalog = self.given.get("CatalogId", self.current_account)
        return json.dumps({"CatalogId": catalog, "TagKey": key, "TagValues": values})

    def list_lf_tags(self) -> str:
        tags = [
            {"CatalogId": self.current_account, "TagKey": key, "TagValues": values}
            for key, values in self.lake.tag_values.items()
        ]
        return json.dumps({"LFTags": tags})

    def update_lf_tag(self) -> str:
        values = self._values(self.given["TagKey"].lower())
        more = [value.lower() for value in self.given.get("TagValuesToAdd") or []]
        less = [value.lower() for value in self.given.get("TagValuesToDelete") or []]
        if not more and not less:
            raise _error("InvalidInputException", "There are no tag values to add or delete.")
        values[:] = [value for value in dict.fromkeys([*values, *more]) if value not in less]
        return "{}"

    def delete_lf_tag(self) -> str:
        key = self.given["TagKey"].lower()
        self._values(key)
        del self.lake.tag_values[key]
        for entity in self.lake.entities.values():
            for tags in (entity.tags, *entity.columns.values()):
                tags.pop(key, None)
        return "{}"

    def _values(self, key: str) -> list[str]:
        if key not in self.lake.tag_values:
            raise _error("EntityNotFoundException", "Tag key does not exist.")
        return self.lake.tag_values[key]

    # --- LF-tags of databases, tables and columns

    def add_lf_tags_to_resource(self) -> str:
        targets = self._tagged()
        failures = []
        for tag in self.given["LFTags"]:
            key, value = tag["TagKey"].lower(), tag["TagValues"][0].lower()
            if value not in self.lake.tag_values.get(key, []):
                failures.append(_failure(tag, "Tag or tag value does not exist."))
                continue
            for tags in targets:
                tags[key] = value
        return json.dumps({"Failures": failures})

    def remove_lf_tags_from_resource(self) -> str:
        targets = self._tagged()
        failures = []
        for tag in self.given["LFTags"]:
            key, value = tag["TagKey"].lower(), tag["TagValues"][0].lower()
            if any(tags.get(key) != value for tags in targets):
                failures.append(_failure(tag, "Tag is not assigned to the resource."))
                continue
            for tags in targets:
                del tags[key]
        return json.dumps({"Failures": failures})

    def get_resource_lf_tags(self) -> str:
        resource = self.given["Resource"]
        assigned = self.given.get("ShowAssignedLFTags") is True
        place = resource.get("Database") or resource.get("Table") or resource["TableWithColumns"]
        database = self._entity({"Database": {"Name": place.get("DatabaseName", place["Name"])}})
        if "Database" in resource:
            return json.dumps({"LFTagOnDatabase": self._pairs(database.tags)})
        table = self._entity({"Table": place})
        above = {} if assigned else {**database.tags, **table.tags}
        names = place.get("ColumnNames") or self._column_names(place)
        columns = [(name, {**above, **table.columns.get(name, {})}) for name in names]
        answer = {
            "LFTagsOnTable": self._pairs(
                table.tags if assigned else {**database.tags, **table.tags}
            ),
            "LFTagsOnColumns": [
                {"Name": name, "LFTags": self._pairs(tags)} for name, tags in columns if tags
            ],
        }
        if not assigned:
            answer["LFTagOnDatabase"] = self._pairs(database.tags)
        return json.dumps(answer)

    def search_tables_by_lf_tags(self) -> str:
        """Tables for which all conditions hold, by what they inherit too; shown is what is assigned."""
        conditions = {one["TagKey"]: one["TagValues"] for one in self.given["Expression"]}
        for key in conditions:
            self._values(key)
        found = []
        for resource, table in self._known():
            place = resource.get("Table")
            if place is None:
                continue
            database = self._entity({"Database": {"Name": place["DatabaseName"]}}).tags
            tags = {**database, **table.tags}
            if not all(tags.get(key) in values for key, values in conditions.items()):
                continue
            columns = [
                {"Name": name, "LFTags": self._pairs(own)}
                for name, own in table.columns.items()
                if own
            ]
            found.append(
                {
                    "Table": {"CatalogId": self.current_account, **place},
                    "LFTagOnDatabase": self._pairs(database),
                    "LFTagsOnTable": self._pairs(table.tags),
                    "LFTagsOnColumns": columns,
                }
            )
        return self._page("TableList", found)

    def _tagged(self) -> list[dict[str, str]]:
        """The tags of the database, the table or each column that a request names."""
        resource = self.given["Resource"]
        if "TableWithColumns" not in resource:
            return [self._entity(resource).tags]
        place = resource["TableWithColumns"]
        known = self._column_names(place)
        names = place.get("ColumnNames") or []
        for name in names:
            if name not in known:
                raise _error("EntityNotFoundException", f"Column not found: {name}")
        entity = self._entity({"Table": place})
        return [entity.columns.setdefault(name, {}) for name in names]

    def _pairs(self, tags: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {"CatalogId": self.current_account, "TagKey": key, "TagValues": [value]}
            for key, value in sorted(tags.items())
        ]

    # --- grants

    def grant_permissions(self) -> str:
        self._grant(self.given)
        return "{}"

    def revoke_permissions(self) -> str:
        self._revoke(self.given)
        return "{}"

    def batch_grant_permissions(self) -> str:
        return self._batch(self._grant)

    def batch_revoke_permissions(self) -> str:
        return self._batch(self._revoke)

    def _batch(self, change: Any) -> str:
        failures = []
        for entry in self.given["Entries"]:
            try:
                change(entry)
            except JsonRESTError as error:
                detail = {"ErrorCode": error.error_type, "ErrorMessage": error.message}
                failures.append({"RequestEntry": entry, "Error": detail})
        return json.dumps({"Failures": failures})

    def _grant(self, entry: dict[str, Any]) -> None:
        entity, principal, permissions = self._granted(entry)
        entity.grants.setdefault(principal, set()).update(permissions)

    def _revoke(self, entry: dict[str, Any]) -> None:
        entity, principal, permissions = self._granted(entry)
        held = entity.grants.get(principal, set())
        if permissions - held:
            missing = ", ".join(sorted(permissions - held))
            raise _error(
                "InvalidInputException",
                f"No permissions revoked. Grantee does not have: [{missing}]",
            )
        held -= permissions

    def _granted(self, entry: dict[str, Any]) -> tuple[Entity, str, set[str]]:
        kind = "Database" if "Database" in entry["Resource"] else "Table"
        entity = self._entity(entry["Resource"])
        principal = entry["Principal"]["DataLakePrincipalIdentifier"]
        permissions = set(entry["Permissions"])
        if permissions - PERMISSIONS[kind]:
            raise _error("InvalidInputException", "Permissions modification is invalid.")
        iam = iam_backends[self.current_account][get_partition(self.region)]
        known = {one.arn for one in (*iam.roles.values(), *iam.users.values())}
        if principal not in known | {"IAM_ALLOWED_PRINCIPALS"}:
            raise _error("InvalidInputException", "Invalid principal, no such role or user.")
        return entity, principal, permissions

    def list_permissions(self) -> str:
        """SELECT on a table is listed as SELECT on all its columns."""
        given = self.given
        resource = given.get("Resource")
        about = self._known() if resource is None else [(resource, self._entity(resource))]
        wanted = given.get("Principal", {}).get("DataLakePrincipalIdentifier")
        listed = [
            one
            for place, entity in about
            for principal, permissions in sorted(entity.grants.items())
            if wanted in (None, principal)
            for one in self._listed_of(principal, place, permissions)
            if one["Permissions"]
        ]
        return self._page("PrincipalResourcePermissions", listed)

    def _listed_of(
        self, principal: str, resource: dict[str, Any], permissions: set[str]
    ) -> list[dict[str, Any]]:
        selects = permissions & {"SELECT"} if "Table" in resource else set()
        columns = {**resource.get("Table", {}), "ColumnWildcard": {}}
        return [
            self._listed(principal, resource, permissions - selects),
            self._listed(principal, {"TableWithColumns": columns}, selects),
        ]

    def _listed(
        self, principal: str, resource: dict[str, Any], permissions: set[str]
    ) -> dict[str, Any]:
        return {
            "Principal": {"DataLakePrincipalIdentifier": principal},
            "Resource": resource,
            "Permissions": sorted(permissions),
            "PermissionsWithGrantOption": [],
        }

    def _page(self, name: str, found: list[Any]) -> str:
        size = self.given.get("MaxResults", 100)
        try:
            part, token = page(found, self.given.get("NextToken"), size)
        except GlueClientError as error:
            raise _error(error.error_type, error.message) from None
        return json.dumps({name: part, **({} if token is None else {"NextToken": token})})

    # --- the catalog

    def _known(self) -> list[tuple[dict[str, Any], Entity]]:
        """All databases and tables of the catalog."""
        found: list[dict[str, Any]] = []
        for database in glue_backends[self.current_account][self.region].get_databases():
            found.append({"Database": {"Name": database.name}})
            found += [
                {"Table": {"DatabaseName": database.name, "Name": name}} for name in database.tables
            ]
        return [(resource, self._entity(resource)) for resource in found]

    def _entity(self, resource: dict[str, Any]) -> Entity:
        return self.lake.entities.setdefault(self._catalogued(resource), Entity())

    def _catalogued(self, resource: dict[str, Any]) -> Any:
        glue = glue_backends[self.current_account][self.region]
        try:
            if "Database" in resource:
                return glue.get_database(resource["Database"]["Name"])
            if "Table" in resource:
                table = resource["Table"]
                return glue.get_table(table["DatabaseName"], table["Name"])
        except GlueClientError as error:
            raise _error("EntityNotFoundException", error.message) from None
        raise _error(
            "InvalidInputException", "The embedded endpoint knows databases and tables only."
        )

    def _column_names(self, table: dict[str, Any]) -> list[str]:
        described = self._catalogued({"Table": table}).as_dict()
        columns = described.get("StorageDescriptor", {}).get("Columns", [])
        return [one["Name"] for one in (*columns, *described.get("PartitionKeys", []))]


def _error(kind: str, message: str) -> JsonRESTError:
    error = JsonRESTError(kind, message)
    error.code = HTTPStatus.BAD_REQUEST.value
    return error


def _failure(tag: dict[str, Any], message: str) -> dict[str, Any]:
    detail = {"ErrorCode": "EntityNotFoundException", "ErrorMessage": message}
    return {"LFTag": tag, "Error": detail}
