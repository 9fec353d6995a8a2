-- How a table is to be read, beyond its encoding: the row of its heading, what a day without a year or
-- in another order means, and what a person decided for each word that no choice, person, department
-- or region bears. unread lists those words as the last check found them.

alter table import
  add column header_row integer not null default 1,
  add column dates jsonb not null default '{}',
  add column decisions jsonb not null default '{}',
  add column unread jsonb not null default '[]',
  add column mapping_name text;

-- A mapping kept for the next table with the same headings, whatever their order.
create table import_mapping (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  name text not null,
  headings text not null,
  columns jsonb not null,
  mode text not null,
  key text,
  dates jsonb not null,
  decisions jsonb not null,
  shared boolean not null,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  primary key (customer_id, id)
);
create index import_mapping_headings on import_mapping (customer_id, entity, headings);
