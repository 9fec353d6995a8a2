-- Customers at the centre: the customer row has the key id, everything of a customer (customer_id, id).
-- grants names the principals that may see the row; it is empty for the firm's own record (HOME) and
-- for deleted ones. Every sort key is never null: coalesce in the index and in the row comparison.

create sequence customer_number;

create table customer (
  id uuid primary key,
  number text not null,
  kind text not null,
  name text not null,
  name_key text collate "C" not null,
  stage text not null,
  owner_id integer references person,
  department_id integer references department,
  phones text[] not null,
  email text,
  wechat text,
  region text,
  region_name text,
  address text,
  website text,
  source text,
  tags text[] not null,
  credit_code text,
  legal_representative text,
  industry text,
  staff_count integer,
  business text,
  cooperation text,
  billing_title text,
  billing_details text,
  gender text,
  birth_date date,
  birthday_lunar boolean,
  occupation text,
  income_level text,
  hobbies text[] not null,
  habitual_brands text[] not null,
  purchase_frequency text,
  purchase_time text,
  price_expectation text,
  preferences text,
  note text,
  last_contact_at timestamptz,
  next_due_on date,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  grants integer[] not null
);
create index customer_grants on customer using gin (grants);
create index customer_by_name on customer (name_key, id);
create index customer_by_number on customer (number collate "C", id);
create index customer_by_created on customer (created_at, id);
create index customer_by_updated on customer (updated_at, id);
create index customer_by_last_contact on customer (coalesce(last_contact_at, '-infinity'), id);
create index customer_by_next_due on customer (coalesce(next_due_on, '-infinity'), id);
create index customer_department on customer (department_id, updated_at, id);
create index customer_owner on customer (owner_id);
create index customer_tags on customer using gin (tags) where deleted_at is null;
-- Without a pending list, which every look-up by phone in an import would read from end to end.
create index customer_phones on customer using gin (phones) with (fastupdate = off) where deleted_at is null;
create index customer_email on customer (email) where deleted_at is null;
create index customer_credit_code on customer (credit_code) where deleted_at is null;
create index customer_name on customer (name) where deleted_at is null;

create table contact (
  customer_id uuid not null references customer,
  id uuid not null,
  name text not null,
  name_key text collate "C" not null,
  position text,
  decision_role text,
  phones text[] not null,
  email text,
  wechat text,
  birth_date date,
  note text,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  primary key (customer_id, id)
);
create index contact_by_updated on contact (updated_at, id);
create index contact_by_created on contact (created_at, id);
create index contact_by_name on contact (name_key, id);

-- The firm itself: its own tasks, imports and history stand under this record. Nobody is granted it.
insert into customer (id, number, kind, name, name_key, stage, phones, tags, hobbies, habitual_brands,
  version, created_at, updated_at, grants)
values ('00000000-0000-7000-8000-000000000001', 'HOME', 'organisation', '内部客户', 'neibukehu',
  'active', '{}', '{}', '{}', '{}', 1, '2026-01-01Z', '2026-01-01Z', '{}');
