"""Identities of a Firebase project. The only module that imports firebase-admin, and only when an instance is made."""

import json
import os
import uuid
from collections.abc import Sequence
from typing import Any

from pharus.errors import ConfigurationError, ServiceUnavailable
from pharus.providers.claims import (
    CLOCK_SKEW_SECONDS,
    Identity,
    expired_token,
    identity_from_claims,
    invalid_token,
    refuse_implausible,
)

EMULATOR_VARIABLE = "FIREBASE_AUTH_EMULATOR_HOST"
# Firebase's own mark of a project that exists in emulators only.
DEMO_PREFIX = "demo-"
# The library's default of 120 seconds would hold a worker thread for two minutes when Google cannot be reached.
HTTP_TIMEOUT_SECONDS = 10


class FirebaseProvider:
    """Verifies the ID tokens of one Firebase project (without asking whether they were revoked) asks whom it still
    knows, and deletes its users.

    Verifying needs no credentials: Google's certificates are public. Asking and deleting need Application Default
    Credentials (GOOGLE_APPLICATION_CREDENTIALS), which are looked for when that is first done.
    """

    def __init__(self, project: str | None) -> None:
        """Raises ConfigurationError when the project is missing or an emulator is named for a real project."""
        if not project:
            raise ConfigurationError("PHARUS_FIREBASE_PROJECT is missing; it is the id of the Firebase project.")
        _refuse_emulator_for(project)

        import firebase_admin
        import firebase_admin.auth
        import firebase_admin.credentials
        import firebase_admin.exceptions
        from google.auth.credentials import AnonymousCredentials
        from google.auth.exceptions import GoogleAuthError

        class NoCredentials(firebase_admin.credentials.Base):
            """Keeps the library from looking for credentials, on the network too, before it verifies a token."""

            def get_credential(self) -> AnonymousCredentials:
                return AnonymousCredentials()  # type: ignore[no-untyped-call]

        def create_app(purpose: str, credential: firebase_admin.credentials.Base) -> firebase_admin.App:
            # A name of its own: a plugin may use the library's default app for something else.
            name = f"pharus-{purpose}-{uuid.uuid4().hex}"
            return firebase_admin.initialize_app(
                credential, {"projectId": project, "httpTimeout": HTTP_TIMEOUT_SECONDS}, name
            )

        self._project = project
        self._auth: Any = firebase_admin.auth
        self._failures = (firebase_admin.exceptions.FirebaseError, GoogleAuthError, ValueError)
        self._verifying_app = create_app("verify", NoCredentials())
        self._asking_app = create_app("ask", firebase_admin.credentials.ApplicationDefault())

    def verify(self, token: str) -> Identity:
        # Again, because the library reads the variable at each call and with it checks no signature at all.
        _refuse_emulator_for(self._project)
        refuse_implausible(token)
        try:
            claims = self._auth.verify_id_token(token, app=self._verifying_app, clock_skew_seconds=CLOCK_SKEW_SECONDS)
        except self._auth.CertificateFetchError as error:
            raise _certificates_unavailable() from error
        except self._auth.ExpiredIdTokenError:
            raise expired_token() from None
        except self._auth.InvalidIdTokenError as error:
            # The token's own JSON is parsed elsewhere: here the certificate endpoint answered 200 with something that
            # is no JSON, as a proxy's error page does, and the token may well be good.
            if isinstance(error.cause, json.JSONDecodeError):
                raise _certificates_unavailable() from error
            raise invalid_token() from None
        except (ValueError, TypeError, AttributeError, RecursionError):
            # The library reads claims before it checks their types, and before the signature: anyone can send these.
            raise invalid_token() from None
        return identity_from_claims(claims)

    def known(self, uids: Sequence[str]) -> set[str]:
        _refuse_emulator_for(self._project)
        try:
            found = self._auth.get_users([self._auth.UidIdentifier(uid) for uid in uids], app=self._asking_app)
        except self._failures as error:
            raise ServiceUnavailable(f"Firebase did not say whom it knows: {error}") from error
        return {user.uid for user in found.users if not user.disabled}

    def delete(self, uid: str) -> None:
        _refuse_emulator_for(self._project)
        try:
            self._auth.delete_user(uid, app=self._asking_app)
        except self._auth.UserNotFoundError:
            return
        except self._failures as error:
            raise ServiceUnavailable(f"Firebase did not delete the identity: {error}") from error


def _certificates_unavailable() -> ServiceUnavailable:
    return ServiceUnavailable("the certificates that prove the token cannot be reached")


def _refuse_emulator_for(project: str) -> None:
    """An emulator's tokens are not signed: accepted for a real project, they would let anybody be anybody."""
    host = os.environ.get(EMULATOR_VARIABLE, "")
    if host and not project.startswith(DEMO_PREFIX):
        raise ConfigurationError(
            f"{EMULATOR_VARIABLE} is set, so that no signature would be checked, but the project {project!r} is a real "
            f"one; unset the variable, or use a project whose id begins with {DEMO_PREFIX}."
        )
    if "//" in host:
        raise ConfigurationError(f"{EMULATOR_VARIABLE} is {host!r}; it must be host:port without a scheme.")
