"""Uploads as bytes, for those that no client library would send."""

from collections.abc import Iterator

from tests.api import Api

BOUNDARY = b"example-boundary"


def body(entity_id: str, content: bytes, *, name: str = "label.txt") -> bytes:
    parts = {b"entityType": b"purchase_order", b"entityId": entity_id.encode()}
    fields = b"".join(
        b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (BOUNDARY, field, value)
        for field, value in parts.items()
    )
    head = b'--%b\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n' % (BOUNDARY, name.encode())
    return fields + head + content + b"\r\n--%b--\r\n" % BOUNDARY


def head(api: Api, *headers: bytes, token: str | None = None) -> bytes:
    lines = [
        b"POST /api/documents HTTP/1.1",
        b"Host: localhost",
        b"Authorization: Bearer " + (token or api.token or "").encode(),
        b"Content-Type: multipart/form-data; boundary=" + BOUNDARY,
        *headers,
    ]
    return b"\r\n".join([*lines, b"", b""])


def pieces_of(content: bytes, size: int = 64 * 1024) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]
