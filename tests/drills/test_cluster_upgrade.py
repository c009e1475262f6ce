"""The data of an older PostgreSQL, with a demo organization in them, are served by the one of the wheel.

It needs another major version's programs: Debian's, or those in the folder that DRILL_OLD_POSTGRESQL names.
"""

import os
import re
from pathlib import Path

import pytest

from pharus import postgres_programs as programs
from pharus.embedded import Cluster, create_database
from tests import database
from tests.handlers.cli.test_commands import pharus

pytestmark = [pytest.mark.drills, pytest.mark.no_database]

OLD = Path(os.environ.get("DRILL_OLD_POSTGRESQL") or max(Path("/usr/lib/postgresql").glob("1[5-7]/bin"), default=""))


def test_data_of_an_older_version_are_upgraded_with_everything_in_them() -> None:
    with database.data_of_its_own() as data:
        cluster = Cluster(data)
        with cluster.alone():
            account = programs.account_for(cluster.folder)
            programs.let_in(account, cluster.folder, OLD)
            cluster.make(account, OLD)
            cluster.run(OLD)
        create_database(cluster.url("postgres"), "pharus")
        url = cluster.url("pharus")
        local = {"PHARUS_DATA": str(data), "PHARUS_AUTH": "local"}
        made = pharus("demo", **local, PHARUS_DATABASE_URL=url, PHARUS_ALLOW_LOCAL_AUTH="on")
        assert made.returncode == 0, made.stderr
        counted = "SELECT (SELECT count(*) FROM vendor), (SELECT count(*) FROM materials_ledger_entry)"
        before = database.execute(url, counted)
        with cluster.alone():
            cluster.stop(OLD)

        refusal = pharus("check", **local)
        assert refusal.returncode == 1
        assert "`pharus upgrade-database` makes data of the new version from them." in refusal.stderr
        upgraded = pharus("upgrade-database", "--programs", str(OLD), **local)
        assert upgraded.returncode == 0, upgraded.stderr
        assert "Copying the database pharus\n" in upgraded.stderr
        assert re.search(r"The old data are in \S+/postgres-1\d;", upgraded.stderr)

        checked = pharus("check", **local)
        assert (checked.returncode, checked.stdout) == (0, ""), checked
        with cluster.alone():
            cluster.run()
        assert database.execute(cluster.url("pharus"), counted) == before != [(0, 0)]
