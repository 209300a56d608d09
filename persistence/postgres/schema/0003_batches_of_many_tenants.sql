-- Statements that write for several tenants at once, and the log of replies.

-- -- isolation --------------------------------------------------------------------------------------

-- A transaction names the tenants it is for: one to read, all those of a batch to write. Row security
-- holds every row to that list; none named, none seen. The sub-select is evaluated once a statement.
-- "IS TRUE" keeps the list out of the index's conditions: a probe names its one tenant itself.
DO $$
DECLARE
  subject text;
  named constant text := '(tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('
    '''app.tenants'', true), ''''), '','')::uuid[])::uuid[])) IS TRUE';
BEGIN
  FOREACH subject IN ARRAY ARRAY[
      'contact', 'alias', 'roster', 'journal', 'outbox', 'request', 'kept_webhook'] LOOP
    EXECUTE format('DROP POLICY own_tenant ON mitr.%I', subject);
    EXECUTE format('CREATE POLICY named_tenants ON mitr.%I USING (%s) WITH CHECK (%s)', subject, named, named);
  END LOOP;
END
$$;

-- -- replies ----------------------------------------------------------------------------------------

-- One row for a tenant's replies of one batch: said in the turns that were committed with it, or
-- (`sent`) accepted by the provider, with its ids by keyed hash. A reply that is in no `sent` row and
-- has no row in mitr.outbox may still have to leave. Read by age only: who looks for what a crash left
-- open begins where everything before has come to its end. A reply has a row in mitr.outbox once more
-- than that is known of it: delivered, read, refused, unanswered. `place` grows with every row,
-- whatever the clock does: the row that says a reply was sent stands behind the one that said it.
CREATE TABLE mitr.reply_log (
  tenant_id  uuid NOT NULL,
  place      bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent       boolean NOT NULL,
  contacts   uuid[] NOT NULL,
  seqs       bigint[] NOT NULL,
  providers  uuid[]
);
CREATE INDEX reply_log_age ON mitr.reply_log (tenant_id, created_at) WHERE NOT sent;
CREATE INDEX reply_log_sent ON mitr.reply_log (tenant_id, place) WHERE sent;
ALTER TABLE mitr.reply_log ALTER COLUMN contacts SET STORAGE EXTERNAL;
ALTER TABLE mitr.reply_log ALTER COLUMN seqs SET STORAGE EXTERNAL;
ALTER TABLE mitr.reply_log ALTER COLUMN providers SET STORAGE EXTERNAL;

-- Replies from before the log that may still have to leave. A reply expires within a day.
ALTER TABLE mitr.journal NO FORCE ROW LEVEL SECURITY;
ALTER TABLE mitr.outbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO mitr.reply_log (tenant_id, created_at, sent, contacts, seqs)
  SELECT tenant_id, created_at, false, ARRAY[conversation_id], ARRAY[seq] FROM mitr.journal j
    WHERE reply IS NOT NULL AND created_at > now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM mitr.outbox o WHERE o.tenant_id = j.tenant_id
                        AND o.contact_id = j.conversation_id AND o.seq = j.seq AND o.ord = 0);
ALTER TABLE mitr.journal FORCE ROW LEVEL SECURITY;
ALTER TABLE mitr.outbox FORCE ROW LEVEL SECURITY;
DROP INDEX mitr.journal_reply;

ALTER TABLE mitr.reply_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE mitr.reply_log FORCE ROW LEVEL SECURITY;
CREATE POLICY named_tenants ON mitr.reply_log
  USING ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[])) IS TRUE)
  WITH CHECK ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[])) IS TRUE);
GRANT SELECT, INSERT ON mitr.reply_log TO mitr_app;

-- -- leases -----------------------------------------------------------------------------------------

-- For appends the fence is two plain statements now, locks and check, which cost half of the function.
CREATE FUNCTION mitr.refuse_stale() RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION 'a shard has another holder' USING ERRCODE = 'MT003';
END
$$;
DROP FUNCTION mitr.fence(smallint[], integer[]);
REVOKE ALL ON FUNCTION mitr.refuse_stale() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mitr.refuse_stale() TO mitr_app;
