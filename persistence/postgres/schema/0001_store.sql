-- The store: tenants, contacts, the journal, the outbox, filed requests, kept webhooks, rosters.
-- Forward only: a file that has been applied anywhere is never edited; a change is the next number.
--
-- What is stored about people is sealed before it comes here. Lookups go by keyed hash, 16 bytes,
-- held in a uuid column: fixed length, no header, compared with one memcmp.
--
-- Foreign keys: only where a row is written once a contact (alias). The hot tables have none: each
-- check would cost a probe and a row lock per message, and their one writer takes tenant and
-- contact from the conversation it owns.

-- -- the directory --------------------------------------------------------------------------------

CREATE TABLE mitr.tenant (
  id          uuid PRIMARY KEY,
  slug        text NOT NULL UNIQUE,
  name        text NOT NULL,
  settings    text NOT NULL,
  wrapped_key bytea NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE mitr.tenant IS
  'exempt from row security: the directory read before any tenant is known; holds no personal data';

CREATE TABLE mitr.number (
  number    text PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES mitr.tenant (id)
);
CREATE INDEX number_tenant ON mitr.number (tenant_id);
COMMENT ON TABLE mitr.number IS
  'exempt from row security: routes a business''s own number to its tenant before any tenant is known';

-- -- people ---------------------------------------------------------------------------------------

CREATE TABLE mitr.contact (
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  details     bytea NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE mitr.alias (
  tenant_id  uuid NOT NULL,
  hash       uuid NOT NULL,
  contact_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, hash),
  -- Deferred: a claim takes the alias first, for that is what two claims race for, and makes the
  -- contact after it.
  FOREIGN KEY (tenant_id, contact_id) REFERENCES mitr.contact (tenant_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX alias_contact ON mitr.alias (tenant_id, contact_id);

CREATE TABLE mitr.roster (
  tenant_id  uuid NOT NULL,
  place      integer NOT NULL,
  role       text NOT NULL,
  contact_id uuid NOT NULL,
  body       bytea NOT NULL,
  PRIMARY KEY (tenant_id, place)
);

-- -- turns ----------------------------------------------------------------------------------------

-- One row a turn. The primary key is the last fence between two writers; the second key makes a
-- repeated message harmless.
CREATE TABLE mitr.journal (
  tenant_id       uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seq             bigint NOT NULL CHECK (seq > 0),
  message_hash    uuid NOT NULL,
  snapshot        boolean NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  body            bytea NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, seq),
  CONSTRAINT journal_message UNIQUE (tenant_id, message_hash)
);

-- `due` repeats what `state` says (0 due and 1 unknown are open) because an index on `state` itself
-- would make every mark of delivered and read write each index anew; this way they stay on their
-- page.
CREATE TABLE mitr.outbox (
  tenant_id     uuid NOT NULL,
  contact_id    uuid NOT NULL,
  seq           bigint NOT NULL,
  ord           smallint NOT NULL,
  recipient_id  uuid NOT NULL,
  number        text NOT NULL,
  lane          smallint NOT NULL,
  state         smallint NOT NULL DEFAULT 0,
  due           boolean NOT NULL DEFAULT true,
  error_code    integer NOT NULL DEFAULT 0,
  not_before    timestamptz NOT NULL,
  expires       timestamptz NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  provider_hash uuid,
  body          bytea NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, seq, ord)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX outbox_due ON mitr.outbox (tenant_id, not_before, created_at) WHERE due;
CREATE INDEX outbox_provider ON mitr.outbox (tenant_id, provider_hash) WHERE provider_hash IS NOT NULL;

CREATE TABLE mitr.request (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL,
  contact_id uuid NOT NULL,
  seq        bigint NOT NULL,
  kind       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  place      bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body       bytea NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX request_age ON mitr.request (tenant_id, created_at, place);

CREATE TABLE mitr.kept_webhook (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL,
  reason     text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  body       bytea NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- Sealed bytes do not compress: do not try.
ALTER TABLE mitr.contact ALTER COLUMN details SET STORAGE EXTERNAL;
ALTER TABLE mitr.roster ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE mitr.journal ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE mitr.outbox ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE mitr.request ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE mitr.kept_webhook ALTER COLUMN body SET STORAGE EXTERNAL;

-- -- isolation ------------------------------------------------------------------------------------

-- The sub-select is evaluated once a statement, not once a row. After a transaction the setting
-- reads as '', not NULL.
DO $$
DECLARE
  subject text;
BEGIN
  FOREACH subject IN ARRAY ARRAY[
      'contact', 'alias', 'roster', 'journal', 'outbox', 'request', 'kept_webhook'] LOOP
    EXECUTE format('ALTER TABLE mitr.%I ENABLE ROW LEVEL SECURITY', subject);
    EXECUTE format('ALTER TABLE mitr.%I FORCE ROW LEVEL SECURITY', subject);
    EXECUTE format(
      'CREATE POLICY own_tenant ON mitr.%I '
      'USING (tenant_id = (SELECT NULLIF(current_setting(''app.tenant'', true), '''')::uuid)) '
      'WITH CHECK (tenant_id = (SELECT NULLIF(current_setting(''app.tenant'', true), '''')::uuid))', subject);
  END LOOP;
END
$$;

-- -- functions ------------------------------------------------------------------------------------

-- persistence/outbox_rank.h says the same. 2 sent, 5 failed.
CREATE FUNCTION mitr.moves_forward(standing smallint, news smallint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN news = 5 THEN standing <= 2 WHEN standing = 5 THEN news >= 2 ELSE standing < news END
$$;

-- "BETWEEN", here and in batch_statements.cpp, excludes nothing. It tells the planner that the
-- array is short: then it probes by key, whatever it believes of a table that was empty when the
-- plan was made and is never analysed in time.

-- Finds the contact who goes by these aliases (at most 64), or makes one. Aliases are taken before
-- the contact is made, in the order of their bytes: of two transactions that want one person, the
-- second waits for the first and finds it.
CREATE FUNCTION mitr.claim_contact(
  wanted_tenant uuid, wanted uuid[], fresh uuid, fresh_key bytea, fresh_details bytea,
  OUT contact_id uuid, OUT created boolean, OUT wrapped_key bytea, OUT details bytea, OUT last_seq bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  known bigint;
  taken bigint;
BEGIN
  -- The usual case, one query: somebody known, by names that are all known.
  SELECT a.contact_id, c.wrapped_key, c.details, count(*) OVER (),
         (SELECT coalesce(max(j.seq), 0) FROM mitr.journal j
           WHERE j.tenant_id = wanted_tenant AND j.conversation_id = a.contact_id)
    INTO contact_id, wrapped_key, details, known, last_seq
    FROM unnest(wanted) WITH ORDINALITY AS given (hash, place)
    JOIN mitr.alias a ON a.tenant_id = wanted_tenant AND a.hash = given.hash
    JOIN mitr.contact c ON c.tenant_id = wanted_tenant AND c.id = a.contact_id
    WHERE given.place BETWEEN 1 AND 64 ORDER BY given.place LIMIT 1;
  created := false;
  IF known = cardinality(wanted) THEN
    RETURN;
  END IF;
  INSERT INTO mitr.alias (tenant_id, hash, contact_id)
    SELECT wanted_tenant, given.hash, coalesce(claim_contact.contact_id, fresh)
      FROM (SELECT DISTINCT hash FROM unnest(wanted) AS u (hash) ORDER BY hash) AS given
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF known IS NOT NULL THEN
    RETURN;
  END IF;
  -- Nobody was known a moment ago. If another transaction took one of the names since, it is
  -- somebody now.
  SELECT a.contact_id, c.wrapped_key, c.details,
         (SELECT coalesce(max(j.seq), 0) FROM mitr.journal j
           WHERE j.tenant_id = wanted_tenant AND j.conversation_id = a.contact_id)
    INTO contact_id, wrapped_key, details, last_seq
    FROM unnest(wanted) WITH ORDINALITY AS given (hash, place)
    JOIN mitr.alias a ON a.tenant_id = wanted_tenant AND a.hash = given.hash
    JOIN mitr.contact c ON c.tenant_id = wanted_tenant AND c.id = a.contact_id
    WHERE a.contact_id <> fresh AND given.place BETWEEN 1 AND 64 ORDER BY given.place LIMIT 1;
  IF FOUND THEN
    IF taken > 0 THEN
      UPDATE mitr.alias SET contact_id = claim_contact.contact_id
        WHERE tenant_id = wanted_tenant AND alias.contact_id = fresh AND hash = ANY (wanted);
    END IF;
    RETURN;
  END IF;
  INSERT INTO mitr.contact (tenant_id, id, wrapped_key, details)
    VALUES (wanted_tenant, fresh, fresh_key, fresh_details);
  created := true;
  contact_id := fresh;
  wrapped_key := fresh_key;
  details := fresh_details;
  last_seq := 0;
END
$$;

-- MT001: another tenant holds one of the numbers. MT002: another tenant has this id.
CREATE FUNCTION mitr.put_tenant(
  wanted_id uuid, wanted_slug text, wanted_name text, wanted_settings text, fresh_key bytea,
  wanted_numbers text[],
  OUT id uuid, OUT wrapped_key bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  stored_id uuid;
  stored_key bytea;
BEGIN
  BEGIN
    INSERT INTO mitr.tenant AS t (id, slug, name, settings, wrapped_key)
      VALUES (wanted_id, wanted_slug, wanted_name, wanted_settings, fresh_key)
      ON CONFLICT (slug) DO UPDATE
        SET name = excluded.name, settings = excluded.settings, updated_at = now()
      RETURNING t.id, t.wrapped_key INTO stored_id, stored_key;
  EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'the tenant id is taken' USING ERRCODE = 'MT002';
  END;
  DELETE FROM mitr.number WHERE tenant_id = stored_id AND number <> ALL (wanted_numbers);
  INSERT INTO mitr.number (number, tenant_id)
    SELECT DISTINCT n.number, stored_id FROM unnest(wanted_numbers) AS n (number)
    ON CONFLICT (number) DO NOTHING;
  PERFORM 1 FROM mitr.number WHERE number = ANY (wanted_numbers) AND tenant_id <> stored_id;
  IF FOUND THEN
    RAISE EXCEPTION 'a number belongs to another tenant' USING ERRCODE = 'MT001';
  END IF;
  id := stored_id;
  wrapped_key := stored_key;
END
$$;

-- -- what the application may do ------------------------------------------------------------------

-- The journal is append only: its role has no word for change or removal.
GRANT SELECT, INSERT ON mitr.journal, mitr.request, mitr.kept_webhook TO mitr_app;
GRANT SELECT, INSERT, UPDATE (state, due, error_code, provider_hash) ON mitr.outbox TO mitr_app;
GRANT SELECT, INSERT, UPDATE (details) ON mitr.contact TO mitr_app;
GRANT SELECT, INSERT, UPDATE (contact_id) ON mitr.alias TO mitr_app;
GRANT SELECT, INSERT, DELETE ON mitr.roster, mitr.number TO mitr_app;
GRANT SELECT, INSERT, UPDATE (name, settings, updated_at) ON mitr.tenant TO mitr_app;
REVOKE ALL ON FUNCTION mitr.moves_forward(smallint, smallint) FROM PUBLIC;
REVOKE ALL ON FUNCTION mitr.claim_contact(uuid, uuid[], uuid, bytea, bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION mitr.put_tenant(uuid, text, text, text, bytea, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mitr.moves_forward(smallint, smallint) TO mitr_app;
GRANT EXECUTE ON FUNCTION mitr.claim_contact(uuid, uuid[], uuid, bytea, bytea) TO mitr_app;
GRANT EXECUTE ON FUNCTION mitr.put_tenant(uuid, text, text, text, bytea, text[]) TO mitr_app;
