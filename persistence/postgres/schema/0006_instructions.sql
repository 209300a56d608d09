-- What a tenant tells us to do in one conversation: to say what a person of theirs wrote, to give the
-- conversation back to the machine, to note a consent, to send a notice. A row goes when the turn that
-- it caused is committed; until then it is told again, and the turn's message hash makes that one outcome.

CREATE TABLE mitr.instruction (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL,
  contact_id uuid NOT NULL,
  number     text NOT NULL,
  expires    timestamptz NOT NULL,
  body       bytea NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
ALTER TABLE mitr.instruction ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE mitr.instruction ENABLE ROW LEVEL SECURITY;
ALTER TABLE mitr.instruction FORCE ROW LEVEL SECURITY;
CREATE POLICY named_tenants ON mitr.instruction
  USING ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[])) IS TRUE)
  WITH CHECK ((tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[])) IS TRUE);

-- Which instructions wait in which shard, in the order they were filed.
CREATE TABLE mitr.waiting_instruction (
  tenant_id uuid NOT NULL,
  id        uuid NOT NULL,
  shard     smallint NOT NULL,
  place     bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX waiting_instruction_place ON mitr.waiting_instruction (shard, place);
COMMENT ON TABLE mitr.waiting_instruction IS
  'exempt from row security: a node finds what waits in its shards, of all tenants; holds no personal data';

GRANT SELECT, INSERT, DELETE ON mitr.instruction, mitr.waiting_instruction TO mitr_app;
