"""What Glue checks in a job definition and which defaults it fills in.

Facts: the AWS Glue API reference, structures CreateJobRequest, JobUpdate and JobCommand. The lower
bound of two workers for Spark jobs is the console's (and Terraform's), the reference names none.
"""

from typing import Any

from .errors import InvalidInput

DEFAULT_GLUE_VERSION = "6.0"
GLUE_VERSIONS = ("0.9", "1.0", "2.0", "3.0", "4.0", "5.0", "5.1", "6.0")
COMMANDS = ("glueetl", "gluestreaming", "pythonshell", "glueray")
SPARK_COMMANDS = ("glueetl", "gluestreaming")
LONGEST_TIMEOUT_MINUTES = 7 * 24 * 60
# DPU of one worker and the first Glue version that offers it.
WORKERS: dict[str, tuple[float, str]] = {
    "Standard": (1, "0.9"),
    "G.025X": (0.25, "3.0"),
    "G.1X": (1, "0.9"),
    "G.2X": (2, "0.9"),
    "G.4X": (4, "3.0"),
    "G.8X": (8, "3.0"),
    "G.12X": (12, "4.0"),
    "G.16X": (16, "4.0"),
    "R.1X": (1, "4.0"),
    "R.2X": (2, "4.0"),
    "R.4X": (4, "4.0"),
    "R.8X": (8, "4.0"),
    "Z.2X": (2, "4.0"),
}


def checked_definition(given: dict[str, Any]) -> dict[str, Any]:
    """The definition with Glue's defaults; raises `InvalidInput` where Glue would."""
    version = given.get("GlueVersion") or DEFAULT_GLUE_VERSION
    _check_command(given)
    _check_version(given, version)
    _check_capacity(given, version)
    _check_timeout(given)
    return _with_defaults(given, version)


def _check_command(given: dict[str, Any]) -> None:
    if not given.get("Role"):
        raise InvalidInput("Role cannot be null or empty.")
    command = given.get("Command") or {}
    if command.get("Name") not in COMMANDS:
        raise InvalidInput(
            f"Command name {command.get('Name')!r} is not one of {', '.join(COMMANDS)}."
        )
    if not command.get("ScriptLocation") and command["Name"] != "glueray":
        raise InvalidInput("Script location cannot be null or empty.")


def _check_version(given: dict[str, Any], version: str) -> None:
    if version not in (*GLUE_VERSIONS, "auto"):
        raise InvalidInput(f"Glue version {version} is not supported.")
    flexible = given.get("ExecutionClass") == "FLEX"
    if flexible and (given["Command"]["Name"] != "glueetl" or _older(version, "3.0")):
        raise InvalidInput("Execution class FLEX needs a glueetl job of Glue version 3.0 or later.")


def _check_capacity(given: dict[str, Any], version: str) -> None:
    worker, count = given.get("WorkerType"), given.get("NumberOfWorkers")
    sized = worker is not None or count is not None
    if sized and given.get("MaxCapacity") is not None:
        raise InvalidInput("Do not set MaxCapacity if using WorkerType and NumberOfWorkers.")
    if (worker is None) != (count is None):
        raise InvalidInput("WorkerType and NumberOfWorkers must be set together.")
    command = given["Command"]["Name"]
    spark = command in SPARK_COMMANDS
    if not sized:
        if spark and given.get("MaxCapacity") is not None and not _older(version, "2.0"):
            raise InvalidInput(
                "Glue 2.0 and later take WorkerType and NumberOfWorkers, not MaxCapacity."
            )
        return
    if count < (2 if spark else 1):
        raise InvalidInput(f"NumberOfWorkers is {count}; a {command} job needs at least 2.")
    if _older(version, WORKERS[worker][1]):
        raise InvalidInput(f"Worker type {worker} is not available in Glue version {version}.")
    if worker == "G.025X" and command != "gluestreaming":
        raise InvalidInput("Worker type G.025X is for gluestreaming jobs only.")
    if (worker == "Z.2X") != (command == "glueray"):
        raise InvalidInput("Worker type Z.2X is for glueray jobs, and glueray jobs take no other.")


def _check_timeout(given: dict[str, Any]) -> None:
    if (given.get("Timeout") or 0) > LONGEST_TIMEOUT_MINUTES:
        raise InvalidInput(f"Timeout must not exceed {LONGEST_TIMEOUT_MINUTES} minutes (7 days).")
    if (given.get("MaxRetries") or 0) < 0:
        raise InvalidInput("MaxRetries must not be negative.")


def _with_defaults(given: dict[str, Any], version: str) -> dict[str, Any]:
    definition = {
        "ExecutionProperty": {"MaxConcurrentRuns": 1},
        "ExecutionClass": "STANDARD",
        "JobMode": "SCRIPT",
        "JobRunQueuingEnabled": False,
        "MaxRetries": 0,
        "DefaultArguments": {},
        **{field: value for field, value in given.items() if value is not None},
        "GlueVersion": version,
    }
    definition.setdefault("Timeout", 2880 if _older(version, "5.0") else 480)
    capacity = definition.get("MaxCapacity")
    if capacity is None:
        worker, count = definition.get("WorkerType"), definition.get("NumberOfWorkers")
        shell = definition["Command"]["Name"] == "pythonshell"
        unsized = 0.0625 if shell else 10.0
        capacity = WORKERS[worker][0] * count if worker and count else unsized
    return {**definition, "MaxCapacity": float(capacity), "AllocatedCapacity": int(capacity)}


def _older(version: str, than: str) -> bool:
    if version == "auto":
        return False
    return tuple(map(int, version.split("."))) < tuple(map(int, than.split(".")))
