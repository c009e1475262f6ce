"""Files in a bucket of Google Cloud Storage, through firebase-admin. The only module that imports its storage."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from pharus.content_disposition import attachment
from pharus.errors import ConfigurationError

# To connect, and to wait for the next bytes.
_TIMEOUT_SECONDS = (3, 10)
# A request waits for as long, and a worker thread with it, while Google does not answer. The sweep tries again anyway.
_RETRY_SECONDS = 5
# Larger files are sent in pieces of this size; without it the library would read all of a file into memory.
_PIECE_BYTES = 1024 * 1024


class GcsStore:
    """One bucket. Application Default Credentials (GOOGLE_APPLICATION_CREDENTIALS) open it and sign its links, so that
    they must be those of a service account with its key."""

    def __init__(self, bucket: str, project: str | None = None) -> None:
        """Raises ConfigurationError when there are no credentials, or when they cannot sign."""
        import firebase_admin
        import firebase_admin.credentials
        import firebase_admin.storage
        from google.auth.credentials import Signing
        from google.auth.exceptions import GoogleAuthError
        from google.cloud.exceptions import NotFound
        from google.cloud.storage.retry import DEFAULT_RETRY

        credential = firebase_admin.credentials.ApplicationDefault()
        try:
            google_credential = credential.get_credential()
        except (GoogleAuthError, OSError, ValueError) as error:
            raise ConfigurationError(
                f"PHARUS_STORAGE=gcs finds no credentials; set GOOGLE_APPLICATION_CREDENTIALS: {error}"
            ) from error
        if not isinstance(google_credential, Signing):
            raise ConfigurationError(
                "PHARUS_STORAGE=gcs needs the key of a service account, which signs the links to files; "
                "set GOOGLE_APPLICATION_CREDENTIALS to its file."
            )
        # A name of its own: a plugin may use the library's default app for something else.
        options = {"projectId": project} if project else {}
        app = firebase_admin.initialize_app(credential, options, f"pharus-storage-{uuid.uuid4().hex}")
        self._bucket: Any = firebase_admin.storage.bucket(bucket, app)
        self._not_found = NotFound
        # Each request below may be repeated: a path is written once, by one upload, and then only deleted.
        self._how: dict[str, Any] = {
            "timeout": _TIMEOUT_SECONDS,
            "retry": DEFAULT_RETRY.with_timeout(_RETRY_SECONDS),
        }

    @property
    def id(self) -> str:
        return f"bucket:{self._bucket.name}"

    def put(self, path: str, content: BinaryIO, media_type: str) -> None:
        size = content.seek(0, 2)
        content.seek(0)
        chunk_size = _PIECE_BYTES if size > _PIECE_BYTES else None
        blob = self._bucket.blob(path, chunk_size=chunk_size)
        blob.upload_from_file(content, size=size, content_type=media_type, checksum="crc32c", **self._how)

    def get(self, path: str, target: BinaryIO) -> None:
        blob = self._bucket.blob(path, chunk_size=_PIECE_BYTES)
        try:
            blob.download_to_file(target, **self._how)
        except self._not_found as error:
            raise FileNotFoundError(path) from error

    def delete(self, path: str) -> None:
        if path.endswith("/"):
            for found in list(self.paths(path)):
                self.delete(found)
            return
        try:
            self._bucket.blob(path).delete(**self._how)
        except self._not_found:
            return

    def url(self, path: str, name: str, media_type: str, expires: datetime) -> str:
        url: str = self._bucket.blob(path).generate_signed_url(
            version="v4",
            expiration=expires,
            method="GET",
            response_type=media_type,
            response_disposition=attachment(name),
        )
        return url

    def paths(self, below: str = "") -> Iterator[str]:
        for blob in self._bucket.list_blobs(prefix=below, fields="items(name),nextPageToken", **self._how):
            yield blob.name

    def tidy(self) -> None:
        """Nothing: what an interrupted upload has sent is never seen, and Google forgets it within a week."""
