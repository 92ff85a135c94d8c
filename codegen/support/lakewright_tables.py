"""Where tables lie: folders and the Glue catalog, and how one version of a table replaces another.

boto3, which Glue has, is imported only where AWS is asked.
"""

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lakewright_failures import JobFailed, SchemaMismatch

RUN_ID = re.compile(r"jr_[0-9A-Za-z_-]{8,}")
# Glue stops a job after 48 hours unless told otherwise: an older unpublished version is a dead one.
_ABANDONED = timedelta(hours=48)
# What UpdateTable takes of what GetTable returns.
_TABLE_INPUT = ["Name", "Description", "Owner", "LastAccessTime", "LastAnalyzedTime", "Retention"]
_TABLE_INPUT += ["StorageDescriptor", "PartitionKeys", "ViewOriginalText", "ViewExpandedText"]
_TABLE_INPUT += ["TableType", "Parameters", "TargetTable"]


def replace_folder(final: Path, run_id: str, write: Callable[[str], None]) -> None:
    """Let `write` fill a folder beside `final`, then swap it in; a failure leaves the last good one."""
    retired = final.with_name(f".{final.name}.retired")
    staged = final.with_name(f".{final.name}.{run_id}")
    if retired.exists() and not final.exists():
        retired.rename(final)  # a run was killed between the two renames below
    for leftover in (retired, *final.parent.glob(f".{final.name}.jr_*")):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        write(str(staged))
        if final.exists():
            final.rename(retired)
        staged.rename(final)
    except BaseException:
        if retired.exists() and not final.exists():
            retired.rename(final)
        shutil.rmtree(staged, ignore_errors=True)
        raise
    shutil.rmtree(retired, ignore_errors=True)


@cache
def aws(service: str) -> Any:
    import boto3

    return boto3.client(service)


def catalog_name(place: str) -> tuple[str, str]:
    database, dot, table = place.removeprefix("catalog:").partition(".")
    if not (database and dot and table):
        raise JobFailed(f"{place!r} is not catalog:<database>.<table>")
    return database, table


def table_of(database: str, name: str) -> dict[str, Any]:
    return aws("glue").get_table(DatabaseName=database, Name=name)["Table"]


def is_iceberg(table: dict[str, Any]) -> bool:
    return str(table.get("Parameters", {}).get("table_type")).upper() == "ICEBERG"


def rows_place(table: dict[str, Any]) -> str:
    """Where the rows are that readers see: a folder, or the metadata of an Iceberg table; "" before its first run."""
    if is_iceberg(table):
        return table["Parameters"].get("metadata_location", "")
    return table["StorageDescriptor"]["Location"]


def split_version(table: dict[str, Any]) -> tuple[str, str]:
    """The folder that holds a table's versions, and the run that published the current one."""
    location = table["StorageDescriptor"]["Location"].rstrip("/")
    root, _, run_id = location.rpartition("/")
    published = RUN_ID.fullmatch(run_id) and root.rpartition("/")[2] == table["Name"]
    return (root, run_id) if published else (location, "")


def repoint(
    database: str,
    name: str,
    location: str,
    columns: list[str],
    folders: Sequence[str],
    parameters: dict[str, str],
) -> tuple[str, str]:
    """Move the table to a new version unless somebody else changes it at that moment.

    folders: those of the columns whose values are names of folders, in their order.
    parameters: of an Iceberg table with its `metadata_location`, as Iceberg's own catalog for Glue moves it.

    Gives the run whose version was replaced, and the run that had been replaced by that one.
    """
    table = table_of(database, name)
    keys = [column["Name"] for column in table.get("PartitionKeys", [])]
    stored = [column["Name"].lower() for column in table["StorageDescriptor"]["Columns"]]
    if sorted(stored + keys) != sorted(column.lower() for column in columns):
        raise SchemaMismatch(f"{database}.{name} has other columns in the catalog")
    if keys != list(folders):
        raise SchemaMismatch(f"{database}.{name} is partitioned by other columns in the catalog")
    if is_iceberg(table) != ("metadata_location" in parameters):
        kind = "an" if is_iceberg(table) else "no"
        raise SchemaMismatch(f"{database}.{name} is {kind} Iceberg table in the catalog")
    _, previous = split_version(table)
    old = table.get("Parameters", {})
    kept = {key: value for key, value in old.items() if not key.startswith("projection.")}
    update = {key: table[key] for key in _TABLE_INPUT if key in table}
    update["StorageDescriptor"] = table["StorageDescriptor"] | {"Location": location}
    update["Parameters"] = kept | parameters | {"lakewright:previous_run_id": previous}
    if "metadata_location" in old:
        update["Parameters"]["previous_metadata_location"] = old["metadata_location"]
    guard = {"VersionId": table["VersionId"]} if "VersionId" in table else {}
    aws("glue").update_table(DatabaseName=database, TableInput=update, **guard)
    return previous, old.get("lakewright:previous_run_id", "")


def delete_versions(root: str, superseded: str, keep: set[str]) -> None:
    """Delete the version before the last, and what runs that died left long ago."""
    abandoned_before = datetime.now(UTC) - _ABANDONED

    def is_over(run_id: str, written: datetime) -> bool:
        return run_id == superseded or (written < abandoned_before and run_id not in keep)

    _delete_runs(root, is_over)


def delete_older_runs(root: str, run_id: str, age: timedelta) -> None:
    """Delete what runs wrote before, but for the last of them, and for that one's too where it is older."""
    written: dict[str, datetime] = {}
    for item, by in _written_by_runs(root):
        written[by] = max(item["LastModified"], written.get(by, item["LastModified"]))
    before = {by: at for by, at in written.items() if by != run_id}
    last = max(before, key=lambda by: before[by], default=None)
    oldest = datetime.now(UTC) - age
    over = {by for by, at in before.items() if by != last or at < oldest}
    if over:
        _delete_runs(root, lambda by, _: by in over)


def discard_version(root: str, run_id: str) -> None:
    """Delete what a run that fails has written, as far as that can be done."""
    with contextlib.suppress(Exception):
        _delete_runs(root, lambda written_by, _: written_by == run_id)


def discard_folder(place: str) -> None:
    """Delete what was written to a folder of a run, as far as that can be done."""
    if "://" in place:
        root, _, run_id = place.rstrip("/").rpartition("/")
        discard_version(root, run_id)
    else:
        shutil.rmtree(place, ignore_errors=True)


def _delete_runs(root: str, is_over: Callable[[str, datetime], bool]) -> None:
    """Delete what runs wrote below `root`, in all versions that the bucket keeps of it.

    A mark of deletion would only hide rows, also those of people who have withdrawn since.
    """
    bucket, _ = bucket_and_key(root)
    doomed = (
        {"Key": item["Key"], "VersionId": item["VersionId"]}
        for item, run_id in _written_by_runs(root)
        if is_over(run_id, item["LastModified"])
    )
    # S3 takes a thousand at a time.
    while objects := list(islice(doomed, 1000)):
        aws("s3").delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})


def _written_by_runs(root: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every version below `root` of what runs wrote, and the run."""
    bucket, prefix = bucket_and_key(f"{root}/")
    pages = aws("s3").get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix)
    for page in pages:
        for item in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
            run_id = item["Key"].removeprefix(prefix).partition("/")[0]
            if RUN_ID.fullmatch(run_id):
                yield item, run_id


def bucket_and_key(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.netloc, parts.path.lstrip("/")


def write_text(place: str, text: str) -> None:
    """Write a small file to `s3://` or a folder."""
    if place.startswith("s3"):
        bucket, key = bucket_and_key(place)
        aws("s3").put_object(Bucket=bucket, Key=key, Body=text.encode())
    else:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        Path(place).write_text(text)
