"""Glue's connections, of which moto neither changes nor deletes any, and checks none.

Facts: the structures ConnectionInput, Connection and PhysicalConnectionRequirements of the API
reference. It does not say that a NETWORK connection needs its subnet, security groups and zone:
Terraform's provider says so of the last ("currently an api requirement").
"""

from datetime import UTC, datetime
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.glue.responses import GlueResponse

from .backend import LocalGlueBackend
from .errors import AlreadyExists, EntityNotFound, InvalidInput
from .paging import page

PLACE = ("SubnetId", "SecurityGroupIdList", "AvailabilityZone")
SECRETS = ("PASSWORD", "ENCRYPTED_PASSWORD")


class ConnectionResponses(GlueResponse):
    """What a Glue response answers about connections."""

    glue: LocalGlueBackend
    parameters: dict[str, Any]

    def create_connection(self) -> ActionResult:
        definition = _checked(self.parameters["ConnectionInput"])
        name = definition["Name"]
        if name in self.glue.networks:
            raise AlreadyExists(f"Connection {name} already exists.")
        now = datetime.now(UTC)
        times = {"CreationTime": now, "LastUpdatedTime": now}
        self.glue.networks[name] = {**definition, **times}
        self.glue.tag_resource(self.glue.arn("connection", name), self.parameters.get("Tags"))
        return ActionResult({"CreateConnectionStatus": "READY"})

    def update_connection(self) -> ActionResult:
        """Replaces the definition: what the update does not name is gone."""
        found = self._connection(self.parameters["Name"])
        definition = _checked(self.parameters["ConnectionInput"])
        times = {"CreationTime": found["CreationTime"], "LastUpdatedTime": datetime.now(UTC)}
        self.glue.networks[self.parameters["Name"]] = {**definition, **times}
        return EmptyResult()

    def delete_connection(self) -> ActionResult:
        name = self._connection(self.parameters["ConnectionName"])["Name"]
        del self.glue.networks[name]
        self.glue.forget_tags("connection", name)
        return EmptyResult()

    def get_connection(self) -> ActionResult:
        found = self._connection(self.parameters["Name"])
        return ActionResult({"Connection": _shown(found, self.parameters)})

    def get_connections(self) -> ActionResult:
        given = self.parameters
        found = [_shown(one, given) for one in self.glue.networks.values()]
        part, token = page(found, given.get("NextToken"), given.get("MaxResults", 100))
        return ActionResult({"ConnectionList": part, "NextToken": token})

    def _connection(self, name: str) -> dict[str, Any]:
        if name not in self.glue.networks:
            raise EntityNotFound(f"Connection {name} not found.")
        return self.glue.networks[name]


def _checked(definition: dict[str, Any]) -> dict[str, Any]:
    place = definition.get("PhysicalConnectionRequirements") or {}
    missing = [name for name in PLACE if not place.get(name)]
    if definition["ConnectionType"] == "NETWORK" and missing:
        raise InvalidInput(f"A NETWORK connection needs {', '.join(missing)}.")
    return definition


def _shown(found: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    properties = found["ConnectionProperties"]
    if given.get("HidePassword"):
        properties = {name: one for name, one in properties.items() if name not in SECRETS}
    return {
        "MatchCriteria": [],
        **found,
        "ConnectionProperties": properties,
        "LastUpdatedBy": "arn:aws:iam::123456789012:user/somebody",
        "Status": "READY",
        "ConnectionSchemaVersion": 1,
    }
