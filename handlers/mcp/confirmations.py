"""Writing in two steps: first what would change, then the same call with a confirmation, good for exactly that.

A confirmation is signed with what this installation signs with. It is bound to the caller, the tool, its arguments and
the effect that was shown, and it expires. If the effect has become another one meanwhile, that is shown instead.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any

import orjson

from handlers.http.costs import Costs
from handlers.http.rehearsals import Withheld
from handlers.http.responses import to_json
from handlers.mcp import effects
from pharus import signing
from pharus.identity import Actor
from plugins.events import reading, records

SECONDS = 600

_MAC_BYTES = 16


class Confirming:
    """A rehearsal that keeps what is confirmed, or what the token lets agents do at once, and withholds the rest."""

    def __init__(self, caller: bytes, tool: str, arguments: Mapping[str, Any], confirmation: str | None) -> None:
        call = orjson.dumps([tool, arguments], option=orjson.OPT_SORT_KEYS)
        self._call = hashlib.sha256(caller + b"\0" + call).digest()
        self._given = confirmation
        self.effect: dict[str, Any] = {}
        self.is_withheld = False
        # Why what was given confirms nothing; empty where nothing was given.
        self.problem = ""
        # What confirms the effect that was withheld.
        self.confirmation = ""

    @property
    def key(self) -> str:
        """The Idempotency-Key of what is confirmed: it is done once, however often it is confirmed."""
        return "" if self._given is None else hashlib.sha256(self._call + self._given.encode()).hexdigest()

    def judge(self, actor: Actor, costs: Costs) -> None:
        events = reading.of_transaction()
        shown: list[Mapping[str, Any]] = [records.shown(event) for event in events]
        if not actor.sees_costs:
            shown = [costs.of_event(each) for each in shown]
        self.effect = orjson.loads(to_json(effects.told(events, shown, with_money=actor.sees_costs)))
        fingerprint = effects.fingerprint(events)
        if self._given is None:
            self.is_withheld = not actor.skips_confirmation
        else:
            self.problem = self._why_not(fingerprint, self._given)
            self.is_withheld = bool(self.problem)
        if self.is_withheld:
            self.confirmation = self._confirmation(fingerprint, int(time.time()) + SECONDS)
            raise Withheld

    def _confirmation(self, fingerprint: str, until: int) -> str:
        said = f"{until}.{fingerprint[:32]}"
        key = hmac.digest(signing.secret(), b"agent confirmation", "sha256")
        mac = hmac.digest(key, self._call + said.encode(), "sha256")[:_MAC_BYTES]
        return f"{said}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    def _why_not(self, fingerprint: str, given: str) -> str:
        until, _, rest = given.partition(".")
        shown = rest.partition(".")[0]
        seconds = int(until) if until.isascii() and until.isdigit() and len(until) < 12 else 0
        if not hmac.compare_digest(self._confirmation(shown, seconds).encode(), given.encode()):
            return "this confirmation is not for this call: the arguments must be those that were shown"
        if seconds < time.time():
            return "this confirmation has expired"
        if not hmac.compare_digest(shown, fingerprint[:32]):
            return "what would change is not what was shown any more"
        return ""
