"""Streams that nothing reads yet: what the manifest lists, and the tables that they are delivered to."""

from collections.abc import Iterator, Mapping
from typing import Any

from declarations import declared_labels, table_of

# What must be the same of a stream and of the table that it is delivered to.
_ROWS = ("owner", "eventTime", "consents")
_COLUMN = ("type", "nullable", "labels", "band")


def stream_refusals(library: Mapping[str, Any], manifest: Mapping[str, Any]) -> Iterator[str]:
    """Where the manifest, or a table, says something else of a stream than the author."""
    declared = library.get("streams", [])
    listed = {one["name"]: one for one in manifest.get("streams", [])}
    if sorted(listed) != sorted(one["name"] for one in declared):
        yield "the streams are not those that the library declares"
        return
    tables = {f"{one['zone']}.{one['name']}": one for one in library["tables"]}
    for stream in declared:
        name, said = stream["name"], listed[stream["name"]]
        if {one["name"]: sorted(one["labels"]) for one in said["columns"]} != _labels(stream):
            yield f"the labels of the stream {name} are not those that it is declared with"
        if any(said.get(key) != stream.get(key) for key in ("from", "deliveredTo")):
            yield f"the stream {name} is not where it is declared to be"
        target = stream.get("deliveredTo")
        if target is not None and not _agree(stream, tables.get(target)):
            yield f"the stream {name} is delivered to {target}, which is declared otherwise"


def _labels(declared: Mapping[str, Any]) -> dict[str, list[str]]:
    table = table_of(declared)
    return {name: sorted(declared_labels(table, name)) for name in table.columns}


def _agree(stream: Mapping[str, Any], table: Mapping[str, Any] | None) -> bool:
    if table is None or any(stream.get(key) != table.get(key) for key in _ROWS):
        return False
    sent, landed = _columns(stream), _columns(table)
    folders = table.get("partitionedBy", [])
    missing = [name for name in landed if name not in sent and name not in folders]
    return not missing and all(
        name in landed and _fits(column, landed[name]) for name, column in sent.items()
    )


def _columns(declared: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    labels = _labels(declared)
    return {
        one["name"]: {key: one.get(key) for key in _COLUMN} | {"labels": labels[one["name"]]}
        for one in declared["columns"]
    }


def _fits(sent: Mapping[str, Any], landed: Mapping[str, Any]) -> bool:
    """The same, but that what never comes as null may be null in the table."""
    if sent["nullable"] and not landed["nullable"]:
        return False
    return all(sent[key] == landed[key] for key in _COLUMN if key != "nullable")
