-- For statements that are sent along with others and of which nobody counts the rows: they end with
-- `SELECT require_change(count(*)) FROM changed`. The state makes the unit of work begin anew (pharus.db.run), and what
-- it then reads says what has become of the record.
CREATE FUNCTION require_change(changed bigint) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    IF changed = 0 THEN
        RAISE EXCEPTION 'a record that was to be changed is not there' USING ERRCODE = 'serialization_failure';
    END IF;
END $$;
