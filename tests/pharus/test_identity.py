from pharus import openapi
from pharus.identity import ANONYMOUS, Role


def test_roles_rise_from_viewer_to_owner_as_the_document_lists_them() -> None:
    assert sorted(Role) == [Role.viewer, Role.member, Role.admin, Role.owner]
    assert [role.name for role in sorted(Role)] == list(openapi.ROLES[2:])


def test_anonymous_is_nobody_and_acts_nowhere() -> None:
    assert ANONYMOUS.uid == ""
    assert (ANONYMOUS.user_id, ANONYMOUS.org_id, ANONYMOUS.role, ANONYMOUS.token_id) == (None, None, None, None)
