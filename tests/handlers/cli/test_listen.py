"""`pharus listen` as a command."""

from tests.handlers.cli.test_commands import pharus, refused


def test_what_cannot_be_used_is_refused_with_a_sentence() -> None:
    assert "is no URL" in refused(pharus("listen", "--forward", "localhost:3000", PHARUS_LISTEN_TOKEN="x"))
    assert "--token" in pharus("listen", "--forward", "http://localhost:3000").stderr
