"""What a migration of somebody else's plugin may touch: tables, types and functions that begin with the plugin's name.

The catalog of PostgreSQL before the migration is compared with the one after it, in the same transaction. So it does
not matter how the SQL was written, and nothing of it is parsed here. It guards against mistakes, not against malice: a
plugin's Python runs in the same process as ours.
"""

from collections.abc import Mapping

from pharus.db import db
from pharus.external import owns_table

# What there is by kind and name, with the name of the table that decides whose it is (an index is its table's) and a
# text that differs when it was changed. Triggers that a foreign key of another table puts on the table it refers to are
# internal, and no change of that table. Nor is it one of `search_segment` or `event` that a plugin's texts and changes
# are kept there.
_SURVEY = """
SELECT 'table', relname, relname, concat_ws(' ',
    relkind, relowner, relacl, relrowsecurity, relforcerowsecurity, pg_relation_filenode(pg_class.oid), reloptions,
    (SELECT string_agg(concat_ws(' ', attname, atttypid, atttypmod, attnotnull, attisdropped, attacl,
        pg_get_expr(adbin, adrelid)), ';' ORDER BY attnum)
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = pg_class.oid AND attnum > 0),
    (SELECT string_agg(concat_ws(' ', conname, pg_get_constraintdef(oid)), ';' ORDER BY conname)
        FROM pg_constraint WHERE conrelid = pg_class.oid),
    (SELECT string_agg(concat_ws(' ', pg_get_triggerdef(oid), tgenabled), ';' ORDER BY tgname)
        FROM pg_trigger WHERE tgrelid = pg_class.oid AND NOT tgisinternal),
    (SELECT string_agg(concat_ws(' ', polname, polcmd, polroles, pg_get_expr(polqual, polrelid),
        pg_get_expr(polwithcheck, polrelid)), ';' ORDER BY polname) FROM pg_policy WHERE polrelid = pg_class.oid),
    (SELECT string_agg(pg_get_indexdef(indexrelid), ';' ORDER BY indexrelid)
        FROM pg_index WHERE indrelid = pg_class.oid),
    (SELECT string_agg(pg_get_ruledef(oid), ';' ORDER BY rulename) FROM pg_rewrite WHERE ev_class = pg_class.oid))
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('i', 'I', 'S')
UNION ALL
SELECT 'sequence', relname, coalesce((
    SELECT refobjid::regclass::text FROM pg_depend
    WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass
        AND deptype IN ('a', 'i')), relname), concat_ws(' ', relowner, relacl)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
UNION ALL
SELECT 'function', oid::regprocedure::text, proname, concat_ws(' ', proowner, proacl,
    CASE WHEN prokind IN ('f', 'p') THEN md5(pg_get_functiondef(oid)) END)
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT 'type', typname, typname, concat_ws(' ', typowner, typacl)
FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typrelid = 0 AND typelem = 0
    AND typtype IN ('d', 'e', 'r', 'b')
UNION ALL
SELECT 'schema', nspname, nspname, concat_ws(' ', nspowner, nspacl) FROM pg_namespace
WHERE nspname !~ '^pg_(temp|toast)'
UNION ALL
SELECT 'extension', extname, extname, extversion FROM pg_extension
UNION ALL
SELECT 'rows of the table', relname, relname, concat_ws(' ',
    pg_stat_get_xact_tuples_inserted(oid), pg_stat_get_xact_tuples_updated(oid), pg_stat_get_xact_tuples_deleted(oid))
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND relname NOT IN ('search_segment', 'event')
"""

# A view reads as its owner, whom row-level security does not hold back, unless it is declared otherwise.
_UNPROTECTED = """
SELECT relname, relkind FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND (
    relkind = 'm' OR relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
    OR relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity
        AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
        AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'f'
            AND confrelid = 'organization'::regclass AND confdeltype = 'c')))
ORDER BY relname
"""

# (kind, name) to (the name that decides whose it is, a text that differs when it was changed).
Survey = Mapping[tuple[str, str], tuple[str, str]]


def survey() -> Survey:
    """All that a migration could make, change or drop, as this transaction sees it."""
    return {(row[0], row[1]): (row[2], row[3]) for row in db.execute_sql(_SURVEY)}


def foreign_changes(prefix: str, before: Survey, after: Survey, *, is_first: bool) -> str | None:
    """What the migration of the plugin did that it must not, as the end of a sentence; None when all is well."""
    if is_first:
        for (kind, name), (owner, _) in before.items():
            if kind == "table" and owns_table(prefix, owner):
                return (
                    f"would seem to own the table {name}, which was there before it: another plugin or an earlier "
                    "package of this one made it. Rename the plugin, or drop what is left of the earlier one"
                )
    for kind, name in sorted(before.keys() | after.keys()):
        old, new = before.get((kind, name)), after.get((kind, name))
        owner = (new or old or ("", ""))[0]
        if old == new or owns_table(prefix, owner) or (kind.startswith("rows") and new == (owner, "0 0 0")):
            continue
        if kind.startswith("rows") and (old is None or new is None):
            continue
        if old is None:
            return f"makes the {kind} {name}; what the plugin {prefix} makes must begin with {prefix}_"
        did = "drops" if new is None else "changes"
        return f"{did} the {kind} {name}, which is not the plugin's own: ask for a hook instead"
    return _unprotected(prefix)


def _unprotected(prefix: str) -> str | None:
    for table, kind in db.execute_sql(_UNPROTECTED):
        if not owns_table(prefix, table):
            continue
        if kind == "m":
            return f"makes the materialized view {table}, which would show every organization's rows: make it a table"
        if kind == "v":
            return f"leaves the view {table} open to every organization: make it WITH (security_invoker = true)"
        return (
            f"leaves the table {table} open to every organization: give it a column org_id and write "
            f"CALL make_tenant_table('{table}')"
        )
    return None
