"""For the tests of a plugin: its jobs, run by the server as it runs them, when a test wants them to."""

from __future__ import annotations

import time

from contract.callers import Caller

_SECONDS = 60


def run_job(admin: Caller, plugin: str, name: str) -> None:
    """Have the server run the job of the plugin in the caller's organization, and wait until it is done. AssertionError
    with what it has failed of."""
    path = f"/api/x/{plugin.replace('_', '-')}/jobs"
    asked = admin.post(f"{path}/{name}/run", {})
    assert asked.status_code == 202, asked.text
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        found = [job for job in admin.get(path).json()["data"] if job["id"] == asked.json()["id"]]
        if not found:
            return
        assert found[0]["error"] is None, f"the job {name} failed: {found[0]['error']}"
        time.sleep(0.05)
    raise AssertionError(f"the job {name} was not done within {_SECONDS} seconds")
