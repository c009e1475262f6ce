"""All that a database holds: rows, and the rights, owners, policies and triggers that guard them."""

from tests import database

_OURS = "relnamespace = 'public'::regnamespace AND relkind = 'r'"
_TABLES = f"SELECT relname FROM pg_class WHERE {_OURS} ORDER BY 1"
_GUARDS = {
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "rights": f"""
        SELECT relname, granted.privilege_type, grantee::regrole::text FROM pg_class, aclexplode(relacl) AS granted
        WHERE {_OURS} AND grantee::regrole::text LIKE 'pharus\\_%' ORDER BY 1, 2, 3""",
    "columns": """
        SELECT attrelid::regclass::text, attname, granted.privilege_type, grantee::regrole::text
        FROM pg_attribute, aclexplode(attacl) AS granted WHERE attrelid > 16384 ORDER BY 1, 2, 3, 4""",
    "functions": """
        SELECT proname, md5(prosrc), prosecdef, proowner::regrole::text = 'pharus_search',
            has_function_privilege('pharus_app', oid, 'EXECUTE'), has_function_privilege('public', oid, 'EXECUTE')
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2""",
    "security": f"SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE {_OURS} ORDER BY 1",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    # PostgreSQL writes a condition in another form when it has read its own form of it.
    "constraints": """
        SELECT conrelid::regclass::text, conname, contype, CASE WHEN contype <> 'c' THEN pg_get_constraintdef(oid) END
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1, 2""",
    "required": "SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attnotnull AND attrelid > 16384 "
    "AND attnum > 0 AND attrelid::regclass::text NOT LIKE 'pg\\_%' ORDER BY 1, 2",
    "schema": """
        SELECT granted.privilege_type, grantee::regrole::text FROM pg_namespace, aclexplode(nspacl) AS granted
        WHERE nspname = 'public' AND grantee::regrole::text LIKE 'pharus\\_%' ORDER BY 1, 2""",
}


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    tables = [table for (table,) in database.execute(url, _TABLES)]
    rows = {table: database.execute(url, f"SELECT kept::text FROM {table} AS kept ORDER BY 1") for table in tables}
    return {**rows, **{name: database.execute(url, statement) for name, statement in _GUARDS.items()}}
