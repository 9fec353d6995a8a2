-- What an import did to each record and what stood there before, so that a whole import can be undone
-- while nobody has touched its records. One row per import and record; id is a digest of both.

create table import_row (
  customer_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  entity text not null,
  record_customer_id uuid not null,
  record_id uuid not null,
  created boolean not null,
  -- The version that the import left; another one tells that somebody was there since.
  version integer not null,
  version_before integer not null,
  before jsonb not null,
  -- Somebody changed the record between two rows of the same import.
  touched boolean not null,
  -- Empty until an undo came by: undone, or why the record stays.
  outcome text,
  primary key (customer_id, id)
);
create index import_row_records on import_row (customer_id, import_id, record_customer_id, record_id);

alter table import add column undo jsonb;
