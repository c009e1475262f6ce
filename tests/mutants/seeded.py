"""The defects. Each is an edit or two, and names the quick part of the suite that must notice it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """`before` is exactly once in the file."""

    file: str
    before: str
    after: str


@dataclass(frozen=True)
class Mutant:
    """`noticed_by` is what pytest is called with: files, and after `-k` a choice of their tests."""

    name: str
    edits: tuple[Edit, ...]
    noticed_by: tuple[str, ...]


def _mutant(name: str, file: str, before: str, after: str, *noticed_by: str) -> Mutant:
    return Mutant(name, (Edit(file, before, after),), noticed_by)


def _of_all_organizations(name: str, file: str, before: str, after: str, *noticed_by: str) -> Mutant:
    """A condition on the organization is forgotten, and row-level security, the second wall, is off as well."""
    wall = Edit(
        "pharus/migrations/0003_purge.sql",
        "USING (org_id = current_org()) WITH CHECK (org_id = current_org())',\n        name",
        "USING (true) WITH CHECK (true)',\n        name",
    )
    return Mutant(name, (wall, Edit(file, before, after)), noticed_by)


_VENDORS = "tests/plugins/vendors/test_vendors.py"
_IMPORTS = "tests/plugins/vendors/test_bulk_import.py"
_MOVEMENTS = "tests/plugins/inventory/test_movements.py"
_POSTINGS = "plugins/inventory/postings.py"
_UNDONE = "return Costing(-value, brought - value, balance.index.after(left, others))"
_VALUE = "tests/plugins/inventory/test_value_integrity.py"
_SECURITY = "handlers/http/security.py"
_ACCESS = "plugins/platform/access.py"
_ROLES = ("tests/contract/test_roles.py", "-k", "createVendor or listVendors or getVendor")
_FOREIGN = "tests/contract/test_tenant_isolation.py"
_EVENTS = "pharus/migrations/0009_events.sql"
_CHAIN = "plugins/events/migrations/0005_chain.sql"
_LOG = "tests/contract/test_event_log.py"
_BATCHES = "tests/plugins/manufacturing/test_batches.py"
_RETURNING = "plugins/sales_orders/returning.py"
_RETURNS = "tests/plugins/sales_orders/test_returning.py"
_SHIPMENTS = "tests/plugins/sales_orders/test_shipping.py"

MUTANTS = (
    # Who gets in
    _mutant(
        "the role is not checked",
        _SECURITY,
        "and actor.role < self.minimum:",
        "and actor.role < 0:",
        *_ROLES,
    ),
    _mutant(
        "a role too low by one is let in",
        _SECURITY,
        "and actor.role < self.minimum:",
        "and actor.role < self.minimum - 1:",
        *_ROLES,
    ),
    _mutant(
        "who is no member is let in where no role is needed",
        _SECURITY,
        "if actor.org_id is None and (self.minimum is not None or asked):",
        "if actor.org_id is None and self.minimum is not None:",
        *(_ROLES[0], "-k", "getUser"),
    ),
    _mutant(
        "no token at all is answered 403",
        _SECURITY,
        'if scheme.lower() != "bearer" or not token.strip():',
        'if scheme.lower() != "bearer":\n            return None\n        if not token.strip():',
        *_ROLES,
    ),
    _mutant(
        "a former member is let in",
        _ACCESS,
        "m.org_id = %s AND m.user_id = u.id AND m.is_active",
        "m.org_id = %s AND m.user_id = u.id",
        *_ROLES,
    ),
    _mutant(
        "an expired API token is taken", _ACCESS, " AND (t.expires_at IS NULL OR t.expires_at > now())", "", *_ROLES
    ),
    _mutant("a revoked API token is taken", _ACCESS, " AND t.revoked_at IS NULL", "", *_ROLES),
    _mutant(
        "an API token makes API tokens",
        _SECURITY,
        "if self._id_token_only and actor.token_id is not None:",
        "if self._id_token_only and actor.token_id is None and False:",
        *(_ROLES[0], "-k", "createApiToken"),
    ),
    _mutant(
        "the request is judged before its caller",
        "handlers/http/operation.py",
        "if once is None or not once.has_changed_the_caller:\n"
        "                self._security.authorize(unit.actor, opening)\n"
        "            request.actor = unit.actor\n"
        "            if once is not None:\n"
        "                return once.answer(unit, lambda: self._carried_out(request, unit))\n"
        "            result = self._carried_out(request, unit)\n",
        "if once is not None:\n"
        "                return once.answer(unit, lambda: self._carried_out(request, unit))\n"
        "            result = self._carried_out(request, unit)\n"
        "            self._security.authorize(unit.actor, opening)\n"
        "            request.actor = unit.actor\n",
        *_ROLES,
    ),
    # Whose records
    _of_all_organizations(
        "a record of another organization is shown",
        "pharus/records.py",
        'FROM {self.table} WHERE org_id = %s AND id = %s"\n        unit = current()',
        'FROM {self.table} WHERE (org_id = %s OR true) AND id = %s"\n        unit = current()',
        *(_FOREIGN, "-k", "getVendor"),
    ),
    _of_all_organizations(
        "a record of another organization is changed",
        "pharus/records.py",
        "SET {assignments} WHERE org_id = %s AND id = %s RETURNING {self.selected}",
        "SET {assignments} WHERE (org_id = %s OR true) AND id = %s RETURNING {self.selected}",
        *(_FOREIGN, "-k", "updateVendor"),
    ),
    _of_all_organizations(
        "a list shows rows of other organizations",
        "pharus/listing.py",
        'conditions, names = ["org_id = %s"]',
        'conditions, names = ["(org_id = %s OR true)"]',
        *(_FOREIGN, "-k", "listVendors"),
    ),
    _of_all_organizations(
        "an import names a type of another organization",
        "pharus/records.py",
        'FROM {self.table} WHERE org_id = %s {rest}"',
        'FROM {self.table} WHERE (org_id = %s OR true) {rest}"',
        *(_FOREIGN, "-k", "bulkImportMaterials"),
    ),
    _mutant(
        "row-level security is off",
        "pharus/migrations/0003_purge.sql",
        "USING (org_id = current_org()) WITH CHECK (org_id = current_org())',\n        name",
        "USING (true) WITH CHECK (true)',\n        name",
        "tests/pharus/test_db_tenancy.py",
    ),
    # What is repeated, and what was seen before
    _mutant(
        "a repeated request is carried out again",
        "handlers/http/idempotency.py",
        "if found is not None and found.status is not None:",
        "if found is None and self._keyed is None:",
        *("tests/handlers/http/test_idempotency.py",),
    ),
    _mutant(
        "a key is taken for whatever request",
        "handlers/http/idempotency.py",
        "(found.operation, found.fingerprint) != (key.operation, key.fingerprint)",
        "found.operation != key.operation",
        *("tests/handlers/http/test_idempotency.py",),
    ),
    _mutant(
        "a version is compared without a lock",
        "handlers/http/versions.py",
        "unit.locks_reads = True",
        "unit.locks_reads = False",
        *("tests/handlers/http/test_versions.py", "-k", "fifty"),
    ),
    _mutant(
        "a record that is sent back overwrites what was changed since",
        "handlers/http/returned_answers.py",
        "        compare()\n",
        "",
        *("tests/handlers/http/test_versions.py", "-k", "sent_back"),
    ),
    # What is answered
    _mutant(
        "a creation answers 200",
        "handlers/http/operation.py",
        "Response(self._status, body) if isinstance(body, bytes)",
        "Response(200, body) if isinstance(body, bytes)",
        *(_VENDORS, "-k", "create"),
    ),
    _mutant(
        "keys without a value are left out",
        "pharus/records.py",
        "return cast(T, dict(zip(self.keys, values, strict=False)))",
        "return cast(T, {k: v for k, v in zip(self.keys, values, strict=False) if v is not None})",
        *(_VENDORS, "-k", "update"),
    ),
    _mutant(
        "keys without a value are left out of what was made",
        "pharus/records.py",
        "return cast(T, record)\n\n    def _stored",
        "return cast(T, {k: v for k, v in record.items() if v is not None})\n\n    def _stored",
        *(_VENDORS, "-k", "create"),
    ),
    _mutant(
        "rows of a list have a key too many",
        "pharus/records.py",
        "return cast(list[T], dicts(self.keys, rows))",
        'return cast(list[T], [{**row, "table": self.table} for row in dicts(self.keys, rows)])',
        *(_VENDORS, "-k", "list"),
    ),
    _mutant(
        "the error body is flat",
        "handlers/http/problems.py",
        'to_json({"error": error})',
        "to_json(error)",
        *(_VENDORS, "-k", "another_organization"),
    ),
    _mutant(
        "a defect tells its cause",
        "handlers/http/problems.py",
        '"an internal error occurred; the server\'s log has it under the request id"',
        "str(error)",
        "tests/handlers/http/test_problems.py",
    ),
    _mutant(
        "an error has no headers",
        "handlers/http/problems.py",
        'return [("www-authenticate", "Bearer")]',
        "return []",
        *_ROLES,
    ),
    _mutant(
        "Allow lists one method only",
        "handlers/http/routing.py",
        '", ".join(sorted(methods))',
        "sorted(methods)[0]",
        "tests/contract/test_docs_page.py",
    ),
    _mutant(
        "anybody may keep the answer",
        "handlers/http/operation.py",
        '(b"cache-control", b"no-store")',
        '(b"cache-control", b"private")',
        *("tests/plugins/platform/test_users.py", "-k", "create"),
    ),
    _mutant(
        "answers have no request id",
        "handlers/http/access_log.py",
        "((_REQUEST_ID, work.request_id.encode()), *of_every)",
        "of_every",
        *(_VENDORS, "-k", "create"),
    ),
    _mutant(
        "quantities are floats",
        "handlers/http/responses.py",
        "return canonical(value)",
        "return float(value)  # type: ignore",
        *(_MOVEMENTS, "-k", "adjust"),
    ),
    _mutant(
        "decimals have trailing zeros",
        "pharus/fields.py",
        'text = text.rstrip("0").rstrip(".")',
        "pass",
        *(_MOVEMENTS, "-k", "adjust"),
    ),
    # What is taken
    _mutant(
        "no text is too long",
        "handlers/http/validation.py",
        'if key not in ("nullable", ',
        'if key not in ("maxLength", "nullable", ',
        "tests/handlers/http/test_validation.py",
    ),
    _mutant(
        "ids and dates are not checked",
        "handlers/http/validation.py",
        "validate_formats=True",
        "validate_formats=False",
        "tests/handlers/http/test_validation.py",
    ),
    _mutant(
        "unknown parameters are taken",
        "handlers/http/validation.py",
        '"required": [], "additionalProperties": False}',
        '"required": [], "additionalProperties": True}',
        "tests/handlers/http/test_validation.py",
    ),
    _mutant(
        "numbers become floats on the way in",
        "handlers/http/parsing.py",
        "parse_float=_decimal",
        "parse_float=float",
        *("tests/handlers/http/test_parsing.py", _MOVEMENTS),
    ),
    # What the world allows
    _mutant(
        "duplicates are taken",
        "plugins/vendors/migrations/0003_text_keys.sql",
        "CALL make_unique_text('vendor', 'qbo_id', 'vendor_qbo_id_key');",
        "DROP INDEX vendor_qbo_id_key;",
        *(_VENDORS, "-k", "qbo"),
    ),
    _mutant(
        "deactivated records are taken",
        "pharus/records.py",
        "if active and id not in kept and",
        "if not active and id not in kept and",
        *(_MOVEMENTS, "-k", "refuses"),
    ),
    _mutant(
        "what is in use is deleted",
        "pharus/records.py",
        "if any(counts.values()):",
        "if all(counts.values()) and not counts:",
        *(_MOVEMENTS, "-k", "cannot_be_deleted"),
    ),
    _mutant(
        "stock goes below zero",
        _POSTINGS,
        "if change.on_hand < 0 and balance.on_hand + change.on_hand < 0:",
        "if change.on_hand < 0 and balance.on_hand + change.on_hand < -10**9:",
        *(_MOVEMENTS, "-k", "beyond"),
    ),
    # What goods cost: each of these, `pharus check` finds
    _mutant(
        "the average cost is rounded to cents",
        _POSTINGS,
        "rounded = value.quantize(TWELVE_PLACES, ROUND_HALF_UP)",
        'rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)',
        _VALUE,
    ),
    _mutant(
        "the average cost is rounded to six places",
        _POSTINGS,
        "rounded = value.quantize(TWELVE_PLACES, ROUND_HALF_UP)",
        "rounded = value.quantize(SIX_PLACES, ROUND_HALF_UP)",
        _VALUE,
    ),
    _mutant(
        "the last piece leaves value behind",
        _POSTINGS,
        "return value if quantity == whole else",
        "return value.quantize(SIX_PLACES) if quantity == whole else",
        _VALUE,
    ),
    _mutant(
        "an undo takes what was brought, as far as there is so much",
        _POSTINGS,
        _UNDONE,
        "value = min(brought, balance.value)\n    return Costing(-value, ZERO, balance.index.after(left, others))",
        _VALUE,
    ),
    _mutant(
        "an undo takes its pieces at the average",
        _POSTINGS,
        _UNDONE,
        f"value = value_of_part(balance.value, quantity, balance.on_hand)\n    {_UNDONE}",
        _VALUE,
    ),
    _mutant(
        "an undo is no outflow for the others",
        _POSTINGS,
        _UNDONE,
        "return Costing(-value, brought - value, balance.index)",
        _VALUE,
    ),
    _mutant(
        "what came into a pool before it was empty counts as there",
        "plugins/inventory/running_index.py",
        "return RunningIndex(ONE, self.exponent + _EMPTIED)",
        "return self",
        "tests/plugins/inventory/test_index_integrity.py",
    ),
    _mutant(
        "an entry that is dated back changes no later day",
        "plugins/inventory/history.py",
        "AND history.day >= change.day AND (change.until",
        "AND history.day = change.day AND (change.until",
        "tests/plugins/inventory/test_history_integrity.py",
    ),
    _mutant(
        "a correction of goods that are gone is no variance",
        _POSTINGS,
        "return Costing(value, value - change, index)",
        "return Costing(value, ZERO, index)",
        _VALUE,
    ),
    _mutant(
        "an undo forgets the corrections",
        _POSTINGS,
        "share, brought = inflow.share_left(balance), inflow.brought",
        "share, brought = inflow.share_left(balance), inflow.effect.value",
        _VALUE,
    ),
    _mutant(
        "the last part of a transfer loses a remainder",
        "plugins/inventory/movements.py",
        "value=value_of_part(left.value, quantity, left.quantity)",
        "value=value_of_part(-transfer.effect.value, quantity, transfer.posting.quantity)",
        _VALUE,
    ),
    _mutant(
        "balances are not locked",
        "plugins/inventory/engine.py",
        "ORDER BY item_id, location_id FOR UPDATE",
        "ORDER BY item_id, location_id",
        "tests/plugins/inventory/test_races.py",
    ),
    _mutant(
        "a BOM may loop",
        "plugins/bom/rules.py",
        "if not inputs:\n        return None",
        "if inputs is not None:\n        return None",
        "tests/plugins/bom/test_loops.py",
    ),
    # Batches
    _mutant(
        "a by-product bears a part of what is left of the cost",
        "plugins/manufacturing/rules.py",
        "parts.append(min((value * share / 100)",
        "parts.append(min((left * share / 100)",
        _BATCHES,
        "-k",
        "part_of_the_cost",
    ),
    _mutant(
        "what was used beside the plan counts for the plan",
        "plugins/manufacturing/commitments.py",
        "return -self._on_hand(rules.ledger_of(taken), taken) - variance",
        "return -self._on_hand(rules.ledger_of(taken), taken)",
        _BATCHES,
        "-k",
        "really_used",
    ),
    _mutant(
        "what was scrapped stays gone when its receipt is deleted",
        "plugins/inventory/reversal.py",
        'elif posting.event_type == "DISPOSE" and',
        'elif posting.event_type == "DISPOSED" and',
        _BATCHES,
        "-k",
        "undoes_all",
    ),
    _mutant(
        "the yield of a batch is left out",
        "plugins/bom/explosion.py",
        " / Fraction(batch.size) / Fraction(batch.yield_percent)",
        " / Fraction(batch.size) / 100",
        _BATCHES,
        "-k",
        "quantity_come_out",
    ),
    # What is kept
    _mutant(
        "a unit of work stays above its organization",
        "pharus/db.py",
        'db.defer("SET LOCAL ROLE pharus_app")\n        self._token',
        'db.defer("SET LOCAL ROLE pharus_platform")\n        self._token',
        "tests/pharus/test_db.py",
    ),
    _mutant(
        "a refused unit of work commits",
        "pharus/db.py",
        'connection.send("ROLLBACK")',
        'connection.send("COMMIT")',
        "tests/pharus/test_db.py",
    ),
    Mutant(
        "what was acknowledged is lost",
        (
            Edit("pharus/db.py", 'connection.send("COMMIT")', 'connection.send("ROLLBACK")'),
            # What PostgreSQL says of it is looked at, so that no unit can end otherwise than by its COMMIT.
            Edit("pharus/db.py", 'if is_open and said == "COMMIT" and', "if is_open and"),
        ),
        (_VENDORS, "-k", "list"),
    ),
    _mutant(
        "an atomic import stores the good rows",
        "pharus/bulk.py",
        "        if found:\n            raise _refused(sorted(found, key=lambda each: each.row))",
        "        if not count:\n            raise _refused(sorted(found, key=lambda each: each.row))",
        _IMPORTS,
    ),
    _mutant("a dry run stores", "pharus/bulk.py", "if not dry_run:", "if dry_run is not None:", _IMPORTS),
    # Pages
    _mutant(
        "rows with the same name fall out between pages",
        "plugins/vendors/operations.py",
        'Order(("sort_key", "id"))',
        'Order(("sort_key",))',
        *(_VENDORS, "-k", "pages"),
    ),
    _mutant(
        "the second page is never offered",
        "pharus/listing.py",
        '":rows": limit + 1}',
        '":rows": limit}',
        *(_VENDORS, "-k", "pages"),
    ),
    _mutant(
        "a cursor is not signed",
        "pharus/cursors.py",
        "if not hmac.compare_digest(signature, _signature(name, body)) or _encode(raw) != cursor:",
        "if _encode(raw) != cursor:",
        "tests/pharus/test_cursors.py",
    ),
    _mutant(
        "a filter takes its wildcards by their meaning",
        "pharus/listing.py",
        '.replace("%", "\\\\%")',
        "",
        *("tests/pharus/test_listing.py", "-k", "wildcards"),
    ),
    # The log of events
    _mutant(
        "what is deleted is no event",
        _EVENTS,
        "ELSE %s\n            END IF;",
        "END IF;",
        *(_LOG, "-k", "deleteVendor or removeSalesOrderItem"),
    ),
    _mutant(
        "a change of one column alone is no event",
        _EVENTS,
        "string_agg(format('o.%1$I IS DISTINCT FROM r.%1$I', col), ' OR ')",
        "string_agg(format('o.%1$I IS DISTINCT FROM r.%1$I', col), ' AND ')",
        *(_LOG, "-k", "updateVendor or updateSalesOrder"),
    ),
    _mutant(
        "an operation's second table is not logged",
        "plugins/events/migrations/0003_orders.sql",
        "CALL log_events('sales_order_item');",
        "CALL log_no_events('sales_order_item');",
        "tests/plugins/events/test_columns.py",
    ),
    _mutant(
        "events say nothing of the token",
        _ACCESS,
        'by="t.id"',
        "by=\"''\"",
        *("tests/plugins/events/test_log.py", "-k", "what_has_changed"),
    ),
    _mutant(
        "what a transaction may still add to is closed",
        _CHAIN,
        "AND e.transaction_id < horizon",
        "AND e.transaction_id <> horizon",
        *("tests/plugins/events/test_chain.py", "-k", "may_still_come"),
    ),
    _mutant(
        "the hash of an event leaves out who did it",
        _CHAIN,
        "(e).user_id, (e).token_id, (e).request_id",
        "(e).token_id, (e).token_id, (e).request_id",
        "tests/plugins/events/test_integrity.py",
    ),
    _mutant(
        "a block whose end is asked for is passed over",
        "plugins/events/search.py",
        'condition.append("last_at >= %s")',
        'condition.append("first_at >= %s")',
        *("tests/plugins/events/test_search.py", "-k", "each_filter"),
    ),
    _mutant(
        "the history of a record leaves out its lines",
        "plugins/events/reading.py",
        "if each.record_id == record_id or each.parent_id in family]",
        "if each.record_id == record_id]",
        *("tests/plugins/events/test_search.py", "-k", "history"),
    ),
    _mutant(
        "a feed has a hole where events were deleted",
        "plugins/events/operations.py",
        "if BEGINNING < position < found.kept_after:",
        "if found.kept_after < position < BEGINNING:",
        *("tests/plugins/events/test_expiry.py", "-k", "feed"),
    ),
    _mutant(
        "anybody deletes what is kept of the log",
        "plugins/events/migrations/0007_retention.sql",
        "(OLD.transaction_id, OLD.seq) <= (kept_after_transaction_id, kept_after_seq)",
        "(OLD.transaction_id, OLD.seq) >= (kept_after_transaction_id, kept_after_seq)",
        *("tests/plugins/events/test_expiry.py", "-k", "nobody_deletes"),
    ),
    # What leaves in parts, and comes back
    _mutant(
        "what shipments have shipped is shipped again by the status",
        "plugins/sales_orders/rules.py",
        "rest = Decimal(quantity) - sum(each.quantity for each in taken)",
        "rest = Decimal(quantity)",
        *(_SHIPMENTS, "-k", "status_ships"),
    ),
    _mutant(
        "more is shipped than is open",
        "plugins/sales_orders/rules.py",
        "    if quantity > still_open:",
        '    if quantity > line["quantity"]:',
        *(_SHIPMENTS, "-k", "than_is_open"),
    ),
    _mutant(
        "an undone shipment stays consumed",
        "plugins/inventory/reconciliation.py",
        "if source_id != line.line_id and (source_id not in expected or expected[source_id].quantity != quantity)",
        "if source_id != line.line_id and source_id in expected and expected[source_id].quantity != quantity",
        *(_SHIPMENTS, "-k", "give_the_order_back"),
    ),
    _mutant(
        "each return takes the same part of the cost, whatever came back before",
        _RETURNING,
        "elif id in shipment_item:",
        "elif id in ():",
        *(_RETURNS, "-k", "last_piece"),
    ),
    _mutant(
        "more comes back than the customer has",
        _RETURNING,
        'returnable = left[id]["quantity"] - left[id]["returnedQuantity"]',
        'returnable = left[id]["quantity"]',
        *(_RETURNS, "-k", "than_was_shipped"),
    ),
    _mutant(
        "what is written off stays cost of goods",
        "plugins/accounting/rules.py",
        'yield "costOfGoods", cost',
        'yield "adjustments", cost',
        *(_RETURNS, "-k", "written_off"),
    ),
    _mutant(
        "an undone write-off is not taken back from the write-offs",
        _POSTINGS,
        "if self.posting.event_type in (REVALUE, WRITE_OFF)",
        "if self.posting.event_type == REVALUE",
        *(_RETURNS, "-k", "written_off"),
    ),
    _mutant(
        "a shipment is undone although goods of it came back",
        "plugins/sales_orders/shipping.py",
        '    rules.refuse_returned(shipped["items"])\n',
        "",
        *(_RETURNS, "-k", "not_undone"),
    ),
    # What stays
    _mutant(
        "a new key of a request may stand before the released ones",
        "codegen/narrowing.py",
        "if name != expected), None)",
        "if name not in now), None)",
        *("tests/codegen/test_breaking.py", "-k", "before"),
    ),
)
