"""One operation, compiled from the document at start: from a matched path to the bytes of its response.

The event loop reads the body under its size cap; everything else (token, role, validation, handler, JSON) happens in
one hop to a worker thread, on one connection, in one transaction, in the order 401, 403, 422, handler. An upload takes
one hop more, before its body is read: a caller who may not upload learns it before sending 10 MB.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from starlette.types import Receive, Scope, Send

from handlers.http import compression, deprecations, idempotency, multipart, parsing, problems, returned_answers
from handlers.http.bodies import Body, Disconnected, Reader, chunks, until_disconnected
from handlers.http.body_schema import Findings
from handlers.http.bulk_rows import BadRows, import_good_rows
from handlers.http.callers import Caller, Callers, known
from handlers.http.costs import HIDDEN, Costs
from handlers.http.rate_limits import NO_LIMIT, RateLimit, Throttle
from handlers.http.rehearsals import REHEARSAL, Rehearsal, Withheld
from handlers.http.responses import Response, to_json
from handlers.http.returned_answers import Taken
from handlers.http.security import Security, refuse_repeated
from handlers.http.streaming import StreamedResponse
from handlers.http.unfinished import Begun, Finisher, Unfinished, unfinished_of
from handlers.http.validation import BodyValidator, ParameterValidator, Schemas
from handlers.http.versions import Versions, with_etag
from handlers.spreadsheets import exports, imports
from handlers.workers.renderers import Renderers
from handlers.workers.threads import STOPPED, Abandoned, Workers
from handlers.workers.waiters import Waiters
from pharus import db, deadlines, instrumentation, openapi
from pharus.config import Settings
from pharus.errors import Invalid, PharusError, RateLimited, ServiceUnavailable
from pharus.identity import Actor
from pharus.names import snake
from pharus.providers import IdentityProvider
from plugins.platform.activity import note_activity

# To parse and to validate a body takes about so long, whatever is done with it: for the queue.
_BODY_BYTES_PER_SECOND = 16 * 1024 * 1024
_NO_STORE = (b"cache-control", b"no-store")
# To look who sends a body, for the queue.
_ADMISSION = "admission"


class Request:
    """What an operation needs of a request, once its body is read. `body` is None where the operation takes none."""

    __slots__ = (
        *("actor", "address", "body", "caller", "headers", "id", "parts", "path", "query", "rehearsal", "sheet"),
        *("token", "work"),
    )

    def __init__(self, scope: Scope, path: dict[str, str], headers: Mapping[bytes, bytes], token: str | None) -> None:
        self.path = path
        self.query: bytes = scope["query_string"]
        self.headers = headers
        self.token = token
        self.address: str = scope["client"][0] if scope.get("client") else ""
        self.work = instrumentation.current.get() or instrumentation.Work("")
        self.id = self.work.request_id
        self.rehearsal: Rehearsal | None = scope.get(REHEARSAL)
        self.body: Body | None = None
        self.parts: multipart.Parts | None = None
        # The rows of a body that is a spreadsheet.
        self.sheet: imports.Sheet | None = None
        # Whom the queue takes it for; who it is, once they have been let in.
        self.caller: Caller
        self.actor: Actor | None = None


class Compiler:
    """Makes the compiled operations of one document."""

    def __init__(
        self,
        document: Mapping[str, Any],
        functions: Mapping[str, Callable[..., Any]],
        settings: Settings,
        provider: IdentityProvider,
        workers: Workers,
        renderers: Renderers,
        callers: Callers,
        bodies: Reader,
        throttle: Throttle,
        waiters: Waiters,
        costs: Costs,
    ) -> None:
        self.document = document
        self.functions = functions
        self.schemas = Schemas(document)
        self.settings = settings
        self.provider = provider
        self.workers = workers
        self.renderers = renderers
        self.callers = callers
        self.bodies = bodies
        self.throttle = throttle
        self.waiters = waiters
        self.versions = Versions(document, functions)
        self.costs = costs
        self.scopes = {
            operation["operationId"]: openapi.scope(method, operation)
            for _, method, operation in openapi.operations(document)
        }

    def __call__(self, declared: Mapping[str, Any], function: Callable[..., Any]) -> "Operation":
        """Of what the document says of an operation, and its function."""
        return Operation(self, declared, function)


class Operation:
    def __init__(self, compiler: Compiler, declared: Mapping[str, Any], function: Callable[..., Any]) -> None:
        document = compiler.document
        self.id: str = declared["operationId"]
        self._function = function
        self._workers = compiler.workers
        self._renderers = compiler.renderers
        self._callers = compiler.callers
        self._bodies = compiler.bodies
        self._throttle = compiler.throttle
        self._security = Security(declared, compiler.scopes[self.id], compiler.provider)
        parameters = openapi.parameters(document, declared)
        read = (*parameters, *openapi.parameters_of_files(document, declared))
        self._parameters = ParameterValidator(compiler.schemas, read)
        self._names = {parameter["name"]: snake(parameter["name"]) for parameter in read}
        self._export = exports.of_operation(document, declared)
        self._status = openapi.successes(declared)[0]
        self._finisher = Finisher(
            self.id,
            self._status,
            frozenset(openapi.media_types(openapi.success(document, declared))),
            self._security,
            compiler.workers,
            compiler.renderers,
            compiler.waiters,
            self._in_thread,
        )
        body = openapi.request_body(document, declared)
        self._body: BodyValidator | None = None
        self._form: multipart.Form | None = None
        self._body_required = bool(body.get("required"))
        if body and openapi.MULTIPART in body["content"]:
            schema = body["content"][openapi.MULTIPART]["schema"]
            self._form = multipart.Form(compiler.schemas, schema, compiler.settings.data / "uploads")
        elif body:
            self._body = BodyValidator(compiler.schemas, body["content"][openapi.JSON]["schema"])
        self._returned = returned_answers.of_operation(document, declared, compiler.functions)
        self._is_bulk_import = self._body is not None and self._body.has_rows and "mode" in self._names
        self._import = imports.of_operation(document, declared) if self._is_bulk_import else None
        limit = declared.get("x-rate-limit") if compiler.settings.rate_limits else None
        self._rate_limit = RateLimit.of(self.id, limit) if limit else None
        self._shows_version = compiler.versions.are_shown(declared)
        self._apart = compiler.versions.apart(declared)
        self._precondition = compiler.versions.precondition(declared)
        self._deprecations = deprecations.of_operation(document, declared)
        # A secret beside what the caller wrote would show in the length of what is compressed (BREACH).
        self._is_compressed = not declared.get("x-no-store")
        self._costs = compiler.costs
        self._has_costs = compiler.costs.plan(declared) is not None
        self._takes_key = openapi.IDEMPOTENCY_KEY in openapi.headers(document, declared)

    async def __call__(self, scope: Scope, path: dict[str, str], receive: Receive, send: Send) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        limits = NO_LIMIT
        instrumentation.note_operation(self.id)
        try:
            if len(headers) < len(scope["headers"]):
                refuse_repeated(name for name, _ in scope["headers"])
            token = self._security.token(headers)
            request = Request(scope, path, headers, token)
            key = self._security.caller_key(token, headers)
            request.caller = self._callers.find(key, request.address)
            limits = self._throttle.count(request.caller)
            if limits.retry_after is not None:
                raise RateLimited("too many requests within a minute; try again later", limits.retry_after)
            response = await self._respond(request, receive)
            if self._has_costs and request.actor is not None and not request.actor.sees_costs and response.status < 400:
                response.headers.append(HIDDEN)
            self._callers.learn(key, request.actor, is_refused=response.status in (401, 403))
        except (Disconnected, Abandoned):
            return
        except asyncio.CancelledError:
            # The server stops, and the time for what was under way is over.
            response = problems.response_to(ServiceUnavailable(STOPPED))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller gets the error body
            response = problems.response_to(error, scope.get("request_id", ""))
        # The response is for this caller alone, a refusal too.
        response.headers.append(_NO_STORE)
        if self._deprecations is not None:
            response.headers.extend(self._deprecations.headers(scope["query_string"], headers))
        if limits.headers:
            response.headers.extend(limits.headers)
        await response.send(send)

    async def _respond(self, request: Request, receive: Receive) -> Response | StreamedResponse:
        if self._form is not None:
            response = await self._upload(self._form, request, receive)
        elif self._body is not None:
            response = await self._with_body(request, receive)
        else:
            response = await self._in_thread(request, receive)
        return response if isinstance(response, Response) else await self._finisher.finish(response, request, receive)

    async def _with_body(self, request: Request, receive: Receive) -> Response | Unfinished:
        """A large body is read only for somebody who may call."""
        body = request.body = self._bodies.begin(receive, request.headers)
        try:
            is_file = self._import is not None and self._import.is_file(request.headers)
            is_whole = await body.read_small()
            if not is_whole or is_file:
                refusal = None if request.caller.is_known and not is_file else await self._admit(request)
                if refusal is not None:
                    return refusal
            if not is_whole:
                await body.read_large(request.caller.flow.organization)
            if self._import is not None and is_file and request.token is not None:
                request.sheet = await self._sheet(self._import, body, request)
            return await self._in_thread(request, receive)
        finally:
            body.close()

    async def _sheet(self, read: imports.Import, body: Body, request: Request) -> imports.Sheet:
        parsing.refuse_encoded(request.headers)
        query, of_form = parsing.parse_query(request.query)
        _, wrong = self._parameters.read(request.path, query)
        if of_form or wrong:
            raise Invalid([*of_form, *wrong])
        return await read.read(body.whole(), request.headers, query, self._renderers, request.caller.flow)

    async def _upload(self, form: multipart.Form, request: Request, receive: Receive) -> Response | Unfinished:
        refusal = await self._admit(request)
        if refusal is not None:
            return refusal
        request.parts = await form.read(chunks(receive), request.headers)
        try:
            return await self._in_thread(request, receive)
        finally:
            request.parts.close()

    async def _admit(self, request: Request) -> Response | None:
        """401 or 403 before the body is read, and afterwards the caller is known. The request itself asks again."""
        if request.token is None:
            return None
        request.work.wait()
        refusal = await self._workers.run(lambda: self._look_at_caller(request), request.caller.flow, _ADMISSION)
        if request.actor is not None:
            request.caller = known(request.actor)
        return refusal

    async def _in_thread(self, request: Request, receive: Receive) -> Response | Unfinished:
        """Once the body has been read: the operation itself."""
        request.work.wait()
        return await self._workers.run(
            lambda: self._encoded(self._run(request), request),
            request.caller.flow,
            self.id,
            least_seconds=0.0 if request.body is None else request.body.size / _BODY_BYTES_PER_SECOND,
            gone=lambda: until_disconnected(receive),
        )

    def _look_at_caller(self, request: Request) -> Response | None:
        """In a worker thread."""
        request.work.begin()
        try:
            opening = self._security.opening(request.token, request.headers)
            with db.unit_of_work(opening) as unit:
                request.work.actor = unit.actor
                self._security.authorize(unit.actor, opening)
                request.actor = unit.actor
        except PharusError as error:
            return problems.response_to(error)
        return None

    def _run(self, request: Request) -> Response | Unfinished:
        """In a worker thread: the whole request in one unit of work. A file is made after it, elsewhere."""
        request.work.begin()
        if self._rate_limit is not None:
            with deadlines.suspended():
                self._rate_limit.count(request.address)
        opening = self._security.opening(request.token, request.headers)
        key = request.headers.get(b"idempotency-key") if self._takes_key else None
        once = None if key is None else idempotency.Once(self.id, self._status, key, opening, request)
        actor: Actor | None = None

        def work(unit: db.Unit) -> bytes | Unfinished | Response:
            nonlocal actor
            actor = request.work.actor = unit.actor
            if once is None or not once.has_changed_the_caller:
                self._security.authorize(unit.actor, opening)
            request.actor = unit.actor
            if once is not None:
                return once.answer(unit, lambda: self._carried_out(request, unit))
            result = self._carried_out(request, unit)
            unfinished = unfinished_of(result)
            return to_json(result) if unfinished is None else unfinished

        try:
            body = db.run(opening, work) if once is None else once.run(work)
        except PharusError as error:
            return problems.response_to(error)
        except Withheld:
            return Response(self._status, b"{}")
        finally:
            if actor is not None and getattr(opening, "is_stale", False):
                note_activity(actor)
        response = Response(self._status, body) if isinstance(body, bytes) else body
        if self._shows_version and isinstance(response, Response):
            if self._takes_key:
                return with_etag(response, None, apart=self._apart)
            encoding = request.headers.get(b"accept-encoding") if self._is_compressed else None
            return with_etag(response, request.headers.get(b"if-none-match"), encoding=encoding)
        return response

    def _encoded(self, response: Response | Unfinished, request: Request) -> Response | Unfinished:
        """In a worker thread, when the transaction has ended."""
        if isinstance(response, Begun):
            return response.written()
        if self._is_compressed and isinstance(response, Response):
            compression.encode(response, request.headers)
        return response

    def _carried_out(self, request: Request, unit: db.Unit) -> Any:
        """What the handler returns; Withheld for what was rehearsed and is not to be kept."""
        result = self._call(request)
        if request.rehearsal is not None:
            request.rehearsal.judge(unit.actor, self._costs)
        return result

    def _call(self, request: Request) -> Any:
        """What the handler returns; Invalid with all problems of parameters and body together."""
        return self._handle(request) if request.sheet is None else request.sheet.answer(lambda: self._handle(request))

    def _handle(self, request: Request) -> Any:
        query, of_form = parsing.parse_query(request.query)
        values, wrong = self._parameters.read(request.path, query)
        found = Findings() if of_form or wrong else None
        if found is not None:
            found.extend([*of_form, *wrong])
        names = self._names
        arguments = {names[name]: value for name, value in values.items()}
        bad_rows: BadRows = {}
        if self._body is not None and request.body is not None:
            if self._import is not None:
                self._import.drop_settings(arguments)
            body = arguments["body"] = self._read_body(self._body, request.body, request)
            if not self._body.is_valid(body):
                rows = self._body.bad_rows(body) if self._is_bulk_import and not found else None
                if rows is not None:
                    bad_rows = rows
                elif (taken := None if found else self._taken(body, arguments, request)) is not None:
                    return self._change(self._body, arguments, taken)
                else:
                    found = found or Findings()
                    self._body.look(body, found)
            elif not found:
                arguments["body"] = self._body.lower_ids(body)
        elif self._form is not None and request.parts is not None:
            arguments["body"], wrong = self._form.body(request.parts)
            found = found or Findings()
            found.extend(wrong)
        if found:
            raise Invalid(found.problems, omitted=found.omitted)
        self._compare(arguments, request.headers)
        if bad_rows and self._body is not None:
            return import_good_rows(self._function, arguments, bad_rows, self._body.lower_ids)
        if self._export is not None:
            accept, sees_costs = request.headers.get(b"accept"), db.current().actor.sees_costs
            file = self._export.asked(arguments, accept, self._function, sees_costs=sees_costs)
            if file is not None:
                return file
        return self._function(**arguments)

    def _compare(self, arguments: Mapping[str, Any], headers: Mapping[bytes, bytes]) -> None:
        """PreconditionFailed when the record is not the one that the caller has seen, by If-Match; PreconditionRequired
        when the organization demands that header."""
        if self._precondition is not None:
            self._precondition(headers.get(b"if-match"), arguments)

    def _taken(self, body: Any, arguments: Mapping[str, Any], request: Request) -> Taken | None:
        if self._returned is None:
            return None
        path = {self._names[name]: arguments[self._names[name]] for name in request.path}
        return self._returned.take(body, path, lambda: self._compare(arguments, request.headers))

    def _change(self, validator: BodyValidator, arguments: Mapping[str, Any], taken: Taken) -> Any:
        """What the handler returns for what a returned answer changes; its problems are where the caller wrote them."""
        body = validator.convert(taken.body)
        if taken.problems or not validator.is_valid(body):
            found = taken.look(validator.look)
            raise Invalid(found.problems, omitted=found.omitted)
        try:
            return self._function(**{**arguments, "body": validator.lower_ids(body)})
        except Invalid as refusal:
            raise Invalid(map(taken.located, refusal.problems), refusal.message, omitted=refusal.omitted) from None

    def _read_body(self, validator: BodyValidator, body: Body, request: Request) -> Any:
        if request.sheet is not None:
            return validator.convert(request.sheet.body())
        content, headers = body.content(), request.headers
        if not content and not self._body_required:
            return {}
        parsing.refuse_encoded(headers)
        content_type = headers.get(b"content-type")
        value = parsing.parse_json(content, content_type.decode("latin-1") if content_type else None)
        return validator.convert(value)
