from dataclasses import replace
from pathlib import Path

import pytest

from bench import plot, report
from bench.figures import Deliveries, Run
from bench.harness import BASELINE, Plan, RoundTrips
from bench.peers import PEERS
from bench.workloads import WORKLOADS, create_vendor_with_webhook, import_materials, list_vendors

pytestmark = pytest.mark.no_database

README = Path(__file__).parent.parent.parent / "README.md"
COUNTED = {workload.name: {peer.name: RoundTrips(3, 3, ()) for peer in PEERS} for workload in WORKLOADS}


def plan(*connections: int) -> Plan:
    workloads = [list_vendors.WORKLOAD, import_materials.WORKLOAD]
    return Plan(PEERS, workloads, connections, 1, 1.0, 0.0, [1], Path())


def make_run(peer: str, workload: str, connections: int, rate: float) -> Run:
    return Run(peer, workload, connections, 1, 1, 1000, rate, 5.0, 9.0, 1.0, None, 50.0, 0.1, 0.9, 95.0)


def runs_of(of: Plan) -> list[Run]:
    """The first peer is twice as fast as the second, three times as fast as the third …"""
    runs = [
        make_run(peer.name, workload.name, connections, 600 / rank)
        for workload, connections, _ in report.settings(of)
        for rank, peer in enumerate(of.peers, start=1)
    ]
    return [*runs, make_run(BASELINE, "import-materials", 1, 1200)]


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def test_markdown_has_a_row_for_each_server_and_setting_and_the_baseline_beside_its_workload() -> None:
    of = plan(1, 16)
    head, _, *body = rows(report.markdown(of, runs_of(of), COUNTED))
    assert len(body) == (2 + 1) * len(PEERS) + 1
    assert {len(row) for row in body} == {len(head)}
    first = dict(zip(head, body[0], strict=True))
    assert (first["connections"], first["requests/s"], first["× floor"], first["× django"]) == (
        "1",
        "600",
        "2.00",
        "4.00",
    )
    assert body[-1][3] == "plain COPY"


def test_starts_say_what_each_server_needs_before_its_first_answer() -> None:
    of = plan(16)
    _, _, *body = rows(report.starts(of, runs_of(of)))
    assert body == [[peer.title, "0.90", "95"] for peer in PEERS]


def test_deliveries_have_a_row_for_each_server_where_there_are_any() -> None:
    assert report.deliveries(plan(16), runs_of(plan(16))) == ""
    of = replace(plan(16), workloads=[list_vendors.WORKLOAD, create_vendor_with_webhook.WORKLOAD])
    runs = [
        replace(run, deliveries=Deliveries(100.0 * rank, 7 * rank, rank / 2))
        for run in runs_of(of)
        if run.workload == create_vendor_with_webhook.WORKLOAD.name
        for rank in (1, 2, 3)
    ]
    _, _, *body = rows(report.deliveries(of, runs))
    assert [row[1:] for row in body[:2]] == [
        [PEERS[0].title, "600", "200", "14", "1.0"],
        [PEERS[1].title, "300", "200", "14", "1.0"],
    ]
    assert len(body) == len(PEERS)


def test_summary_stands_between_the_marks_of_the_readme() -> None:
    of = plan(16)
    table = report.summary(of, runs_of(of), COUNTED)
    assert [row[1] for row in rows(table)[2:]] == [peer.title for peer in PEERS] * 2
    text = f"Before\n{report.BEGIN}\nold\n{report.END}\nAfter"
    assert report.written_into(text, table) == f"Before\n{report.BEGIN}\n{table}\n{report.END}\nAfter"
    assert report.written_into(report.written_into(text, "other"), table) == report.written_into(text, table)
    with pytest.raises(ValueError, match="the README has no"):
        report.written_into("Before", table)


def test_the_readme_shows_every_workload_and_server_as_the_command_writes_them() -> None:
    _, _, rest = README.read_text(encoding="utf-8").partition(report.BEGIN)
    table, mark, _ = rest.partition(report.END)
    assert mark
    of = Plan(PEERS, WORKLOADS, [16], 1, 1.0, 0.0, [1], Path())
    written = rows(report.summary(of, runs_of(of), COUNTED))
    now = rows("\n".join(line for line in table.splitlines() if line.startswith("|")))
    assert now[0] == written[0]
    kept_up = rows(report.deliveries(of, runs_of(of)))
    assert [row[:2] for row in now] == [row[:2] for row in [*written, *kept_up]]


def test_draw_writes_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    of = plan(16)
    plot.draw(of, runs_of(of), tmp_path / "bench.png")
    assert (tmp_path / "bench.png").read_bytes().startswith(b"\x89PNG")
