-- What names, codes and references are compared by: docs/adr/0023.

-- The same for all spellings of one text: composed, of one width (NFKC), in small letters. Which letters there are does
-- not depend on the locale that the database was made with, from PostgreSQL 17 on. A sigma at the end is a sigma.
DO $$
DECLARE
    rule text := '';
BEGIN
    IF EXISTS (SELECT FROM pg_collation WHERE collname = 'pg_c_utf8') THEN
        rule := 'COLLATE pg_c_utf8';
    END IF;
    EXECUTE format(
        'CREATE FUNCTION text_key(content text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE '
        'RETURN translate(lower(normalize(content, NFKC) %s), ''ς'', ''σ'')', rule
    );
END $$;

-- Lets a text be unique in an organization by its key, which the table keeps as `<column>_key`. `name` is the index that
-- did so before, by something else: what is said of a violation is made from it.
--
-- Records of before may have the same key. They stay as they are: all but the oldest get a number of their own, which
-- they keep until they get another text. What is new never has the text of the oldest.
CREATE PROCEDURE make_unique_text(tab regclass, col text, name text)
    LANGUAGE plpgsql AS $$
DECLARE
    twins bigint;
BEGIN
    EXECUTE format(
        'ALTER TABLE %s ADD COLUMN %I text COLLATE "C" GENERATED ALWAYS AS (text_key(%I)) STORED',
        tab, col || '_key', col
    );
    EXECUTE format('DROP INDEX %I', name);
    EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', tab);
    EXECUTE format(
        'SELECT count(*) - count(DISTINCT (org_id, %1$I)) FROM %2$s WHERE %1$I IS NOT NULL', col || '_key', tab
    ) INTO twins;
    IF twins = 0 THEN
        EXECUTE format('CREATE UNIQUE INDEX %I ON %s (org_id, %I)', name, tab, col || '_key');
    ELSE
        EXECUTE format('ALTER TABLE %s ADD COLUMN %I integer NOT NULL DEFAULT 0', tab, col || '_twin');
        EXECUTE format(
            'UPDATE %1$s AS kept SET %3$I = twin.number - 1 FROM ('
            'SELECT org_id, id, row_number() OVER (PARTITION BY org_id, %2$I ORDER BY id) AS number FROM %1$s '
            'WHERE %2$I IS NOT NULL) AS twin '
            'WHERE twin.number > 1 AND kept.org_id = twin.org_id AND kept.id = twin.id',
            tab, col || '_key', col || '_twin'
        );
        EXECUTE format('CREATE UNIQUE INDEX %I ON %s (org_id, %I, %I)', name, tab, col || '_key', col || '_twin');
        EXECUTE format(
            'CREATE TRIGGER %1$I BEFORE UPDATE OF %2$I ON %3$s FOR EACH ROW '
            'WHEN (text_key(OLD.%2$I) IS DISTINCT FROM text_key(NEW.%2$I)) EXECUTE FUNCTION forget_twin(%1$L)',
            col || '_twin', col, tab
        );
        RAISE WARNING '% records of % have the % of another one, but for its letter case or form; they keep it',
            twins, tab, col;
    END IF;
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tab);
END $$;

CREATE FUNCTION forget_twin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], 0));
END $$;
