"""Events as the contract shows them."""

from pharus.instrumentation import tool_of
from plugins.events import schemas
from plugins.events.reading import Event


def shown(event: Event) -> schemas.Event:
    return {
        "id": event.id,
        "type": event.type,
        "recordId": event.record_id,
        "parentType": event.parent_type,
        "parentId": event.parent_id,
        "userId": event.user_id,
        "tokenId": event.token_id,
        "operation": event.operation,
        "requestId": event.request_id,
        "occurredAt": event.occurred_at,
        "before": event.before,
        "after": event.after,
        "agent": tool_of(event.request_id),
    }
