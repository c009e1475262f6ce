-- What is deleted of an organization's log: whole blocks from its beginning, once every event in them is older than the
-- organization keeps events. The chain goes on from the end of the last one, which event_chain has (docs/adr/0051).

-- Only what event_chain says is not kept any more can be deleted, and everything along with its organization. Whoever
-- deletes: no role that requests have may write event_chain, and expire_events looks at the setting itself.
CREATE FUNCTION refuse_event_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (
        NOT EXISTS (SELECT FROM organization WHERE id = OLD.org_id AND purge_requested_at IS NULL)
        OR EXISTS (
            SELECT FROM event_chain
            WHERE org_id = OLD.org_id
                AND (OLD.transaction_id, OLD.seq) <= (kept_after_transaction_id, kept_after_seq)
        )
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_event_change();
ALTER TABLE event ENABLE ALWAYS TRIGGER append_only;

-- Deletes up to `most` blocks that are not kept any more; how many that were.
CREATE FUNCTION expire_events(org uuid, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    oldest CONSTANT timestamptz := (
        SELECT now() - make_interval(days => event_retention_days) FROM organization_settings WHERE org_id = org
    );
    chain event_chain;
    last event_block;
BEGIN
    SELECT * INTO chain FROM event_chain WHERE org_id = org FOR UPDATE SKIP LOCKED;
    IF NOT FOUND OR oldest IS NULL THEN
        RETURN 0;
    END IF;
    -- Blocks go in their order, so that one with a younger event keeps those behind it.
    SELECT * INTO last FROM event_block
    WHERE org_id = org AND number <= chain.deleted_blocks + most AND number < coalesce(
        (
            SELECT number FROM event_block
            WHERE org_id = org AND number <= chain.deleted_blocks + most AND last_at >= oldest
            ORDER BY number LIMIT 1
        ),
        chain.deleted_blocks + most + 1
    )
    ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    UPDATE event_chain SET
        kept_after_transaction_id = last.transaction_id, kept_after_seq = last.seq,
        kept_after_number = (
            SELECT coalesce(cardinality(record_ids), 1) FROM event
            WHERE org_id = org AND transaction_id = last.transaction_id AND seq = last.seq
        ),
        deleted_blocks = last.number, deleted_rows = last.row_count, deleted_hash = last.chain_hash
    WHERE org_id = org;
    DELETE FROM event WHERE org_id = org AND (transaction_id, seq) <= (last.transaction_id, last.seq);
    DELETE FROM event_block WHERE org_id = org AND number <= last.number;
    RETURN last.number - chain.deleted_blocks;
END $$;

-- The organizations whose first block is not kept any more.
CREATE FUNCTION events_to_expire() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.org_id FROM organization_settings AS s
    JOIN event_chain AS c ON c.org_id = s.org_id
    JOIN event_block AS b ON b.org_id = c.org_id AND b.number = c.deleted_blocks + 1
    WHERE b.last_at < now() - make_interval(days => s.event_retention_days);
END $$;
REVOKE EXECUTE ON FUNCTION expire_events, events_to_expire FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expire_events, events_to_expire TO pharus_purge;
