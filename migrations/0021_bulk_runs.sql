-- One change to many records, done row by row in the background. It belongs to the firm itself
-- (customer_id is HOME). `targets` is written once and `next` moves along it, so that a server that is
-- killed goes on where it was.

create table bulk_run (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  action jsonb not null,
  targets jsonb not null,
  total integer not null,
  next integer not null default 0,
  done integer not null default 0,
  problems jsonb not null default '[]',
  status text not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  primary key (customer_id, id)
);
create index bulk_run_open on bulk_run (customer_id, updated_at) where status = 'running';
