-- Names of contacts with their kind and their time, and which contacts are kin. A phone passes from one
-- person to another; a provider's id of somebody changes. persistence/identity_rules.h says what follows.
-- And how businesses stand with the provider, and the files that contacts send.

-- `kind`: 1 bsuid, 2 phone, 3 parent bsuid, 4 username; 0 was stored before kinds were, and is a bsuid or a
-- phone. `until`: when the contact left the name; late messages under it are theirs all the same.
ALTER TABLE mitr.alias
  ADD COLUMN kind smallint NOT NULL DEFAULT 0,
  ADD COLUMN since timestamptz NOT NULL DEFAULT '-infinity',
  ADD COLUMN until timestamptz;
-- The phone in `details` is somebody else's by now: nothing may be sent there. New details end that.
ALTER TABLE mitr.contact ADD COLUMN phone_lost boolean NOT NULL DEFAULT false;

-- `reason`: 1 told by the provider, 2 one parent bsuid, 3 one phone and nothing else known, 4 the phone passed.
CREATE TABLE mitr.lineage (
  tenant_id  uuid NOT NULL,
  later_id   uuid NOT NULL,
  earlier_id uuid NOT NULL,
  reason     smallint NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, later_id, earlier_id, reason)
);
CREATE INDEX lineage_earlier ON mitr.lineage (tenant_id, earlier_id);

-- -- the rules --------------------------------------------------------------------------------------

-- Before kinds were stored, who had two names had a bsuid.
CREATE FUNCTION mitr.has_bsuid(wanted_tenant uuid, who uuid, besides uuid) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM mitr.alias a WHERE a.tenant_id = wanted_tenant AND a.contact_id = who
                   AND a.hash <> besides AND a.kind IN (0, 1))
$$;

-- Who goes by these names; null: nobody. Contacts named `besides` do not count.
CREATE FUNCTION mitr.owner_of(wanted_tenant uuid, names uuid[], kinds smallint[], told timestamptz, besides uuid)
RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  strength smallint;
  found record;
BEGIN
  FOREACH strength IN ARRAY ARRAY[1, 3, 2]::smallint[] LOOP
    FOR place IN 1 .. cardinality(names) LOOP
      CONTINUE WHEN kinds[place] <> strength;
      SELECT a.contact_id, a.until INTO found FROM mitr.alias a
        WHERE a.tenant_id = wanted_tenant AND a.hash = names[place] AND a.contact_id <> besides;
      CONTINUE WHEN found.contact_id IS NULL;
      IF strength = 2 THEN
        CONTINUE WHEN told > found.until;
        CONTINUE WHEN 1 = ANY (kinds) AND mitr.has_bsuid(wanted_tenant, found.contact_id, names[place]);
      END IF;
      RETURN found.contact_id;
    END LOOP;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE FUNCTION mitr.note_kin(wanted_tenant uuid, later uuid, earlier uuid, why smallint, told timestamptz)
RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO mitr.lineage (tenant_id, later_id, earlier_id, reason, at)
    SELECT wanted_tenant, later, earlier, why, told
      -- Of two who are known to be one, that a phone passed says no more.
      WHERE NOT EXISTS (SELECT FROM mitr.lineage l WHERE l.tenant_id = wanted_tenant AND l.later_id = later
                          AND l.earlier_id = earlier AND l.reason <= 2)
    ON CONFLICT DO NOTHING
$$;

-- Gives one phone to `owner` unless what is known is later. True: it is theirs now.
CREATE FUNCTION mitr.settle_phone(wanted_tenant uuid, owner uuid, phone uuid, told timestamptz,
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
        UPDATE mitr.alias a SET contact_id = owner, kind = 2, since = told, until = NULL
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

-- Gives the names to `owner`, as far as they are to be had.
CREATE FUNCTION mitr.settle_names(wanted_tenant uuid, owner uuid, names uuid[], kinds smallint[], told timestamptz,
  OUT owns_bsuid boolean, OUT owns_phone boolean, OUT loser uuid)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  standing record;
BEGIN
  owns_bsuid := true;
  owns_phone := true;
  FOR place IN 1 .. cardinality(names) LOOP
    IF kinds[place] = 2 THEN
      SELECT p.owned, coalesce(p.loser, settle_names.loser) INTO owns_phone, loser
        FROM mitr.settle_phone(wanted_tenant, owner, names[place], told) AS p;
      CONTINUE;
    END IF;
    INSERT INTO mitr.alias (tenant_id, hash, contact_id, kind, since)
      VALUES (wanted_tenant, names[place], owner, kinds[place], told) ON CONFLICT DO NOTHING;
    CONTINUE WHEN FOUND;
    SELECT * INTO standing FROM mitr.alias a WHERE a.tenant_id = wanted_tenant AND a.hash = names[place];
    IF kinds[place] = 4 THEN
      UPDATE mitr.alias a SET contact_id = owner, since = told, until = NULL
        WHERE a.tenant_id = wanted_tenant AND a.hash = names[place];
      CONTINUE;
    END IF;
    IF standing.kind = 0 THEN
      UPDATE mitr.alias a SET kind = kinds[place] WHERE a.tenant_id = wanted_tenant AND a.hash = names[place];
    END IF;
    IF kinds[place] = 1 THEN
      owns_bsuid := standing.contact_id = owner AND standing.until IS NULL;
    END IF;
    IF standing.contact_id <> owner THEN
      PERFORM mitr.note_kin(wanted_tenant, owner, standing.contact_id,
        (CASE kinds[place] WHEN 3 THEN 2 ELSE 1 END)::smallint, told);
    END IF;
  END LOOP;
END
$$;

-- A change that the provider told: who went by `former` goes by `names`. Null: nobody is known by either.
CREATE FUNCTION mitr.change_names(wanted_tenant uuid, former uuid[], former_kinds smallint[],
  names uuid[], kinds smallint[], told timestamptz,
  OUT contact_id uuid, OUT owns_bsuid boolean, OUT owns_phone boolean, OUT loser uuid)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  heir uuid;
BEGIN
  contact_id := coalesce(
    mitr.owner_of(wanted_tenant, former, former_kinds, told, nobody),
    (SELECT mitr.owner_of(wanted_tenant, coalesce(array_agg(n.name), '{}'), coalesce(array_agg(n.kind), '{}'),
                          told, nobody)
       FROM unnest(names, kinds) AS n (name, kind) WHERE n.kind IN (1, 3)));
  IF change_names.contact_id IS NULL THEN
    RETURN;
  END IF;
  -- Who wrote under the new id before we were told is a contact of its own by now.
  SELECT a.contact_id INTO heir FROM unnest(names, kinds) AS n (name, kind)
    JOIN mitr.alias a ON a.tenant_id = wanted_tenant AND a.hash = n.name WHERE n.kind = 1;
  heir := coalesce(heir, change_names.contact_id);
  IF heir <> change_names.contact_id THEN
    PERFORM mitr.note_kin(wanted_tenant, heir, change_names.contact_id, 1::smallint, told);
  END IF;
  SELECT s.owns_bsuid, s.owns_phone, s.loser INTO owns_bsuid, owns_phone, loser
    FROM mitr.settle_names(wanted_tenant, heir, names, kinds, told) AS s;
  INSERT INTO mitr.alias (tenant_id, hash, contact_id, kind, since, until)
    SELECT wanted_tenant, f.name, change_names.contact_id, f.kind, told, told
      FROM unnest(former, former_kinds) AS f (name, kind) WHERE f.name <> ALL (names)
    ON CONFLICT DO NOTHING;
  UPDATE mitr.alias a SET until = told FROM unnest(former) AS f (name)
    WHERE a.tenant_id = wanted_tenant AND a.hash = f.name AND a.contact_id = change_names.contact_id
      AND a.until IS NULL AND f.name <> ALL (names);
END
$$;

-- As before, by the rules: finds the contact who goes by these names (at most 64), or makes one. Negative
-- kinds are names that were left: then it is a change, and nobody is made.
DROP FUNCTION mitr.claim_contact(uuid, uuid[], uuid, bytea, bytea);
CREATE FUNCTION mitr.claim_contact(
  wanted_tenant uuid, wanted uuid[], kinds smallint[], told timestamptz, fresh uuid, fresh_key bytea,
  fresh_details bytea,
  OUT contact_id uuid, OUT created boolean, OUT owns_bsuid boolean, OUT owns_phone boolean, OUT loser uuid,
  OUT wrapped_key bytea, OUT details bytea, OUT last_seq bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  other uuid;
BEGIN
  created := false;
  IF 0 > ANY (kinds) THEN
    SELECT c.contact_id, c.owns_bsuid, c.owns_phone, c.loser INTO contact_id, owns_bsuid, owns_phone, loser
      FROM (SELECT coalesce(array_agg(n.name) FILTER (WHERE n.kind < 0), '{}') AS former,
                   coalesce(array_agg((- n.kind)::smallint) FILTER (WHERE n.kind < 0), '{}') AS former_kinds,
                   coalesce(array_agg(n.name) FILTER (WHERE n.kind > 0), '{}') AS names,
                   coalesce(array_agg(n.kind) FILTER (WHERE n.kind > 0), '{}') AS kinds
              FROM unnest(wanted, kinds) AS n (name, kind)) AS given,
        LATERAL mitr.change_names(wanted_tenant, given.former, given.former_kinds, given.names, given.kinds, told)
          AS c;
    IF claim_contact.contact_id IS NULL THEN
      contact_id := nobody;
      wrapped_key := '';
      details := '';
      last_seq := 0;
      RETURN;
    END IF;
  ELSE
    contact_id := mitr.owner_of(wanted_tenant, wanted, kinds, told, nobody);
    IF claim_contact.contact_id IS NULL THEN
      INSERT INTO mitr.alias (tenant_id, hash, contact_id, kind, since)
        SELECT wanted_tenant, n.name, fresh, n.kind, told FROM unnest(wanted, kinds) AS n (name, kind)
          ORDER BY n.name
        ON CONFLICT DO NOTHING;
      -- Nobody was known a moment ago. If another transaction took one of the names since, it is
      -- somebody now.
      other := mitr.owner_of(wanted_tenant, wanted, kinds, told, fresh);
      created := other IS NULL;
      contact_id := coalesce(other, fresh);
      IF created THEN
        INSERT INTO mitr.contact (tenant_id, id, wrapped_key, details)
          VALUES (wanted_tenant, fresh, fresh_key, fresh_details);
      ELSE
        UPDATE mitr.alias a SET contact_id = other
          WHERE a.tenant_id = wanted_tenant AND a.contact_id = fresh AND a.hash = ANY (wanted);
      END IF;
    END IF;
    SELECT s.owns_bsuid, s.owns_phone, s.loser INTO owns_bsuid, owns_phone, loser
      FROM mitr.settle_names(wanted_tenant, claim_contact.contact_id, wanted, kinds, told) AS s;
    IF created AND NOT owns_phone THEN
      UPDATE mitr.contact c SET phone_lost = true WHERE c.tenant_id = wanted_tenant AND c.id = fresh;
    END IF;
  END IF;
  SELECT c.wrapped_key, c.details,
         (SELECT coalesce(max(j.seq), 0) FROM mitr.journal j
           WHERE j.tenant_id = wanted_tenant AND j.conversation_id = c.id)
    INTO wrapped_key, details, last_seq
    FROM mitr.contact c WHERE c.tenant_id = wanted_tenant AND c.id = claim_contact.contact_id;
END
$$;

-- -- how businesses stand with the provider ---------------------------------------------------------

-- The latest word on each thing: an account's link, ban and restrictions, a number's quality, a template's
-- status, a payment configuration. In the provider's own words.
CREATE TABLE mitr.standing (
  tenant_id uuid NOT NULL,
  account   text NOT NULL,
  subject   text NOT NULL,
  name      text NOT NULL,
  aspect    text NOT NULL,
  value     text NOT NULL,
  reason    text NOT NULL,
  told      timestamptz NOT NULL,
  until     timestamptz,
  PRIMARY KEY (tenant_id, account, subject, name, aspect)
);
COMMENT ON TABLE mitr.standing IS
  'exempt from row security: a node reads at once what the provider says of all businesses; holds no personal data';

-- -- files ------------------------------------------------------------------------------------------

-- A file that a contact sent is a request of the kind "media", filed with the turn that names it. How far
-- the fetching got: no row before the first try. `state`: 0 due, 1 stored, 2 gone. `error`: an HTTP status, or
-- below zero a word of ours, see persistence/media_store.h.
CREATE TABLE mitr.media (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL,
  state      smallint NOT NULL,
  tries      integer NOT NULL DEFAULT 0,
  not_before timestamptz NOT NULL DEFAULT now(),
  error      integer NOT NULL DEFAULT 0,
  bytes      bigint NOT NULL DEFAULT 0,
  pieces     integer NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
-- Sealed with the contact's key: whoever is erased takes their files along.
CREATE TABLE mitr.media_piece (
  tenant_id uuid NOT NULL,
  id        uuid NOT NULL,
  place     integer NOT NULL,
  body      bytea NOT NULL,
  PRIMARY KEY (tenant_id, id, place)
);
ALTER TABLE mitr.media_piece ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX request_media ON mitr.request (tenant_id, created_at) WHERE kind = 'media';

DO $$
DECLARE
  subject text;
  named constant text := '(tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('
    '''app.tenants'', true), ''''), '','')::uuid[])::uuid[])) IS TRUE';
BEGIN
  FOREACH subject IN ARRAY ARRAY['lineage', 'media', 'media_piece'] LOOP
    EXECUTE format('ALTER TABLE mitr.%I ENABLE ROW LEVEL SECURITY', subject);
    EXECUTE format('ALTER TABLE mitr.%I FORCE ROW LEVEL SECURITY', subject);
    EXECUTE format('CREATE POLICY named_tenants ON mitr.%I USING (%s) WITH CHECK (%s)', subject, named, named);
  END LOOP;
END
$$;

-- -- what the application may do --------------------------------------------------------------------

GRANT UPDATE (kind, since, until) ON mitr.alias TO mitr_app;
GRANT UPDATE (phone_lost) ON mitr.contact TO mitr_app;
GRANT SELECT, INSERT ON mitr.lineage TO mitr_app;
GRANT SELECT, INSERT, UPDATE (state, tries, not_before, error, bytes, pieces, updated_at) ON mitr.media TO mitr_app;
GRANT SELECT, INSERT, DELETE ON mitr.media_piece TO mitr_app;
-- Filed items are kept for a while only.
GRANT DELETE ON mitr.kept_webhook TO mitr_app;
GRANT SELECT, INSERT, UPDATE (value, reason, told, until) ON mitr.standing TO mitr_app;
DO $$
DECLARE
  subject text;
BEGIN
  FOREACH subject IN ARRAY ARRAY[
      'has_bsuid(uuid, uuid, uuid)', 'owner_of(uuid, uuid[], smallint[], timestamptz, uuid)',
      'note_kin(uuid, uuid, uuid, smallint, timestamptz)', 'settle_phone(uuid, uuid, uuid, timestamptz)',
      'settle_names(uuid, uuid, uuid[], smallint[], timestamptz)',
      'change_names(uuid, uuid[], smallint[], uuid[], smallint[], timestamptz)',
      'claim_contact(uuid, uuid[], smallint[], timestamptz, uuid, bytea, bytea)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION mitr.%s FROM PUBLIC', subject);
    EXECUTE format('GRANT EXECUTE ON FUNCTION mitr.%s TO mitr_app', subject);
  END LOOP;
END
$$;
