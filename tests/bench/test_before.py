from bench import before
from bench.before import Turn
from bench.workloads import WORKLOADS


def test_row_compares_within_rounds_and_sums_cpu_time() -> None:
    turns = {
        # The second round was slow for all three.
        "before": [Turn(100, 1.0, 0.1, 0.2), Turn(50, 1.0, 0.1, 0.1)],
        "pharus": [Turn(110, 1.0, 0.11, 0.11), Turn(55, 1.0, 0.055, 0.055)],
        "floor": [Turn(200, 1.0, 0.1, 0.1), Turn(100, 1.0, 0.1, 0.1)],
    }
    cells = before.row(WORKLOADS[0], turns).strip("| ").split(" | ")
    assert cells == [
        *(WORKLOADS[0].name, "0.500", "0.550", "1.100"),
        *("1.333", "1.000", "0.750"),
        *("2.000", "1.000", "0.500"),
    ]


def test_cpu_time_of_a_database_elsewhere_is_not_known() -> None:
    turns = {peer: [Turn(100, 1.0, 0.1, None)] for peer in ("before", "pharus", "floor")}
    assert before.row(WORKLOADS[0], turns).endswith("| – | – | – |")
