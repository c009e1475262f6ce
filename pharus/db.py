"""The database: one connection per worker thread, one transaction per unit of work, models bound to it.

A unit of work opens with a single round trip that begins the transaction, says who acts, and sets the organization that
row-level security checks; the role goes along with the next statement. Returning commits, raising rolls back.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Any, ClassVar, Protocol, TypeVar

import peewee
import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_UNKNOWN

from pharus import connecting, deadlines, instrumentation, outages, peewee_internals
from pharus.calendar import UTC_CALENDAR, Calendar, calendar_of
from pharus.connections import Connection, Database, outside_allowed
from pharus.constraints import RETRIABLE, UNKNOWN_OUTCOME, is_disconnect, is_unanswered, refusal, sqlstate
from pharus.errors import PharusError, ServiceUnavailable
from pharus.fields import IdField
from pharus.identity import Actor

log = logging.getLogger("pharus.db")

T = TypeVar("T")

# A unit that meets another's lock order or a record deleted under its feet is begun anew this often.
ATTEMPTS = 4

# autoconnect is off, so that a query outside a unit of work raises instead of leaking a connection. The URL comes
# with `configure`.
db = Database(None, autoconnect=False)


class Model(peewee.Model):
    """A table. Its SQL is in the domain's migrations; the class only names the columns."""

    class Meta:
        database = db
        legacy_table_names = False


class TenantModel(Model):
    """A table of one organization's records: the primary key is (org_id, id) and row-level security is forced."""

    org_id = IdField()
    id = IdField()

    class Meta:
        primary_key = peewee.CompositeKey("org_id", "id")


class Opening(Protocol):
    """The first statement of a unit. It sets the organization and returns one row, of which `actor` is made.

    It also sets what the event log has to say of whoever acts, in `pharus.origin`: user, token, and
    `instrumentation.origin`, with `|` between them. It runs as the role of the platform. The last four columns of the
    row must be the time zone of the organization, the last day of its closed books, whether it demands versions of what
    is changed (all NULL without an organization), and now(): the one fixed time of the transaction.
    """

    @property
    def sql(self) -> str: ...

    @property
    def parameters(self) -> tuple[Any, ...]: ...

    @property
    def first(self) -> tuple[str, tuple[Any, ...]] | None:
        """A statement without rows, and its parameters, that goes before it: it sees what that one has waited for."""

    def actor(self, row: tuple[Any, ...]) -> Actor: ...


class Key(Protocol):
    """Under which the running request may be repeated (docs/rules.md, Safe retries). A callback behind the commit that
    is `required` says, in the unit in which it ends, whether its part of the work is done."""

    def complete(self) -> bool:
        """It is done. False when somebody else does the work by now, so that it must be undone."""

    def forget(self) -> None:
        """It was undone."""


@dataclass(slots=True)
class Unit:
    """The running unit of work: who acts, the transaction's fixed time, the days of the organization, what it has
    locked, and what to do once it has committed."""

    actor: Actor
    now: datetime
    calendar: Calendar = UTC_CALENDAR
    requires_if_match: bool = False
    callbacks: list[tuple[Callable[[], None], bool]] = field(default_factory=list)
    # Table and id of each record that `Records.get` has locked.
    locked: set[tuple[str, str]] = field(default_factory=set)
    key: Key | None = None
    # What is read now is compared with what the caller has seen, and then changed: it stays as it is until the end.
    locks_reads: bool = False

    @property
    def org_id(self) -> str:
        """The organization acted in; a defect of ours when there is none."""
        if self.actor.org_id is None:
            raise RuntimeError("this unit of work acts in no organization")
        return self.actor.org_id

    @property
    def today(self) -> date:
        """The day that it is for the organization."""
        return self.calendar.day_of(self.now)

    @property
    def has_work_behind(self) -> bool:
        """Whether a part of the work comes behind the commit."""
        return any(required for _, required in self.callbacks)

    def after_commit(self, callback: Callable[[], None], *, required: bool = False) -> None:
        """Run `callback` once the transaction has committed. What it raises is logged: the work is done by then.

        A callback that is `required` is a part of the work that cannot be done before the commit. What it raises
        reaches the caller, and by then it has undone by itself what must not stay.
        """
        self.callbacks.append((callback, required))


@dataclass(frozen=True, slots=True)
class Acting:
    """Opens a unit for an actor who is known already: commands, demo data, tests."""

    known: Actor
    first: ClassVar[None] = None

    @property
    def sql(self) -> str:
        return (
            "SELECT set_config('pharus.org_id', %s, true) || set_config('pharus.origin', %s, true), "
            "o.time_zone, o.closed_through, o.requires_if_match, now() "
            "FROM (SELECT) AS one LEFT JOIN organization o ON o.id = %s"
        )

    @property
    def parameters(self) -> tuple[Any, ...]:
        who = f"{self.known.user_id or ''}|{self.known.token_id or ''}|"
        return (self.known.org_id or "", who + instrumentation.origin(), self.known.org_id)

    def actor(self, row: tuple[Any, ...]) -> Actor:
        return self.known


_current: ContextVar[Unit] = ContextVar("unit_of_work")


def current() -> Unit:
    """The running unit of work; LookupError outside of one."""
    return _current.get()


def current_actor() -> Actor:
    return _current.get().actor


def configure(url: str, *, statement_timeout_seconds: int = 30, application_name: str = "pharus") -> None:
    """Name the PostgreSQL server. Connections are opened later, one by each thread that works."""
    if not db.is_closed():
        db.close()
    # What an earlier configuration said must not stay.
    db.connect_params.clear()
    url = url.replace("postgres://", "postgresql://", 1)
    settings = connecting.settings(statement_timeout_seconds)
    db.local_settings = connecting.for_each_transaction(settings)
    db.init(
        url,
        connection_factory=Connection,
        # Texts are unicode anyway; to register them would make psycopg2 ask each connection before it knows.
        register_unicode=False,
        application_name=application_name,
        **connecting.parameters(url, settings),
    )


def unit_of_work(opening: Opening | Actor) -> AbstractContextManager[Unit]:
    """One transaction: commits when the block ends, rolls back when it raises.

    RuntimeError inside a running one: on the one connection of the thread the inner COMMIT would end the outer
    transaction, and the rest of it would run as the role that logs in, in no organization.

    Database refusals leave as PharusError: Conflict for a duplicate, ServiceUnavailable when the server is away.
    """
    return _UnitOfWork(Acting(opening) if isinstance(opening, Actor) else opening)


def run(opening: Opening | Actor, work: Callable[[Unit], T]) -> T:
    """`work` in a unit of its own, begun anew a bounded number of times when others were in the way.

    The work must have no effect outside the transaction but through `Unit.after_commit`.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with unit_of_work(opening) as unit:
                return work(unit)
        except PharusError as error:
            if attempt == ATTEMPTS or error.__cause__ is None or sqlstate(error.__cause__) not in RETRIABLE:
                raise
            instrumentation.count("transactions_begun_anew", 1, sqlstate(error.__cause__) or "")
            log.info("unit of work begun anew", extra={"attempt": attempt, "sqlstate": sqlstate(error.__cause__)})
    raise AssertionError("unreachable")


@contextmanager
def maintenance() -> Iterator[None]:
    """Allow statements outside of units of work. They run as the role that logs in and see every organization's rows:
    for commands that work on the whole database (migrations, `pharus check`), never for a request.

    Each statement is a transaction of its own. A connection that is opened here is closed at the end.
    """
    opened = db.connect(reuse_if_open=True)
    token = outside_allowed.set(True)
    try:
        yield
    finally:
        outside_allowed.reset(token)
        if opened and not db.is_closed():
            db.close()


@contextmanager
def platform_role() -> Iterator[None]:
    """Step out of the organization, to the tables of the platform: users, memberships, invitations, tokens.

    Only for the named functions of the platform domain. Tenant tables of other domains stay invisible here.
    """
    if current().actor.org_id is None:
        yield
        return
    db.defer("SET LOCAL ROLE pharus_platform")
    try:
        yield
    finally:
        # Also behind a refusal that the caller catches. A transaction that rolls back drops it.
        db.defer("SET LOCAL ROLE pharus_app")


def as_platform(sql: str, parameters: Sequence[Any]) -> None:
    """Statements in a transaction of their own, as the role of the platform, in one round trip: PostgreSQL makes one
    transaction of what comes in one text. For notes that are no part of a unit of work, behind it."""
    db.connect(reuse_if_open=True)
    db.opened().begin_with("SET LOCAL ROLE pharus_platform")
    db.send(sql, parameters)


def disconnect() -> None:
    """Close this thread's connection."""
    if not db.is_closed():
        db.close()


class _UnitOfWork:
    """What `unit_of_work` returns. A class, because every request enters one: a generator would take twice as long."""

    __slots__ = ("_how", "_token", "_unit")

    _token: Token[Unit]
    _unit: Unit

    def __init__(self, how: Opening) -> None:
        self._how = how

    def __enter__(self) -> Unit:
        connection = peewee_internals.opened(db)
        if connection is not None and not _may_begin(connection):
            raise RuntimeError(
                "a unit of work runs on this thread already, and its transaction is the only one that the thread's "
                "connection can have: use the running unit (pharus.db.current), or open the new one behind it, for "
                "example in an after_commit callback"
            )
        try:
            row = _begin(self._how, connection)
        except (peewee.PeeweeException, psycopg2.Error) as error:
            _refuse(error)
            raise
        try:
            *_, time_zone, closed_through, requires_if_match, now = row
            calendar = calendar_of(time_zone, closed_through)
            unit = self._unit = Unit(self._how.actor(row), now, calendar, bool(requires_if_match))
        except BaseException:
            _abandon()
            raise
        if unit.actor.org_id is not None:
            # Goes along with whatever is asked next. From here on only the organization's rows are visible.
            db.defer("SET LOCAL ROLE pharus_app")
        self._token = _current.set(unit)
        return unit

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _current.reset(self._token)
        if error is not None:
            _abandon()
            _refuse(error)
            return
        try:
            connection = db.opened()
            _commit(connection)
        except BaseException as failure:
            _abandon()
            _refuse(failure)
            raise
        connection.leave_deadline()
        peewee_internals.forget_transactions(db)
        _run_callbacks(self._unit)


def _begin(how: Opening, connection: Connection | None) -> tuple[Any, ...]:
    """BEGIN and the opening statement in one round trip.

    A connection that broke while it idled is replaced once: nothing has been done on it yet, so nothing can be done
    twice. That costs nothing while all is well, unlike a ping at each checkout.
    """
    fresh = connection is None
    try:
        if connection is None:
            db.connect()
            connection = db.opened()
        try:
            row = _open(how, connection)
        except (peewee.PeeweeException, PharusError) as error:
            if fresh or not is_disconnect(error):
                raise
            _check_deadline()
            db.close()
            db.connect()
            row = _open(how, db.opened())
    except BaseException:
        _roll_back()
        raise
    peewee_internals.count_transaction(db, how)
    return row


def _open(how: Opening, connection: Connection) -> tuple[Any, ...]:
    deadline = deadlines.current.get()
    if deadline is not None:
        deadline.enter(connection)
    connection.begin_with("BEGIN; SET LOCAL ROLE pharus_platform")
    if how.first is not None:
        connection.defer(*how.first)
    row: tuple[Any, ...]
    (row,) = connection.send_prepared(how.sql, how.parameters).fetchall()
    if deadline is not None:
        deadline.begin()
    return row


def _check_deadline() -> None:
    deadline = deadlines.current.get()
    if deadline is not None:
        deadline.check()


def _may_begin(connection: Connection) -> bool:
    """Whether no transaction is open on this thread's connection. One that broke is replaced when the unit begins."""
    return connection.get_transaction_status() in (TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_UNKNOWN)


def _commit(connection: Connection) -> None:
    """RuntimeError, and a new connection for the next unit, unless this very statement ended the transaction."""
    deadline = connection.deadline
    if deadline is not None:
        deadline.close()
    is_open = connection.get_transaction_status() != TRANSACTION_STATUS_IDLE
    try:
        said = connection.send("COMMIT").statusmessage
    except peewee.PeeweeException as error:
        # Only what PostgreSQL itself has refused was surely not stored.
        if is_unanswered(error):
            raise ServiceUnavailable(UNKNOWN_OUTCOME) from error
        if deadline is not None:
            deadline.reopen()
        raise
    if is_open and said == "COMMIT" and connection.get_transaction_status() == TRANSACTION_STATUS_IDLE:
        return
    _drop_connection()
    if said == "ROLLBACK":
        raise RuntimeError(
            "PostgreSQL had refused a statement of this unit of work, so nothing of it was stored: what may be refused "
            "and caught must be inside db.savepoint()"
        )
    raise RuntimeError("the transaction of this unit of work did not end with its COMMIT: a statement ended it before")


def _abandon() -> None:
    try:
        _roll_back()
    finally:
        peewee_internals.forget_transactions(db)


def _refuse(error: BaseException) -> None:
    """Raise what the caller should see instead of an error of the database, if there is such a thing."""
    if isinstance(error, peewee.PeeweeException | psycopg2.Error):
        outages.note(error)
        refused = refusal(error)
        if refused is not None:
            raise refused from error


def _roll_back() -> None:
    """End the transaction whatever state it is in; a connection that cannot even do that is dropped."""
    if db.is_closed():
        return
    connection = db.opened()
    connection.drop_deferred()
    try:
        if connection.deadline is not None:
            # A connection that was severed is of no use, whatever it looks like.
            connection.deadline.check()
        if connection.get_transaction_status() != TRANSACTION_STATUS_IDLE:
            connection.send("ROLLBACK")
    except (peewee.PeeweeException, ServiceUnavailable):
        _drop_connection()
    finally:
        connection.leave_deadline()


def _drop_connection() -> None:
    """Close without ceremony: peewee refuses to close while it counts a transaction as open."""
    peewee_internals.forget_transactions(db)
    db.close()


def _run_callbacks(unit: Unit) -> None:
    for callback, required in unit.callbacks:
        try:
            callback()
        except Exception:
            if required:
                raise
            log.exception("after the commit")
