-- Who works here: departments as a tree, people with one of the built-in roles and a data scope.

create table department (
  id integer primary key default nextval('principal_id'),
  name text not null,
  parent_id integer references department,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz
);
create unique index department_name on department (coalesce(parent_id, 0), name) where deleted_at is null;

create table person (
  id integer primary key default nextval('principal_id'),
  username text not null,
  name text not null,
  department_id integer not null references department,
  role text not null,
  scope text not null,
  scope_departments integer[] not null,
  locale text not null,
  active boolean not null,
  auth_user_id text unique,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer
);
create unique index person_username on person (lower(username));
create index person_department on person (department_id);
