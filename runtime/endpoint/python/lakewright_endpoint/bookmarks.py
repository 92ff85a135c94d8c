"""Job bookmarks: one entry per run that reported one. Facts: GetJobBookmark, ResetJobBookmark."""

from typing import Any

from .errors import EntityNotFound


class Bookmarks:
    def __init__(self) -> None:
        self._entries: dict[str, list[dict[str, Any]]] = {}

    def record(self, job: str, run_id: str, bookmark: str) -> None:
        """Keeps what a run left for the next one (called through the runner's hook)."""
        entries = self._entries.setdefault(job, [])
        previous = entries[-1] if entries else None
        entry = {
            "JobName": job,
            "Version": previous["Version"] + 1 if previous else 1,
            "Run": previous["Run"] + 1 if previous else 1,
            "Attempt": 0,
            "RunId": run_id,
            "JobBookmark": bookmark,
        }
        if previous:
            entry["PreviousRunId"] = previous["RunId"]
        entries.append(entry)

    def get(self, job: str, run_id: str | None) -> dict[str, Any]:
        for entry in reversed(self._entries.get(job, [])):
            if run_id is None or entry["RunId"] == run_id:
                return entry
        raise EntityNotFound(f"Continuation for job {job} not found")

    def reset(self, job: str, run_id: str | None) -> dict[str, Any]:
        """Back to nothing processed, or with `run_id` to the state before that run."""
        entry = self.get(job, run_id)
        entries = self._entries[job]
        self._entries[job] = entries[: entries.index(entry)] if run_id else []
        return {**entry, "JobBookmark": "{}"}

    def forget(self, job: str) -> None:
        self._entries.pop(job, None)
