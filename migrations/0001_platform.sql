-- The platform's own tables. Distribution: every table is either by customer (key customer_id, id),
-- reference (small, on every node) or local (this node only); src/app/distribution.test.ts holds each
-- table to one of them. Departments, people and standing principals draw their ids from one sequence,
-- so that one array column, grants, can name them all. 1 to 9 are standing principals: 1 everyone in
-- the organisation (data scope "all").

create sequence principal_id as integer start 10;

create table setting (
  key text primary key,
  value jsonb not null
);

-- Uniqueness and look-up across customers, where a table spread by customer cannot hold them itself.
create table key_claim (
  kind text not null,
  key text not null,
  customer_id uuid not null,
  id uuid not null,
  digest bytea,
  created_at timestamptz not null,
  primary key (kind, key)
);
create index key_claim_record on key_claim (customer_id, id);

-- One append-only row for each thing that happened, in the transaction of the change. Partitioned by
-- the time inside the UUIDv7 id, so that (customer_id, id) stays the key.
create table event (
  customer_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor_id integer,
  subject_kind text not null,
  subject_id uuid not null,
  payload jsonb,
  salt bytea,
  digest bytea not null,
  tx xid8 not null,
  era integer not null,
  primary key (customer_id, id)
) partition by range (id);
create table event_rest partition of event default;
create index event_timeline on event (customer_id, at desc, id desc);
create index event_unsealed on event (era, tx, id);
create index event_subject on event (customer_id, subject_id, id desc);

-- The hash chain over the digests, written afterwards by the sealer, so that writers never queue.
create table event_seal (
  position bigint primary key,
  era integer not null,
  tx xid8 not null,
  customer_id uuid not null,
  event_id uuid not null,
  digest bytea not null,
  chain bytea not null,
  sealed_at timestamptz not null
);
create index event_seal_order on event_seal (era, tx, event_id);

-- What search looks at, apart from the customer row so that its updates do not rewrite tokens.
create table search_document (
  customer_id uuid primary key,
  grants integer[] not null,
  tokens text[] not null,
  text text not null
);
create index search_document_tokens on search_document using gin (grants, tokens);

create table file (
  customer_id uuid not null,
  id uuid not null,
  name text not null,
  size bigint not null,
  media_type text not null,
  sha256 text not null,
  subject_kind text,
  subject_id uuid,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  primary key (customer_id, id)
);
create index file_recent on file (customer_id, created_at desc, id desc);
create index file_subject on file (customer_id, subject_id);
create index file_sha256 on file (sha256);

-- An import belongs to the firm itself: customer_id is HOME.
create table import (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  file_id uuid not null,
  file_name text not null,
  format text not null,
  encoding text,
  separator text,
  sheets text[] not null,
  sheet text,
  header text[] not null,
  preview jsonb not null,
  mapping jsonb not null,
  mode text not null,
  key text,
  defaults jsonb not null,
  status text not null,
  reason text,
  facts jsonb,
  counts jsonb not null,
  next_row integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  primary key (customer_id, id)
);
create index import_recent on import (customer_id, created_at desc, id desc);

create table import_problem (
  customer_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  column_name text,
  level text not null,
  reason text not null,
  value text,
  detail jsonb,
  primary key (customer_id, id)
);
create index import_problem_rows on import_problem (customer_id, import_id, row_number, id);

-- What each key of a file under work stood for, so that a key that comes twice in a file is seen
-- however long the file is; emptied when the work ends. id is a digest of import and key.
create table import_key (
  customer_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  record_id uuid,
  made boolean not null,
  given jsonb not null,
  beside jsonb not null,
  primary key (customer_id, id)
);
create index import_key_record on import_key (customer_id, import_id, record_id);
