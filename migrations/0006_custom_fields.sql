-- Fields that administrators add at run time. Their values lie in one jsonb column of the record, so
-- that 500 of them cost no schema change; lists reach them through immutable functions, over which an
-- index is made when a field is to be sorted or filtered by often.

create table custom_field (
  entity text not null,
  name text not null,
  definition jsonb not null,
  position integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  primary key (entity, name)
);

alter table customer add column custom jsonb not null default '{}';
alter table contact add column custom jsonb not null default '{}';
alter table interaction add column custom jsonb not null default '{}';
alter table task add column custom jsonb not null default '{}';

-- Text is turned into dates by the one form we store, ISO 8601, whatever the session's settings.
create function custom_date(custom jsonb, name text) returns date
  language sql immutable parallel safe as $$ select (custom ->> name)::date $$;
create function custom_time(custom jsonb, name text) returns timestamptz
  language sql immutable parallel safe as $$ select (custom ->> name)::timestamptz $$;
create function custom_list(custom jsonb, name text) returns text[]
  language sql immutable parallel safe as $$
    select coalesce(array(select jsonb_array_elements_text(custom -> name)), '{}') $$;
