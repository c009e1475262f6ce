"""Decisions on customers (docs/rules.md, Master data)."""

from pharus.db import current, db
from pharus.errors import Conflict, Invalid, Problem
from pharus.locks import advisory_lock

# From a customer over its parent and its parent's parent up to the top. There is no loop in what is stored; the walk
# ends at the customer that would close one.
_CHAIN = """
WITH RECURSIVE above (id, name, parent_id, depth) AS (
    SELECT id, name, parent_customer_id, 1 FROM customer WHERE org_id = %s AND id = %s
    UNION ALL
    SELECT customer.id, customer.name, customer.parent_customer_id, depth + 1
    FROM above JOIN customer ON customer.org_id = %s AND customer.id = above.parent_id
    WHERE above.id <> %s
)
SELECT id, name FROM above ORDER BY depth
"""


def refuse_own_parent(id: str, parent_id: str | None) -> None:
    """Invalid when a customer is to be its own parent."""
    if parent_id == id:
        raise Invalid([Problem("/parentId", "must be another customer than this one")])


def refuse_loop(id: str, parent_id: str) -> None:
    """Conflict with the chain of names when the new parent is below the customer.

    Changes of parents take turns within the organization: of two that would close a loop together, neither sees what
    the other has not committed yet.
    """
    advisory_lock("customer.parent_customer_id")
    org_id = current().org_id
    chain = db.execute_sql(_CHAIN, (org_id, parent_id, org_id, id)).fetchall()
    if chain and chain[-1][0] == id:
        names = [chain[-1][1], *(name for _, name in chain)]
        raise Conflict(f"the parents would make a loop: {' → '.join(names)}", details={"chain": names})
