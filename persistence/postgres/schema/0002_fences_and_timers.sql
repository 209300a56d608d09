-- Who may append (leases), when a conversation wakes by itself (timers), and replies that ride in
-- the journal row of the turn that says them.

-- -- leases -----------------------------------------------------------------------------------------

-- One row a shard. The epoch counts its holders; an append names the epoch it was decided in.
CREATE TABLE mitr.lease (
  shard   smallint PRIMARY KEY,
  holder  uuid NOT NULL,
  epoch   integer NOT NULL,
  expires timestamptz NOT NULL,
  -- Replies committed before this moment have all reached their end: a sweep starts here.
  settled timestamptz NOT NULL
);
COMMENT ON TABLE mitr.lease IS
  'exempt from row security: says which node writes which shard; holds no personal data';
INSERT INTO mitr.lease (shard, holder, epoch, expires, settled)
  SELECT shard, '00000000-0000-0000-0000-000000000000', 0, '-infinity', now()
    FROM generate_series(0, 15) AS shard;

-- Class of the advisory locks on shards: "mtr" in ASCII. Shared by every append until its commit,
-- exclusive for a takeover: an epoch never changes under a transaction that has checked it. They
-- are cheaper than row locks, which write a page and a log record each.
CREATE FUNCTION mitr.lease_class() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT 7173234 $$;

-- A holder keeps a session lock by this key while its process lives, so that a dead one need not be
-- waited for. 64 bits of a random id.
CREATE FUNCTION mitr.holder_key(holder uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT ('x' || left(replace(holder::text, '-', ''), 16))::bit(64)::bigint $$;

-- MT003: one of the shards has another epoch by now. The locks come first, in the order of shards;
-- the check is a statement of its own, so that it sees what a takeover committed while we waited.
CREATE FUNCTION mitr.fence(shards smallint[], epochs integer[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(mitr.lease_class(), s) FROM unnest(shards) AS s;
  IF cardinality(shards) <> (
      SELECT count(*) FROM unnest(shards, epochs) AS given (shard, epoch)
        JOIN mitr.lease l ON l.shard = given.shard AND l.epoch = given.epoch) THEN
    RAISE EXCEPTION 'a shard has another holder' USING ERRCODE = 'MT003';
  END IF;
END
$$;

-- Renews what `me` holds, takes what nobody holds (expired, or its holder's session is gone), and
-- tells who holds what. Time is the database's. `open_for`: how long the oldest reply on its way
-- has been, so that `settled` can follow. The lock on no shard comes first: holders go one by one.
CREATE FUNCTION mitr.hold_leases(me uuid, lasts interval, open_for interval)
RETURNS TABLE (shard smallint, epoch integer, mine boolean, settled timestamptz, at timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  free record;
BEGIN
  PERFORM pg_advisory_xact_lock(mitr.lease_class(), -1);
  UPDATE mitr.lease l
    SET expires = clock_timestamp() + lasts,
        settled = greatest(l.settled, clock_timestamp() - open_for)
    WHERE l.holder = me;
  FOR free IN
    SELECT l.shard FROM mitr.lease l WHERE l.holder <> me
      AND (l.expires < clock_timestamp() OR pg_try_advisory_xact_lock(mitr.holder_key(l.holder)))
      ORDER BY l.shard
  LOOP
    PERFORM pg_advisory_xact_lock(mitr.lease_class(), free.shard);
    UPDATE mitr.lease l SET holder = me, epoch = l.epoch + 1, expires = clock_timestamp() + lasts
      WHERE l.shard = free.shard;
  END LOOP;
  RETURN QUERY SELECT l.shard, l.epoch, l.holder = me, l.settled, clock_timestamp() FROM mitr.lease l ORDER BY l.shard;
END
$$;

-- -- the journal ------------------------------------------------------------------------------------

-- `epoch`: of the writer's lease; never falls along seq. `reply` is what the turn says to the contact
-- who wrote, sealed as an outbox body; it leaves at once by `number`. A reply needs no row of its
-- own until something is known of its fate: see mitr.outbox.
ALTER TABLE mitr.journal
  ADD COLUMN epoch integer NOT NULL DEFAULT 0,
  ADD COLUMN number text,
  ADD COLUMN expires timestamptz,
  ADD COLUMN reply bytea;
ALTER TABLE mitr.journal ALTER COLUMN reply SET STORAGE EXTERNAL;
CREATE INDEX journal_reply ON mitr.journal (tenant_id, created_at) WHERE reply IS NOT NULL;

-- -- the outbox -------------------------------------------------------------------------------------

-- Place 0 of a turn is its reply: no row means that it has not left as far as anyone knows. The
-- other places are notices, written with the turn. `dead`: refused, or nobody knows (5 failed, 1
-- unknown), and nothing will happen by itself.
ALTER TABLE mitr.outbox ADD COLUMN dead boolean NOT NULL DEFAULT false;
CREATE INDEX outbox_dead ON mitr.outbox (tenant_id, created_at) WHERE dead;
ALTER TABLE mitr.outbox NO FORCE ROW LEVEL SECURITY;
UPDATE mitr.outbox SET dead = true, due = false WHERE state IN (1, 5);
ALTER TABLE mitr.outbox FORCE ROW LEVEL SECURITY;

-- persistence/outbox_rank.h says the same. 0 due, 6 claimed, 1 unknown, 2 sent, 3 delivered, 4 read;
-- 5 failed.
CREATE OR REPLACE FUNCTION mitr.moves_forward(standing smallint, news smallint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN news = 5 THEN standing IN (0, 6, 1, 2)
    WHEN standing = 5 THEN news IN (2, 3, 4)
    WHEN news = 6 THEN standing = 0
    WHEN standing = 6 THEN news > 0
    ELSE standing < news END
$$;

-- -- people -----------------------------------------------------------------------------------------

-- As in 0001, with fewer statements for somebody new. The foreign key goes, for its checks cost as
-- much as the rows: a claim makes the contact in the transaction that takes the alias, and nothing
-- else writes either.
ALTER TABLE mitr.alias DROP CONSTRAINT alias_tenant_id_contact_id_fkey;
CREATE OR REPLACE FUNCTION mitr.claim_contact(
  wanted_tenant uuid, wanted uuid[], fresh uuid, fresh_key bytea, fresh_details bytea,
  OUT contact_id uuid, OUT created boolean, OUT wrapped_key bytea, OUT details bytea, OUT last_seq bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  known integer := 0;
  taken integer;
  other uuid;
BEGIN
  FOR place IN 1 .. cardinality(wanted) LOOP
    SELECT a.contact_id INTO other FROM mitr.alias a
      WHERE a.tenant_id = wanted_tenant AND a.hash = wanted[place];
    CONTINUE WHEN NOT FOUND;
    known := known + 1;
    contact_id := coalesce(claim_contact.contact_id, other);
  END LOOP;
  created := claim_contact.contact_id IS NULL;
  IF known < cardinality(wanted) THEN
    INSERT INTO mitr.alias (tenant_id, hash, contact_id)
      SELECT wanted_tenant, given.hash, coalesce(claim_contact.contact_id, fresh)
        FROM (SELECT DISTINCT hash FROM unnest(wanted) AS u (hash) ORDER BY hash) AS given
      ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS taken = ROW_COUNT;
    IF created AND taken < cardinality(wanted) THEN
      -- Nobody was known a moment ago. If another transaction took one of the names since, it is
      -- somebody now; if not, a name was given twice.
      FOR place IN 1 .. cardinality(wanted) LOOP
        SELECT a.contact_id INTO other FROM mitr.alias a
          WHERE a.tenant_id = wanted_tenant AND a.hash = wanted[place] AND a.contact_id <> fresh;
        CONTINUE WHEN NOT FOUND;
        contact_id := other;
        created := false;
        UPDATE mitr.alias SET contact_id = other
          WHERE tenant_id = wanted_tenant AND alias.contact_id = fresh AND hash = ANY (wanted);
        EXIT;
      END LOOP;
    END IF;
  END IF;
  IF created THEN
    INSERT INTO mitr.contact (tenant_id, id, wrapped_key, details)
      VALUES (wanted_tenant, fresh, fresh_key, fresh_details);
    contact_id := fresh;
    wrapped_key := fresh_key;
    details := fresh_details;
    last_seq := 0;
    RETURN;
  END IF;
  SELECT c.wrapped_key, c.details,
         (SELECT coalesce(max(j.seq), 0) FROM mitr.journal j
           WHERE j.tenant_id = wanted_tenant AND j.conversation_id = c.id)
    INTO wrapped_key, details, last_seq
    FROM mitr.contact c WHERE c.tenant_id = wanted_tenant AND c.id = claim_contact.contact_id;
END
$$;

-- -- timers -----------------------------------------------------------------------------------------

-- At most one a conversation: the next moment its dialogue wants to be woken.
CREATE TABLE mitr.timer (
  tenant_id  uuid NOT NULL,
  contact_id uuid NOT NULL,
  shard      smallint NOT NULL,
  at         timestamptz NOT NULL,
  number     text NOT NULL,
  PRIMARY KEY (tenant_id, contact_id)
);
CREATE INDEX timer_at ON mitr.timer (shard, at);
COMMENT ON TABLE mitr.timer IS
  'exempt from row security: due work is found across tenants; holds ids and times, no personal data';

-- -- what the application may do --------------------------------------------------------------------

GRANT SELECT, UPDATE ON mitr.lease TO mitr_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON mitr.timer TO mitr_app;
GRANT UPDATE (dead, expires) ON mitr.outbox TO mitr_app;
REVOKE ALL ON FUNCTION mitr.lease_class() FROM PUBLIC;
REVOKE ALL ON FUNCTION mitr.holder_key(uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION mitr.fence(smallint[], integer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION mitr.hold_leases(uuid, interval, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mitr.lease_class() TO mitr_app;
GRANT EXECUTE ON FUNCTION mitr.holder_key(uuid) TO mitr_app;
GRANT EXECUTE ON FUNCTION mitr.fence(smallint[], integer[]) TO mitr_app;
GRANT EXECUTE ON FUNCTION mitr.hold_leases(uuid, interval, interval) TO mitr_app;
