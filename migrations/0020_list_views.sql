-- Views of lists that people save, and how each person lays the columns out. Kinds of records are
-- named, not pointed at: a view of a kind that is gone is simply not shown.

create table list_view (
  id uuid primary key,
  entity text not null,
  name text not null,
  owner_id integer not null,
  shared_with integer[] not null default '{}',
  definition jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz
);

create index on list_view (entity, owner_id) where deleted_at is null;

create table list_setting (
  person_id integer not null,
  entity text not null,
  columns jsonb not null default '{}',
  default_view text,
  updated_at timestamptz not null,
  primary key (person_id, entity)
);
