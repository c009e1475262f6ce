"""What a caller may do: every access level that one can have, and what follows from it and from the document alone."""

from __future__ import annotations

from dataclasses import dataclass

from contract.document import Operation

ROLES = ("viewer", "member", "admin", "owner")
_ORDER = ("public", "authenticated", *ROLES)


@dataclass(frozen=True)
class AccessLevel:
    """`role` is the caller's in the organization where the request would act, None for a stranger to it."""

    name: str
    is_known: bool = True
    has_api_token: bool = False
    names_organization: bool = True
    role: str | None = None

    def refusal(self, operation: Operation) -> int | None:
        """401, 403, or None when the caller may: by what the document says of the operation, and nothing else."""
        minimum = operation.minimum_role
        if minimum == "public":
            return None
        if not self.is_known:
            return 401
        if self.has_api_token and operation.is_id_token_only:
            return 403
        if minimum == "authenticated":
            is_lost = self.role is None and self.names_organization and operation.reads_organization
            return 403 if is_lost else None
        if self.role is None or _ORDER.index(self.role) < _ORDER.index(minimum):
            return 403
        return None


NO_TOKEN = AccessLevel("no token", is_known=False)
