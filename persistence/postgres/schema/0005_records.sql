-- The tenants' own data as they import it: pupils, fees, orders, products, appointments. Sealed under the
-- tenant's key. What a record may be looked for by is a row of its own, a keyed hash: only equality of
-- uuids may run before row security has had its say, so a probe of an array would read every row.

CREATE TABLE mitr.record (
  tenant_id  uuid NOT NULL,
  kind       text NOT NULL,
  key        uuid NOT NULL,
  content    uuid NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  body       bytea NOT NULL,
  PRIMARY KEY (tenant_id, kind, key)
);
CREATE TABLE mitr.record_finder (
  tenant_id uuid NOT NULL,
  kind      text NOT NULL,
  hash      uuid NOT NULL,
  key       uuid NOT NULL,
  PRIMARY KEY (tenant_id, kind, hash, key),
  FOREIGN KEY (tenant_id, kind, key) REFERENCES mitr.record (tenant_id, kind, key) ON DELETE CASCADE
);
CREATE INDEX record_finder_record ON mitr.record_finder (tenant_id, kind, key);
ALTER TABLE mitr.record ALTER COLUMN body SET STORAGE EXTERNAL;

-- Kinds of which the tenant has records, so that a node learns it of all tenants at once.
ALTER TABLE mitr.tenant ADD COLUMN record_kinds text NOT NULL DEFAULT '';
GRANT UPDATE (record_kinds) ON mitr.tenant TO mitr_app;

DO $$
DECLARE
  subject text;
  named constant text := '(tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('
    '''app.tenants'', true), ''''), '','')::uuid[])::uuid[])) IS TRUE';
BEGIN
  FOREACH subject IN ARRAY ARRAY['record', 'record_finder'] LOOP
    EXECUTE format('ALTER TABLE mitr.%I ENABLE ROW LEVEL SECURITY', subject);
    EXECUTE format('ALTER TABLE mitr.%I FORCE ROW LEVEL SECURITY', subject);
    EXECUTE format('CREATE POLICY named_tenants ON mitr.%I USING (%s) WITH CHECK (%s)', subject, named, named);
  END LOOP;
END
$$;

-- One import. Two of one kind wait for each other, so that each counts what it did itself.
CREATE FUNCTION mitr.put_records(
  wanted_tenant uuid, wanted_kind text, keys uuid[], contents uuid[], bodies bytea[],
  finder_hashes uuid[], finder_keys uuid[], whole boolean,
  OUT added bigint, OUT changed bigint, OUT removed bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted_tenant::text || wanted_kind, 0));
  UPDATE mitr.record r SET content = t.content, body = t.body, updated_at = now()
    FROM unnest(keys, contents, bodies) AS t (key, content, body)
    WHERE r.tenant_id = wanted_tenant AND r.kind = wanted_kind AND r.key = t.key
      AND r.content <> t.content;
  GET DIAGNOSTICS changed = ROW_COUNT;
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

GRANT SELECT, INSERT, DELETE, UPDATE (content, updated_at, body) ON mitr.record TO mitr_app;
GRANT SELECT, INSERT, DELETE ON mitr.record_finder TO mitr_app;
REVOKE ALL ON FUNCTION mitr.put_records(uuid, text, uuid[], uuid[], bytea[], uuid[], uuid[], boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  mitr.put_records(uuid, text, uuid[], uuid[], bytea[], uuid[], uuid[], boolean) TO mitr_app;
