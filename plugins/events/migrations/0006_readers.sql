-- A record of the current organization and what has ever belonged to it, such as the lines of an order and the items of
-- its receipts: their ids, by what the log has of them.
CREATE FUNCTION event_family(record uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    found uuid[] := ARRAY[record];
    newest uuid[] := found;
BEGIN
    LOOP
        newest := ARRAY(
            SELECT id FROM (
                SELECT e.record_id AS id FROM event AS e WHERE e.org_id = current_org() AND e.parent_id = ANY(newest)
                UNION
                SELECT part.id FROM event AS e, unnest(e.record_ids, e.parent_ids) AS part (id, parent)
                WHERE e.org_id = current_org() AND e.record_ids IS NOT NULL AND e.parent_type IS NOT NULL
                    AND e.parent_ids && newest AND part.parent = ANY(newest)
            ) AS parts WHERE id <> ALL(found)
        );
        EXIT WHEN newest = '{}';
        found := found || newest;
    END LOOP;
    RETURN found;
END $$;

-- The last event of each of these organizations that can be read: for those who wait for more, whoever they are.
CREATE FUNCTION event_heads(orgs uuid[]) RETURNS TABLE (org_id uuid, transaction_id bigint, seq bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT org, last.transaction_id, last.seq FROM unnest(orgs) AS org, LATERAL (
        SELECT e.transaction_id, e.seq FROM event AS e
        WHERE e.org_id = org AND e.transaction_id < event_horizon()
        ORDER BY e.transaction_id DESC, e.seq DESC LIMIT 1
    ) AS last
$$;
REVOKE EXECUTE ON FUNCTION event_heads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_heads TO pharus_platform;
