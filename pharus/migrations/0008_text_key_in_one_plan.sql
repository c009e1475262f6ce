-- The same keys for a third of the cost. A text of ASCII is composed and of one width. In PL/pgSQL, because each statement
-- that stores a row would read and plan a function in SQL anew.
DO $$
DECLARE
    rule text := '';
BEGIN
    IF EXISTS (SELECT FROM pg_collation WHERE collname = 'pg_c_utf8') THEN
        rule := 'COLLATE pg_c_utf8';
    END IF;
    EXECUTE format(
        'CREATE OR REPLACE FUNCTION text_key(content text) RETURNS text '
        'LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$ BEGIN '
        'RETURN CASE WHEN octet_length(content) = length(content) THEN lower(content %1$s) '
        'ELSE translate(lower(normalize(content, NFKC) %1$s), ''ς'', ''σ'') END; '
        'END $function$', rule
    );
END $$;
