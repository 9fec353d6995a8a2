-- An export that is made in the background: what was asked for, how far it is, and the file until it
-- expires. choice keeps which fields a person exported last, in which order.

create table export_run (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  question jsonb not null,
  columns text[] not null,
  format text not null,
  status text not null,
  reason text,
  total integer not null,
  done integer not null,
  file_id uuid,
  file_name text not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  primary key (customer_id, id)
);
create index export_run_recent on export_run (customer_id, created_by, id);

create table export_choice (
  customer_id uuid not null,
  id uuid not null,
  person_id integer not null,
  entity text not null,
  columns text[] not null,
  format text not null,
  updated_at timestamptz not null,
  primary key (customer_id, id)
);
