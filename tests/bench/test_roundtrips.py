"""The counting proxy between a real driver and a real PostgreSQL."""

import psycopg2

from bench.roundtrips import CountingProxy


def test_each_statement_is_a_round_trip_and_several_at_once_are_one(database_url: str) -> None:
    with CountingProxy(database_url) as proxy:
        connection = psycopg2.connect(proxy.url)
        connection.autocommit = True
        cursor = connection.cursor()
        before = proxy.count
        proxy.statements.clear()
        cursor.execute("BEGIN; SELECT 1")
        cursor.execute("SELECT repeat('x', 300000) FROM generate_series(1, 20)")
        assert len(cursor.fetchall()) == 20
        cursor.execute("COMMIT")
        assert proxy.count - before == 3
        assert proxy.statements == [
            "BEGIN; SELECT 1",
            "SELECT repeat('x', 300000) FROM generate_series(1, 20)",
            "COMMIT",
        ]
        connection.close()


def test_begin_that_the_driver_sends_by_itself_is_counted(database_url: str) -> None:
    with CountingProxy(database_url) as proxy:
        connection = psycopg2.connect(proxy.url)
        cursor = connection.cursor()
        before = proxy.count
        cursor.execute("SELECT 1")
        connection.commit()
        assert proxy.count - before == 3
        connection.close()


def test_refused_statement_is_a_round_trip(database_url: str) -> None:
    with CountingProxy(database_url) as proxy:
        connection = psycopg2.connect(proxy.url)
        connection.autocommit = True
        before = proxy.count
        try:
            connection.cursor().execute("SELECT 1 / 0")
        except psycopg2.errors.DivisionByZero:
            assert proxy.count - before == 1
        else:
            raise AssertionError("PostgreSQL divided by zero")
        connection.close()


def test_connections_that_send_nothing_of_what_is_asked_for_do_not_count(database_url: str) -> None:
    with CountingProxy(database_url, ["counted"]) as proxy:
        connections = [psycopg2.connect(proxy.url) for _ in range(2)]
        for connection in connections:
            connection.autocommit = True
        counted, other = (connection.cursor() for connection in connections)
        other.execute("SELECT 1")
        assert proxy.count == 0
        counted.execute("SELECT 'counted'")
        before = proxy.count
        counted.execute("SELECT 1")
        other.execute("SELECT 1")
        assert proxy.count - before == 1
        for connection in connections:
            connection.close()
