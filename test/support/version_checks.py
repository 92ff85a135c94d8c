"""What becomes of the versions of a table in S3, one function each: `version_checks.py <function> <bucket>`."""

import sys
from datetime import timedelta

import lakewright_tables as tables

LAST, BEFORE, SUPERSEDED, DEAD = (f"jr_0123456789abcde{n}" for n in range(4))
bucket = sys.argv[2]
root = f"s3://{bucket}/trusted/reading"
s3 = tables.aws("s3")


def put(run_id: str) -> None:
    """A run's files, as Spark leaves them: written below `_temporary`, copied, deleted there."""
    key = f"trusted/reading/{run_id}/part-0.parquet"
    temporary = f"trusted/reading/{run_id}/_temporary/0/part-0.parquet"
    for name in (temporary, key):
        s3.put_object(Bucket=bucket, Key=name, Body=b"rows")
    s3.delete_object(Bucket=bucket, Key=temporary)


def runs() -> set[str]:
    """Runs of which any version of any object is left, marks of deletion included."""
    found = s3.list_object_versions(Bucket=bucket, Prefix="trusted/reading/")
    items = (*found.get("Versions", []), *found.get("DeleteMarkers", []))
    return {item["Key"].split("/")[2] for item in items}


def a_superseded_version_is_gone_for_good() -> None:
    for run_id in (LAST, BEFORE, SUPERSEDED):
        put(run_id)
    tables.delete_versions(root, SUPERSEDED, keep={LAST, BEFORE})
    assert runs() == {LAST, BEFORE}, runs()


def what_a_dead_run_left_goes_in_time() -> None:
    for run_id in (LAST, BEFORE, DEAD):
        put(run_id)
    tables.delete_versions(root, "", keep={LAST, BEFORE})
    assert runs() == {LAST, BEFORE, DEAD}, "it may be under way still"
    tables._ABANDONED = timedelta(0)
    tables.delete_versions(root, "", keep={LAST, BEFORE})
    assert runs() == {LAST, BEFORE}, runs()


def a_failed_run_leaves_the_last_good_version_however_old() -> None:
    tables._ABANDONED = timedelta(0)
    for run_id in (LAST, BEFORE, DEAD):
        put(run_id)
    tables.discard_version(root, DEAD)
    assert runs() == {LAST, BEFORE}, runs()


def folders_change_with_the_version() -> None:
    glue, database = tables.aws("glue"), bucket.replace("-", "_")
    column = {"Name": "user", "Type": "string"}
    made = {"Name": "reading", "PartitionKeys": [{"Name": "day", "Type": "date"}]}
    made["StorageDescriptor"] = {"Columns": [column], "Location": root}
    made["Parameters"] = {"classification": "parquet", "projection.gone.type": "enum"}
    glue.create_database(DatabaseInput={"Name": database})
    glue.create_table(DatabaseName=database, TableInput=made)

    def repoint(folders: list[str], columns: list[str]) -> None:
        told = {"projection.enabled": "true", "projection.day.range": "2024-01-01,2024-01-02"}
        tables.repoint(database, "reading", f"{root}/{LAST}/", columns, folders, told)

    for folders, columns in (
        ([], ["user", "day"]),
        (["user"], ["day", "user"]),
        (["day"], ["day"]),
    ):
        try:
            repoint(folders, columns)
        except tables.SchemaMismatch:
            continue
        raise AssertionError(f"{folders} of {columns} were taken")
    repoint(["day"], ["user", "day"])
    found = tables.table_of(database, "reading")
    assert found["StorageDescriptor"]["Location"] == f"{root}/{LAST}/", found
    parameters = {
        key: value for key, value in found["Parameters"].items() if "lakewright" not in key
    }
    assert parameters == {
        "classification": "parquet",
        "projection.enabled": "true",
        "projection.day.range": "2024-01-01,2024-01-02",
    }, parameters


def iceberg_moves_with_its_metadata() -> None:
    glue, database = tables.aws("glue"), bucket.replace("-", "_")
    glue.create_database(DatabaseInput={"Name": database})
    for name, parameters in (("reading", {"table_type": "ICEBERG"}), ("other", {})):
        storage = {"Columns": [{"Name": "user", "Type": "string"}], "Location": f"{root}/"}
        made = {"Name": name, "StorageDescriptor": storage, "Parameters": parameters}
        glue.create_table(DatabaseName=database, TableInput=made)
    assert tables.rows_place(tables.table_of(database, "reading")) == "", "none was published"

    def repoint(name: str, run_id: str, **more: str) -> tuple[str, str]:
        return tables.repoint(database, name, f"{root}/{run_id}/", ["user"], (), more)

    # Readers of the one would look for files where there is metadata, and the other way round.
    for name, more in (("reading", {}), ("other", {"metadata_location": "m"})):
        try:
            repoint(name, LAST, **more)
        except tables.SchemaMismatch:
            continue
        raise AssertionError(f"{name} was moved with {more}")
    assert repoint("reading", SUPERSEDED, metadata_location="0") == ("", "")
    assert repoint("reading", BEFORE, metadata_location="1") == (SUPERSEDED, "")
    assert repoint("reading", LAST, metadata_location="2") == (BEFORE, SUPERSEDED)
    found = tables.table_of(database, "reading")
    assert tables.rows_place(found) == "2", found
    pointers = {"table_type": "ICEBERG", "previous_metadata_location": "1"}
    assert pointers.items() <= found["Parameters"].items(), found


def what_was_written_on_the_way_is_gone_for_good() -> None:
    for run_id in (LAST, f"{LAST}_loose"):
        put(run_id)
    tables.discard_folder(f"{root}/{LAST}_loose")
    assert runs() == {LAST}, runs()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
