-- A batch holds the shards of its turns from its first statement on. A node that stops between two parts of one,
-- or whose network is gone, would hold them for as long as its session lives.

-- As before; and who still writes in a shard that is to be taken is ended after the wait for them (lock_timeout):
-- what they write is of a lease that has run out.
CREATE OR REPLACE FUNCTION mitr.hold_leases(me uuid, lasts interval, open_for interval)
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
    BEGIN
      PERFORM pg_advisory_xact_lock(mitr.lease_class(), free.shard);
    EXCEPTION WHEN lock_not_available THEN
      PERFORM pg_terminate_backend(k.pid) FROM pg_locks k
        WHERE k.locktype = 'advisory' AND k.objsubid = 2 AND k.mode = 'ShareLock' AND k.granted
          AND k.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
          AND k.classid = mitr.lease_class()::oid AND k.objid = free.shard::oid;
      PERFORM pg_advisory_xact_lock(mitr.lease_class(), free.shard);
    END;
    UPDATE mitr.lease l SET holder = me, epoch = l.epoch + 1, expires = clock_timestamp() + lasts
      WHERE l.shard = free.shard;
  END LOOP;
  RETURN QUERY SELECT l.shard, l.epoch, l.holder = me, l.settled, clock_timestamp() FROM mitr.lease l ORDER BY l.shard;
END
$$;
