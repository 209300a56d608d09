-- Erasing one person: all that is kept of them goes in one transaction. What stays holds no name and no
-- word of theirs; persistence/erasure.h says what it is for.

-- A tombstone: this id was somebody's. Nobody is known by it again, and a node that still has the person in
-- memory forgets them. `place` grows in the order of commits.
CREATE TABLE mitr.erasure (
  tenant_id  uuid NOT NULL,
  contact_id uuid NOT NULL,
  erased_at  timestamptz NOT NULL DEFAULT now(),
  place      bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant_id, contact_id)
);
CREATE UNIQUE INDEX erasure_place ON mitr.erasure (place);
COMMENT ON TABLE mitr.erasure IS
  'exempt from row security: a node learns of all tenants whom to forget; holds random ids, no personal data';

-- Keyed hashes of the names that the person went by: what was sent before the erasure and comes after it
-- makes nobody. `withdrawn`: what they no longer allowed, a bit each; it is the next one's who comes by the
-- name. Kept for that alone, else as long as a webhook may be repeated.
CREATE TABLE mitr.erased_name (
  tenant_id uuid NOT NULL,
  hash      uuid NOT NULL,
  erased_at timestamptz NOT NULL,
  withdrawn smallint NOT NULL,
  PRIMARY KEY (tenant_id, hash)
);
ALTER TABLE mitr.erased_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE mitr.erased_name FORCE ROW LEVEL SECURITY;
CREATE POLICY named_tenants ON mitr.erased_name
  USING ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[])) IS TRUE)
  WITH CHECK ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[])) IS TRUE);

-- With what a conversation begins that has no turns yet.
ALTER TABLE mitr.contact ADD COLUMN withdrawn smallint NOT NULL DEFAULT 0;

-- A piece of a file that is being fetched meanwhile finds its request gone.
ALTER TABLE mitr.media ADD FOREIGN KEY (tenant_id, id) REFERENCES mitr.request (tenant_id, id) ON DELETE CASCADE;
ALTER TABLE mitr.media_piece
  ADD FOREIGN KEY (tenant_id, id) REFERENCES mitr.request (tenant_id, id) ON DELETE CASCADE;

-- -- what the application may do --------------------------------------------------------------------

-- History is removed of those only whose tombstone stands, and a tombstone stays.
GRANT SELECT, INSERT ON mitr.erasure TO mitr_app;
GRANT SELECT, INSERT, DELETE, UPDATE (erased_at, withdrawn) ON mitr.erased_name TO mitr_app;
GRANT DELETE ON mitr.contact, mitr.alias, mitr.lineage, mitr.journal, mitr.outbox, mitr.request TO mitr_app;
GRANT UPDATE (withdrawn) ON mitr.contact TO mitr_app;
GRANT UPDATE (contacts, seqs, providers) ON mitr.reply_log TO mitr_app;

DO $$
DECLARE
  subject record;
BEGIN
  FOR subject IN SELECT * FROM (VALUES ('contact', 'id', 'id'), ('alias', 'contact_id', 'contact_id'),
      ('lineage', 'later_id', 'earlier_id'), ('journal', 'conversation_id', 'conversation_id'),
      ('outbox', 'contact_id', 'recipient_id'), ('request', 'contact_id', 'contact_id'))
      AS t (name, who, other) LOOP
    EXECUTE format('CREATE POLICY only_of_the_erased ON mitr.%1$I AS RESTRICTIVE FOR DELETE USING (EXISTS ('
      'SELECT FROM mitr.erasure e WHERE e.tenant_id = %1$I.tenant_id'
      ' AND e.contact_id IN (%1$I.%2$I, %1$I.%3$I)))', subject.name, subject.who, subject.other);
  END LOOP;
END
$$;

-- -- erasing ----------------------------------------------------------------------------------------

-- One lock for who is whom, beside those on the shards: shared by whoever adds to a contact, exclusive for an
-- erasure, so that no name is left that leads to nobody.
CREATE FUNCTION mitr.people_lock() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT -2 $$;

-- False: there is no such contact. MT004: the conversation went on since it was read. Again: what was written
-- meanwhile by somebody who did not know goes too.
CREATE FUNCTION mitr.erase_contact(wanted_tenant uuid, who uuid, expected_seq bigint, stops smallint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  repeats constant interval := '8 days';
  erased_before boolean;
  last_seq bigint;
  heard uuid[];
  places bigint[];
BEGIN
  PERFORM pg_advisory_xact_lock(mitr.lease_class(), mitr.people_lock());
  erased_before := EXISTS (SELECT FROM mitr.erasure e WHERE e.tenant_id = wanted_tenant AND e.contact_id = who);
  IF NOT erased_before THEN
    IF NOT EXISTS (SELECT FROM mitr.contact c WHERE c.tenant_id = wanted_tenant AND c.id = who) THEN
      RETURN false;
    END IF;
    SELECT coalesce(max(j.seq), 0) INTO last_seq FROM mitr.journal j
      WHERE j.tenant_id = wanted_tenant AND j.conversation_id = who;
    IF last_seq <> expected_seq THEN
      RAISE EXCEPTION 'the conversation went on' USING ERRCODE = 'MT004';
    END IF;
    -- Takes the place of the next turn: a node that still has the conversation meets this row and reads anew.
    -- First of all, for a turn that is being written there is waited for.
    INSERT INTO mitr.journal (tenant_id, conversation_id, seq, message_hash, snapshot, body)
      VALUES (wanted_tenant, who, last_seq + 1, gen_random_uuid(), false, ''::bytea);
    INSERT INTO mitr.erasure (tenant_id, contact_id) VALUES (wanted_tenant, who);
    -- The key: from here on nothing of theirs opens.
    DELETE FROM mitr.contact c WHERE c.tenant_id = wanted_tenant AND c.id = who;
    INSERT INTO mitr.erased_name AS n (tenant_id, hash, erased_at, withdrawn)
      SELECT a.tenant_id, a.hash, now(), CASE WHEN a.until IS NULL THEN stops ELSE 0 END
        FROM mitr.alias a WHERE a.tenant_id = wanted_tenant AND a.contact_id = who AND a.kind <> 4
      ON CONFLICT (tenant_id, hash) DO UPDATE SET erased_at = excluded.erased_at, withdrawn = excluded.withdrawn;
  END IF;
  -- Which messages had their outcome, and nothing of what it was.
  SELECT array_agg(j.message_hash), array_agg(j.seq) INTO heard, places FROM mitr.journal j
    WHERE j.tenant_id = wanted_tenant AND j.conversation_id = who AND j.created_at > now() - repeats;
  DELETE FROM mitr.journal j WHERE j.tenant_id = wanted_tenant AND j.conversation_id = who;
  INSERT INTO mitr.journal (tenant_id, conversation_id, seq, message_hash, snapshot, body)
    SELECT wanted_tenant, who, h.seq, h.hash, false, ''::bytea FROM unnest(heard, places) AS h (hash, seq);
  DELETE FROM mitr.alias a WHERE a.tenant_id = wanted_tenant AND a.contact_id = who;
  DELETE FROM mitr.lineage l WHERE l.tenant_id = wanted_tenant AND who IN (l.later_id, l.earlier_id);
  DELETE FROM mitr.review r WHERE r.tenant_id = wanted_tenant AND r.contact_id = who;
  DELETE FROM mitr.waiting_instruction w USING mitr.instruction i
    WHERE i.tenant_id = wanted_tenant AND i.contact_id = who AND w.tenant_id = i.tenant_id AND w.id = i.id;
  DELETE FROM mitr.instruction i WHERE i.tenant_id = wanted_tenant AND i.contact_id = who;
  DELETE FROM mitr.timer t WHERE t.tenant_id = wanted_tenant AND t.contact_id = who;
  -- With their files.
  DELETE FROM mitr.request r WHERE r.tenant_id = wanted_tenant AND r.contact_id = who;
  -- What they caused, and what was to go to them.
  DELETE FROM mitr.outbox o WHERE o.tenant_id = wanted_tenant AND who IN (o.contact_id, o.recipient_id);
  UPDATE mitr.reply_log l SET contacts = k.contacts, seqs = k.seqs, providers = k.providers
    FROM (SELECT s.place, coalesce(array_agg(u.contact ORDER BY u.at) FILTER (WHERE u.contact <> who), '{}') AS contacts,
                 coalesce(array_agg(u.seq ORDER BY u.at) FILTER (WHERE u.contact <> who), '{}') AS seqs,
                 CASE WHEN s.providers IS NOT NULL THEN
                   coalesce(array_agg(u.provider ORDER BY u.at) FILTER (WHERE u.contact <> who), '{}') END AS providers
            FROM mitr.reply_log s, unnest(s.contacts, s.seqs, s.providers) WITH ORDINALITY
              AS u (contact, seq, provider, at)
            WHERE s.tenant_id = wanted_tenant AND who = ANY (s.contacts) GROUP BY s.place, s.providers) AS k
    WHERE l.tenant_id = wanted_tenant AND l.place = k.place;
  -- Of earlier erasures: what no repeat can ask for any more.
  DELETE FROM mitr.erased_name n
    WHERE n.tenant_id = wanted_tenant AND n.withdrawn = 0 AND n.erased_at < now() - repeats;
  DELETE FROM mitr.journal j USING mitr.erasure e
    WHERE e.tenant_id = wanted_tenant AND e.erased_at < now() - repeats
      AND j.tenant_id = e.tenant_id AND j.conversation_id = e.contact_id;
  RETURN true;
END
$$;

-- As claim_contact, for names of which one is an erased person's: what was true before the erasure makes
-- nobody, and whoever is new has withdrawn what that person had.
CREATE FUNCTION mitr.claim_after_erasure(
  wanted_tenant uuid, wanted uuid[], kinds smallint[], told timestamptz, fresh uuid, fresh_key bytea,
  fresh_details bytea,
  OUT contact_id uuid, OUT created boolean, OUT owns_bsuid boolean, OUT owns_phone boolean, OUT loser uuid,
  OUT wrapped_key bytea, OUT details bytea, OUT last_seq bigint, OUT withdrawn smallint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  gone record;
BEGIN
  SELECT max(e.erased_at) AS at, coalesce(bit_or(e.withdrawn), 0::smallint) AS stops INTO gone
    FROM unnest(wanted, kinds) AS n (hash, kind)
    JOIN mitr.erased_name e ON e.tenant_id = wanted_tenant AND e.hash = n.hash;
  withdrawn := 0;
  IF told <= gone.at AND NOT 0 > ANY (kinds)
      AND mitr.owner_of(wanted_tenant, wanted, kinds, told, nobody) IS NULL THEN
    contact_id := nobody;
    created := false;
    owns_bsuid := true;
    owns_phone := true;
    wrapped_key := '';
    details := '';
    last_seq := 0;
    RETURN;
  END IF;
  SELECT c.contact_id, c.created, c.owns_bsuid, c.owns_phone, c.loser, c.wrapped_key, c.details, c.last_seq
    INTO contact_id, created, owns_bsuid, owns_phone, loser, wrapped_key, details, last_seq
    FROM mitr.claim_contact(wanted_tenant, wanted, kinds, told, fresh, fresh_key, fresh_details) AS c;
  IF claim_after_erasure.created AND gone.stops <> 0 THEN
    withdrawn := gone.stops;
    UPDATE mitr.contact c SET withdrawn = gone.stops WHERE c.tenant_id = wanted_tenant AND c.id = fresh;
  END IF;
END
$$;

DO $$
DECLARE
  subject text;
BEGIN
  FOREACH subject IN ARRAY ARRAY['people_lock()', 'erase_contact(uuid, uuid, bigint, smallint)',
      'claim_after_erasure(uuid, uuid[], smallint[], timestamptz, uuid, bytea, bytea)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION mitr.%s FROM PUBLIC', subject);
    EXECUTE format('GRANT EXECUTE ON FUNCTION mitr.%s TO mitr_app', subject);
  END LOOP;
END
$$;
