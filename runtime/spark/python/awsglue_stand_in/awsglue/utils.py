"""`getResolvedOptions` as AWS documents it ("Accessing parameters using getResolvedOptions")."""

import argparse
from typing import NoReturn

# Glue hands these to every script, asked for or not; asking for them is an error.
GIVEN_BY_GLUE = ("JOB_ID", "JOB_RUN_ID", "SECURITY_CONFIGURATION")
OPTIONAL = ("TempDir", "RedshiftTempDir")


class GlueArgumentError(Exception):
    """An argument that the script asks for is missing."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise GlueArgumentError(message)


def getResolvedOptions(args: list[str], options: list[str]) -> dict[str, str | None]:
    """The values of `--<option> value` in `args`; each of `options` must be there."""
    parser = _Parser(allow_abbrev=False)
    for name in (*GIVEN_BY_GLUE, *OPTIONAL):
        parser.add_argument(f"--{name}")
    parser.add_argument("--job-bookmark-option", default="job-bookmark-disable")
    for name in options:
        if name not in OPTIONAL:
            parser.add_argument(f"--{name}", required=True)
    return vars(parser.parse_known_args(args[1:])[0])
