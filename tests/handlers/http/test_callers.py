import pytest

from handlers.http.callers import Callers, key, unknown
from handlers.workers.fair_queue import Flow
from pharus.identity import Actor, Role

pytestmark = pytest.mark.no_database

ADA = Actor(uid="ada", user_id="user-1", org_id="org-1", role=Role.member, token_id="token-1")
TOKEN = key("pharus_pat_a", b"")


def test_caller_is_known_once_the_token_has_let_somebody_in() -> None:
    callers = Callers()
    assert not callers.find(TOKEN, "192.0.2.1").is_known
    callers.learn(TOKEN, ADA, is_refused=False)
    known = callers.find(TOKEN, "192.0.2.9")
    assert (known.flow, known.token, known.is_known) == (Flow("org-1", "user-1"), "token-1", True)


def test_caller_who_was_refused_stays_unknown_and_one_who_is_refused_now_is_forgotten() -> None:
    callers = Callers()
    callers.learn(TOKEN, None, is_refused=True)
    assert not callers.find(TOKEN, "192.0.2.1").is_known
    callers.learn(TOKEN, ADA, is_refused=False)
    # The queue was full, or the role too low: that says nothing of the token.
    callers.learn(TOKEN, None, is_refused=False)
    callers.learn(TOKEN, ADA, is_refused=True)
    assert callers.find(TOKEN, "192.0.2.1").is_known
    callers.learn(TOKEN, None, is_refused=True)
    assert not callers.find(TOKEN, "192.0.2.1").is_known


def test_organization_that_is_only_named_is_another_key() -> None:
    callers = Callers()
    mine = key("id-token", b"org-1")
    callers.learn(mine, ADA, is_refused=False)
    for other in (key("id-token", b"org-2"), key("id-token", b""), key("forged", b"org-1"), key("id-tokeno", b"rg-1")):
        assert not callers.find(other, "::1").is_known


def test_person_outside_of_organizations_is_one_of_its_own() -> None:
    callers = Callers()
    actors = [Actor(uid="ada", user_id="user-1"), Actor(uid="ben"), Actor(uid="cem")]
    for number, actor in enumerate(actors):
        name = key(str(number), b"")
        callers.learn(name, actor, is_refused=False)
    organizations = {callers.find(key(str(number), b""), "::1").flow.organization for number in range(3)}
    assert len(organizations) == 3


def test_unknown_callers_share_one_small_share_by_address() -> None:
    one, other = unknown("192.0.2.1").flow, unknown("192.0.2.2").flow
    assert one.organization == other.organization
    assert one.caller != other.caller
    assert one.share < 1
    assert unknown("2001:db8::1").flow == unknown("2001:db8::ffff:2").flow != unknown("2001:db8:0:1::1").flow
    assert unknown("").flow.caller == ""
    assert unknown("no:address").flow.caller == "no:address"


def test_callers_are_bounded_in_memory() -> None:
    callers = Callers()
    for number in range(12_000):
        callers.learn(key(str(number), b""), ADA, is_refused=False)
    assert len(callers._remembered) == 10_000
