"""Two people whom the server has never seen, as the first story needs them."""

import secrets
from dataclasses import dataclass

from pharus.providers import LocalProvider


@dataclass(frozen=True)
class Newcomers:
    provider: LocalProvider

    def inputs(self) -> dict[str, str]:
        """Of the story `first-sign-in`; others each time."""
        name = secrets.token_hex(6)
        you, colleague = f"robin-{name}@example.com", f"sam-{name}@example.com"
        return {
            "idToken": self.provider.issue(you),
            "email": you,
            "colleagueIdToken": self.provider.issue(colleague),
            "colleagueEmail": colleague,
            "slug": f"soapworks-{name}",
        }
