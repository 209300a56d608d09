-- Packs as rows: what was deployed is kept for ever, since conversations and journals name it.

-- One version of a pack, named by the first bytes of a hash over its files. The files are those of a
-- folder, as config/pack_files writes them; they hold wordings and rules, nothing about people.
CREATE TABLE mitr.pack (
  version    bytea PRIMARY KEY CHECK (length(version) = 8),
  name       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  files      bytea NOT NULL
);
COMMENT ON TABLE mitr.pack IS
  'exempt from row security: what businesses can be asked, shared by tenants; holds no personal data';

-- Versions that were deployed to the tenant, the newest first, eight bytes each.
ALTER TABLE mitr.tenant ADD COLUMN packs bytea NOT NULL DEFAULT ''::bytea;

-- A version never changes: the application has no word for that.
GRANT SELECT, INSERT ON mitr.pack TO mitr_app;
GRANT UPDATE (packs) ON mitr.tenant TO mitr_app;
