"""A request whose effect is looked at before it is kept: what an agent wants to write (docs/adr/0069).

It is carried out as any other, in its transaction. Before that commits, its effect is judged; what is withheld is
rolled back.
"""

from typing import Protocol

from handlers.http.costs import Costs
from pharus.identity import Actor

# In the scope of a request, its `Rehearsal`. Nobody outside of the server can put it there.
REHEARSAL = "rehearsal"


class Withheld(Exception):
    """The request was carried out and is to be rolled back."""


class Rehearsal(Protocol):
    def judge(self, actor: Actor, costs: Costs) -> None:
        """In the unit of work of the request, when its handler has returned. Raises Withheld."""
