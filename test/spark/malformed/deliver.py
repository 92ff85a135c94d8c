"""Reads each delivery of a list as a job does: `deliver.py <deliveries.json> <results.json>`."""

import json
import sys
from pathlib import Path
from typing import Any

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as T

spark = SparkSession.builder.getOrCreate()


def written(place: Path, one: dict[str, Any], form: str) -> None:
    """A file that Spark writes, cut off where that is asked for."""
    folder = place.parent / f"{place.name}-{one['path']}"
    spark.sql(one["query"]).coalesce(1).write.format(form).save(str(folder))
    (part,) = folder.glob("part-*")
    data = part.read_bytes()
    (place / f"{one['path']}.{form}").write_bytes(data[: one.get("bytes", len(data))])


def read(run: lakewright.Run, one: dict[str, Any]) -> DataFrame:
    schema = T._parse_datatype_string(one["schema"])
    words = {"partitioned_by": one["partitioned_by"]}
    if one["form"] == "csv":
        form = lakewright.Csv(**one["csv"])
        return run.read_csv("landing_t", schema, form, **words)
    return getattr(run, f"read_{one['form']}")("landing_t", schema, **words)


def said(value: Any) -> Any:
    if isinstance(value, list):
        return [said(item) for item in value]
    return value if value is None or isinstance(value, bool | str) else str(value)


def deliver(one: dict[str, Any], work: Path) -> dict[str, Any]:
    place, out = Path(one["place"]), work / "out"
    for file in one["written"]:
        written(place, file, one["form"])
    arguments = {"JOB_NAME": "malformed", "landing_t": str(place), "trusted_t": str(out / "t")}
    arguments |= {"quarantine": str(out / "quarantine"), "report": str(out / "reports")}
    try:
        with lakewright.Run(arguments, library="malformed") as run:
            run.publish(read(run, one), "trusted_t")
    except lakewright.JobFailed as failed:
        return {"stops": str(failed)}
    report = json.loads((out / "reports" / "malformed" / f"{run.run_id}.json").read_text())
    rows = spark.read.parquet(str(out / "t")).collect()
    named = [{name: said(value) for name, value in row.asDict().items()} for row in rows]
    counted = report["inputs"]["landing_t"]
    kept = [
        json.loads(line) for part in out.glob("quarantine/**/part-*.json") for line in part.open()
    ]
    return counted | {"delivered": counted["rows"], "rows": named, "kept": kept}


if __name__ == "__main__":
    deliveries, results = map(Path, sys.argv[1:])
    found = [
        deliver(one, results.parent / str(number))
        for number, one in enumerate(json.loads(deliveries.read_text()))
    ]
    results.write_text(json.dumps(found))
