"""The plugin keeps what its document promises: roles, isolation of organizations, generated requests."""

from contract.command import Plan, run
from contract.fixtures import Server


def test_every_operation_keeps_its_contract(pharus_server: Server) -> None:
    report = run(Plan(pharus_server.address, pharus_server.data, include=("/api/x/inspections/",), examples=4))
    assert report.exit_code == 0, report.text()
    checked = {case.suite for case in report.cases if case.skipped is None}
    assert checked == {"roles", "isolation", "fuzz"}
