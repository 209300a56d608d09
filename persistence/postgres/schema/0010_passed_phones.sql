-- What becomes of a phone that passed to another person: what the tenant's records say of it is nobody's until
-- they are imported again, and details that were decided before it passed do not bring it back.

-- When the name came from another person, last; null: it never did.
ALTER TABLE mitr.alias ADD COLUMN passed timestamptz;
-- When an import had the record last, changed or not.
ALTER TABLE mitr.record ADD COLUMN confirmed_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE mitr.alias NO FORCE ROW LEVEL SECURITY;
ALTER TABLE mitr.lineage NO FORCE ROW LEVEL SECURITY;
ALTER TABLE mitr.record NO FORCE ROW LEVEL SECURITY;
-- Of imports from before this only the changes are known.
UPDATE mitr.record SET confirmed_at = updated_at;
UPDATE mitr.alias a SET passed = a.since FROM mitr.lineage l
  WHERE a.kind = 2 AND l.tenant_id = a.tenant_id AND l.later_id = a.contact_id AND l.at = a.since
    AND l.reason IN (3, 4)
    AND NOT EXISTS (SELECT FROM mitr.lineage one WHERE one.tenant_id = l.tenant_id AND one.reason <= 2
                      AND (one.later_id, one.earlier_id) IN ((l.later_id, l.earlier_id), (l.earlier_id, l.later_id)));
ALTER TABLE mitr.alias FORCE ROW LEVEL SECURITY;
ALTER TABLE mitr.lineage FORCE ROW LEVEL SECURITY;
ALTER TABLE mitr.record FORCE ROW LEVEL SECURITY;

-- The phone is another's, or was left. Volatile, so that it sees what was committed while its caller waited
-- for the contact's row: whoever gives a phone away writes there too.
CREATE FUNCTION mitr.phone_is_lost(wanted_tenant uuid, who uuid, phone uuid) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM mitr.alias a WHERE a.tenant_id = wanted_tenant AND a.hash = phone
                   AND (a.contact_id <> who OR a.until IS NOT NULL))
$$;

-- As before, and notes that it came from another person.
CREATE OR REPLACE FUNCTION mitr.settle_phone(wanted_tenant uuid, owner uuid, phone uuid, told timestamptz,
  OUT owned boolean, OUT loser uuid)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  standing record;
  left_at timestamptz;
BEGIN
  SELECT min(a.since) INTO left_at FROM mitr.alias a
    WHERE a.tenant_id = wanted_tenant AND a.contact_id = owner AND a.kind = 2 AND a.hash <> phone
      AND a.until IS NULL AND a.since > told;
  owned := left_at IS NULL;
  INSERT INTO mitr.alias (tenant_id, hash, contact_id, kind, since, until)
    VALUES (wanted_tenant, phone, owner, 2, told, left_at) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO standing FROM mitr.alias a WHERE a.tenant_id = wanted_tenant AND a.hash = phone FOR UPDATE;
    IF standing.contact_id = owner THEN
      owned := standing.until IS NULL OR (owned AND told > standing.until);
      IF owned AND (standing.kind = 0 OR standing.until IS NOT NULL) THEN
        UPDATE mitr.alias a SET kind = 2, until = NULL,
            since = CASE WHEN standing.until IS NULL THEN a.since ELSE told END
          WHERE a.tenant_id = wanted_tenant AND a.hash = phone;
      END IF;
    ELSE
      owned := owned AND told >= standing.since;
      IF owned THEN
        loser := standing.contact_id;
        PERFORM mitr.note_kin(wanted_tenant, owner, loser,
          (CASE WHEN mitr.has_bsuid(wanted_tenant, loser, phone) THEN 4 ELSE 3 END)::smallint, told);
        UPDATE mitr.alias a SET contact_id = owner, kind = 2, since = told, until = NULL,
            passed = CASE WHEN NOT mitr.are_one(wanted_tenant, owner, settle_phone.loser) THEN told END
          WHERE a.tenant_id = wanted_tenant AND a.hash = phone;
        UPDATE mitr.contact c SET phone_lost = true WHERE c.tenant_id = wanted_tenant AND c.id = loser
          AND NOT EXISTS (SELECT FROM mitr.alias a WHERE a.tenant_id = wanted_tenant AND a.contact_id = loser
                            AND a.kind = 2 AND a.until IS NULL);
      END IF;
    END IF;
  END IF;
  IF owned THEN
    UPDATE mitr.alias a SET until = told
      WHERE a.tenant_id = wanted_tenant AND a.contact_id = owner AND a.kind = 2 AND a.hash <> phone
        AND a.until IS NULL;
  END IF;
END
$$;

-- Known to be one person.
CREATE FUNCTION mitr.are_one(wanted_tenant uuid, one uuid, other uuid) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM mitr.lineage l WHERE l.tenant_id = wanted_tenant AND l.later_id = one
                   AND l.earlier_id = other AND l.reason <= 2)
      OR EXISTS (SELECT FROM mitr.lineage l WHERE l.tenant_id = wanted_tenant AND l.later_id = other
                   AND l.earlier_id = one AND l.reason <= 2)
$$;

-- As before, and notes of every record that it is in the import.
CREATE OR REPLACE FUNCTION mitr.put_records(
  wanted_tenant uuid, wanted_kind text, keys uuid[], contents uuid[], bodies bytea[],
  finder_hashes uuid[], finder_keys uuid[], whole boolean,
  OUT added bigint, OUT changed bigint, OUT removed bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted_tenant::text || wanted_kind, 0));
  UPDATE mitr.record r SET content = t.content, body = t.body, updated_at = now(), confirmed_at = now()
    FROM unnest(keys, contents, bodies) AS t (key, content, body)
    WHERE r.tenant_id = wanted_tenant AND r.kind = wanted_kind AND r.key = t.key
      AND r.content <> t.content;
  GET DIAGNOSTICS changed = ROW_COUNT;
  UPDATE mitr.record r SET confirmed_at = now() FROM unnest(keys) AS t (key)
    WHERE r.tenant_id = wanted_tenant AND r.kind = wanted_kind AND r.key = t.key AND r.confirmed_at < now();
  INSERT INTO mitr.record (tenant_id, kind, key, content, body)
    SELECT wanted_tenant, wanted_kind, t.key, t.content, t.body
      FROM unnest(keys, contents, bodies) AS t (key, content, body)
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  removed := 0;
  IF whole THEN
    DELETE FROM mitr.record r WHERE r.tenant_id = wanted_tenant AND r.kind = wanted_kind
      AND NOT EXISTS (SELECT FROM unnest(keys) AS t (key) WHERE t.key = r.key);
    GET DIAGNOSTICS removed = ROW_COUNT;
  END IF;
  DELETE FROM mitr.record_finder f USING unnest(keys) AS t (key)
    WHERE f.tenant_id = wanted_tenant AND f.kind = wanted_kind AND f.key = t.key
      AND NOT EXISTS (SELECT FROM unnest(finder_hashes, finder_keys) AS g (hash, key)
                       WHERE g.key = f.key AND g.hash = f.hash);
  INSERT INTO mitr.record_finder (tenant_id, kind, hash, key)
    SELECT wanted_tenant, wanted_kind, g.hash, g.key
      FROM unnest(finder_hashes, finder_keys) AS g (hash, key)
    ON CONFLICT DO NOTHING;
  UPDATE mitr.tenant t SET record_kinds = k.kinds
    FROM (SELECT coalesce(string_agg(DISTINCT r.kind, ',' ORDER BY r.kind), '') AS kinds
            FROM mitr.record r WHERE r.tenant_id = wanted_tenant) AS k
    WHERE t.id = wanted_tenant AND t.record_kinds <> k.kinds;
END
$$;

GRANT UPDATE (passed) ON mitr.alias TO mitr_app;
GRANT UPDATE (confirmed_at) ON mitr.record TO mitr_app;
REVOKE ALL ON FUNCTION mitr.phone_is_lost(uuid, uuid, uuid), mitr.are_one(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mitr.phone_is_lost(uuid, uuid, uuid), mitr.are_one(uuid, uuid, uuid) TO mitr_app;
