"""Two people whom the server has never seen, as the first story needs them, and what they bring along."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from pharus.providers import LocalProvider


@dataclass(frozen=True)
class Newcomers:
    provider: LocalProvider

    def inputs(self) -> dict[str, str]:
        """Of the story `first-sign-in`, others each time; and the numbers of the story `move-in`."""
        name = secrets.token_hex(6)
        year = datetime.now(UTC).year
        you, colleague = f"robin-{name}@example.com", f"sam-{name}@example.com"
        return {
            "idToken": self.provider.issue(you),
            "email": you,
            "colleagueIdToken": self.provider.issue(colleague),
            "colleagueEmail": colleague,
            "slug": f"soapworks-{name}",
            "lastNumber": f"PO-{year}-0500",
            "nextNumber": f"PO-{year}-0501",
        }
