-- What a tenant's people decided of utterances, and the models that were trained from it.

-- A reviewed utterance is a reference to a turn of the journal, never a copy of its words: they are read
-- there when a model is trained, so who is erased is erased from all later training. An empty label: set
-- aside, not to be offered again.
CREATE TABLE mitr.review (
  tenant_id   uuid NOT NULL,
  contact_id  uuid NOT NULL,
  seq         bigint NOT NULL,
  label       text NOT NULL,
  reviewed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contact_id, seq)
);

-- Both sealed under the tenant's key: the manifest says what the model was trained from.
CREATE TABLE mitr.model (
  tenant_id  uuid NOT NULL,
  number     integer NOT NULL CHECK (number > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  manifest   bytea NOT NULL,
  body       bytea NOT NULL,
  PRIMARY KEY (tenant_id, number)
);
ALTER TABLE mitr.model ALTER COLUMN manifest SET STORAGE EXTERNAL;
ALTER TABLE mitr.model ALTER COLUMN body SET STORAGE EXTERNAL;

DO $$
DECLARE
  subject text;
BEGIN
  FOREACH subject IN ARRAY ARRAY['review', 'model'] LOOP
    EXECUTE format('ALTER TABLE mitr.%I ENABLE ROW LEVEL SECURITY', subject);
    EXECUTE format('ALTER TABLE mitr.%I FORCE ROW LEVEL SECURITY', subject);
    EXECUTE format('CREATE POLICY named_tenants ON mitr.%I '
      'USING ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting(''app.tenants'', true), ''''), '','')::uuid[])::uuid[])) IS TRUE) '
      'WITH CHECK ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting(''app.tenants'', true), ''''), '','')::uuid[])::uuid[])) IS TRUE)',
      subject);
  END LOOP;
END
$$;

-- Numbers of the models that were promoted, the newest first, four bytes each. A rollback drops the first.
ALTER TABLE mitr.tenant ADD COLUMN models bytea NOT NULL DEFAULT ''::bytea;

GRANT SELECT, INSERT, DELETE, UPDATE (label, reviewed_at) ON mitr.review TO mitr_app;
GRANT SELECT, INSERT, DELETE ON mitr.model TO mitr_app;
GRANT UPDATE (models) ON mitr.tenant TO mitr_app;
