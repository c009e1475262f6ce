import pytest

from bench.figures import Run, median_of, percentile, ratio

pytestmark = pytest.mark.no_database


def make_run(peer: str, number: int, rate: float, database_cpu_ms: float | None = 1.0) -> Run:
    return Run(peer, "list", 16, 1, number, 1000, rate, 5.0, 9.0, 1.0, database_cpu_ms, 50.0, 0.1, 0.9, 90.0)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.01, 1.0), (0.5, 50.0), (0.501, 51.0), (0.99, 99.0), (0.991, 100.0), (1.0, 100.0)],
)
def test_percentile_is_the_nearest_rank(share: float, expected: float) -> None:
    assert percentile([float(value) for value in range(1, 101)], share) == expected


def test_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 0.01) == percentile([7.0], 0.99) == 7.0


def test_percentile_of_nothing_raises() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_median_of_an_even_number_of_runs_lies_between() -> None:
    runs = [make_run("a", number, rate) for number, rate in enumerate((10.0, 40.0, 20.0, 1000.0))]
    assert median_of(runs, "requests_per_second") == 30.0


def test_median_of_a_figure_that_a_run_lacks_is_none() -> None:
    assert median_of([make_run("a", 1, 10.0), make_run("a", 2, 10.0, None)], "database_cpu_ms") is None
    assert median_of([], "p50_ms") is None


def test_ratio_is_taken_within_rounds_before_the_median() -> None:
    """The machine was four times as fast in the second round; the quotient of the medians would be 1.5, not 2."""
    pairs = ((200.0, 100.0), (800.0, 400.0), (300.0, 200.0))
    runs = [
        run
        for number, (mine, other) in enumerate(pairs)
        for run in (make_run("pharus", number, mine), make_run("floor", number, other))
    ]
    assert ratio(runs, "pharus", "floor") == 2.0
    assert ratio(runs, "floor", "pharus") == 0.5


def test_ratio_ignores_a_round_that_lacks_one_of_them() -> None:
    runs = [make_run("pharus", 1, 100.0), make_run("floor", 1, 50.0), make_run("pharus", 2, 900.0)]
    assert ratio(runs, "pharus", "floor") == 2.0
    assert ratio(runs, "pharus", "fastapi") is None
