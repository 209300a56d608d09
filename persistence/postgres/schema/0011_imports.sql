-- How often an import changed a tenant's records: nodes that keep something of them look again.
ALTER TABLE mitr.tenant ADD COLUMN record_imports integer NOT NULL DEFAULT 0;
GRANT UPDATE (record_imports) ON mitr.tenant TO mitr_app;
