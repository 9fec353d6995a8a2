-- Who else works with a customer: people or departments besides the responsible person, to read or to
-- write, perhaps only until a day. A share is the principal that stands for one such right, drawn from
-- the sequence of people and departments, so that customer.grants names it beside them and the one
-- predicate stays as it is. Whether a share still holds is asked when the reader is, never of the rows:
-- after its last day nobody carries it any more, and what the rows still name is swept later.

create table share (
  id integer primary key default nextval('principal_id'),
  principal_id integer not null,
  access text not null,
  until date
);
create unique index share_key on share (principal_id, access, coalesce(until, 'infinity'::date));

create table customer_member (
  customer_id uuid not null references customer,
  id uuid not null,
  principal_id integer not null,
  share_id integer not null references share,
  role text,
  reason text,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz,
  primary key (customer_id, id)
);
create unique index customer_member_once on customer_member (customer_id, principal_id) where deleted_at is null;
create index customer_member_principal on customer_member (principal_id, created_at) where deleted_at is null;
create index customer_member_share on customer_member (share_id) where deleted_at is null;
