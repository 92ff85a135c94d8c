"""What Glue answers beside what it was told: times, ids, and defaults that nobody wrote.

Facts: the structures Table, StorageDescriptor, SerDeInfo, Database, Trigger and Action of the API
reference, and the answers that its and the CLI's examples print.
"""

from typing import Any

STORAGE_DEFAULTS = {
    "Compressed": False,
    "NumberOfBuckets": 0,
    "SortColumns": [],
    "BucketColumns": [],
    "Parameters": {},
    "SkewedInfo": {
        "SkewedColumnNames": [],
        "SkewedColumnValues": [],
        "SkewedColumnValueLocationMaps": {},
    },
    "StoredAsSubDirectories": False,
}
# Who may do what with a new table, unless Lake Formation's settings say otherwise.
EVERYBODY = {
    "Principal": {"DataLakePrincipalIdentifier": "IAM_ALLOWED_PRINCIPALS"},
    "Permissions": ["ALL"],
}


def table(found: dict[str, Any], account: str) -> dict[str, Any]:
    shown = {
        "Retention": 0,
        "PartitionKeys": [],
        "CreatedBy": f"arn:aws:iam::{account}:user/somebody",
        "IsRegisteredWithLakeFormation": False,
        "IsMultiDialectView": False,
        "IsMaterializedView": False,
        **found,
    }
    shown["UpdateTime"] = shown.get("UpdateTime") or shown.get("CreateTime")
    storage = found.get("StorageDescriptor")
    if storage:
        shown["StorageDescriptor"] = {**STORAGE_DEFAULTS, **storage}
        if storage.get("SerdeInfo"):
            serde = {"Parameters": {}, **storage["SerdeInfo"]}
            shown["StorageDescriptor"]["SerdeInfo"] = serde
    return shown


def database(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "CreateTableDefaultPermissions": _permissions(found)}


def trigger(found: dict[str, Any]) -> dict[str, Any]:
    actions = [{"Arguments": {}, **action} for action in found.get("Actions") or []]
    return {**found, "Actions": actions}


def _permissions(found: dict[str, Any]) -> list[dict[str, Any]]:
    given = found.get("CreateTableDefaultPermissions")
    return [EVERYBODY] if given is None else given
