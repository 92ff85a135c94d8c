"""What a run is told: a deployed job works where it was compiled to work, whatever it is started with.

Glue lets the arguments of the job's definition prevail; this asks once more, of the script's own names.
"""

import re

from lakewright_failures import JobFailed

# Of each argument that is no table, where it may lead; the bucket is the deployment's own affair, and so
# is the environment, whose name stands behind the library's in all arguments alike.
_PLACES = {
    "quarantine": r"s3://[^/]+/quarantine/?",
    "report": r"s3://[^/]+/lakewright/{library}/reports/?",
    "suppression": r"s3://[^/]+/suppression/{library}\.json",
    "suppression_key": r"secretsmanager:lakewright/{library}/suppression-key",
    "pseudonym_key": r"secretsmanager:lakewright/{library}/pseudonym-key/[^/]+",
    "consent_as_of": r".+",
}


def place_of(
    arguments: dict[str, str], library: str, name: str, connection: str | None = None
) -> str:
    """The value of an argument.

    connection: the database that the table of that name is in; absent: it is in the lake.

    Where any table is in the catalog, everything is to be as deployed: a folder beside it, or a key of
    one's own, would be a way around consent, erasure or pseudonyms. Folders alone publish to nobody.
    """
    value = arguments.get(name)
    if not value:
        raise JobFailed(f"the argument --{name} is missing")
    places = [str(place) for place in arguments.values() if str(place).startswith("catalog:")]
    if not places:
        return value
    deployed = _deployed_name(places, library)
    if deployed is None or not _is_own(name, value, deployed, connection):
        raise JobFailed(f"--{name} is not what {library} was deployed with")
    return value


def _deployed_name(places: list[str], library: str) -> str | None:
    """The library's name with that of the environment that all tables are in; None where they are in several."""
    # No zone's name has an underscore.
    database = re.compile(rf"catalog:({re.escape(library)}(?:_[a-z0-9]+)?)_[^_.]+\..+")
    found = {match[1] for place in places if (match := database.fullmatch(place))}
    return found.pop() if len(found) == 1 else None


def _is_own(name: str, value: str, library: str, connection: str | None) -> bool:
    if connection is not None:
        return value == f"secretsmanager:lakewright/{library}/connection/{connection}"
    pattern = _PLACES.get(name)
    if pattern is None:
        # The argument of a table is its zone and name.
        return value == f"catalog:{library}_{name.replace('_', '.', 1)}"
    return re.fullmatch(pattern.format(library=re.escape(library)), value) is not None
