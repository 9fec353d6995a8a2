-- Contact with customers: what was said, and what is to be done next.

create table interaction (
  customer_id uuid not null references customer,
  id uuid not null,
  at timestamptz not null,
  channel text not null,
  direction text not null,
  summary text not null,
  contact_id uuid,
  person_id integer references person,
  minutes integer,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  primary key (customer_id, id),
  foreign key (customer_id, contact_id) references contact
);
create index interaction_timeline on interaction (customer_id, at desc, id desc);
create index interaction_by_at on interaction (at, id);
create index interaction_contact on interaction (customer_id, contact_id);
create index interaction_by_created on interaction (created_at, id);
create index interaction_by_updated on interaction (updated_at, id);

create table task (
  customer_id uuid not null references customer,
  id uuid not null,
  title text not null,
  due_on date not null,
  important boolean not null,
  urgent boolean not null,
  owner_id integer references person,
  note text,
  interaction_id uuid,
  done_at timestamptz,
  done_by integer references person,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  primary key (customer_id, id),
  foreign key (customer_id, interaction_id) references interaction
);
create index task_open on task (owner_id, due_on, id) where done_at is null and deleted_at is null;
create index task_done on task (done_by, done_at) where done_at is not null;
create index task_customer on task (customer_id, due_on, id);
create index task_by_due on task (due_on, id);
create index task_interaction on task (customer_id, interaction_id);
create index task_by_created on task (created_at, id);
create index task_by_updated on task (updated_at, id);
