-- Deleted by mistake is deleted for some days only: the recycle bin remembers who put what away, why
-- and what went along, so that exactly this comes back. Who may see a deleted customer is decided by
-- who could see it when it was live, so its grants are kept beside.
create table deletion (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  subject_id uuid not null,
  title text not null,
  along jsonb not null,
  cause text not null,
  cause_id uuid,
  owner_id int,
  created_at timestamptz not null,
  created_by int,
  primary key (customer_id, id)
);
create index deletion_recent on deletion (id);
create index deletion_age on deletion (created_at);

alter table customer add column former_grants int[], add column deletion_id uuid;
alter table contact add column deletion_id uuid;
alter table interaction add column deletion_id uuid;
alter table task add column deletion_id uuid;
alter table file add column deletion_id uuid;

-- What was deleted before stands in the bin as well. Ids are made to sort by the time of deletion.
create function pg_temp.deletion_of(row_id uuid, at timestamptz) returns uuid language sql as
  $$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
    || substr(md5(row_id::text), 1, 3) || '8' || substr(md5(row_id::text), 4, 15))::uuid $$;

update customer set deletion_id = pg_temp.deletion_of(id, deleted_at),
  former_grants = array_remove(array[1, owner_id, department_id], null) where deleted_at is not null;
update contact set deletion_id = pg_temp.deletion_of(id, deleted_at) where deleted_at is not null;
update interaction set deletion_id = pg_temp.deletion_of(id, deleted_at) where deleted_at is not null;
update task set deletion_id = pg_temp.deletion_of(id, deleted_at) where deleted_at is not null;
update file set deletion_id = pg_temp.deletion_of(id, deleted_at) where deleted_at is not null;

insert into deletion (customer_id, id, entity, subject_id, title, along, cause, owner_id, created_at, created_by)
  select id, deletion_id, 'customer', id, name, '{}'::jsonb, 'hand', owner_id, deleted_at, updated_by
    from customer where deletion_id is not null
  union all select customer_id, deletion_id, 'contact', id, name, '{}', 'hand', null, deleted_at, updated_by
    from contact where deletion_id is not null
  union all select customer_id, deletion_id, 'interaction', id, summary, '{}', 'hand', null, deleted_at, updated_by
    from interaction where deletion_id is not null
  union all select customer_id, deletion_id, 'task', id, title, '{}'::jsonb, 'hand', owner_id, deleted_at, updated_by
    from task where deletion_id is not null
  union all select customer_id, deletion_id, 'file', id, name, '{}', 'hand', null, deleted_at, updated_by
    from file where deletion_id is not null;

-- What stood below a customer that was deleted went with it.
update contact t set deleted_at = c.deleted_at, deletion_id = c.deletion_id
  from customer c where c.id = t.customer_id and c.deleted_at is not null and t.deleted_at is null;
update interaction t set deleted_at = c.deleted_at, deletion_id = c.deletion_id
  from customer c where c.id = t.customer_id and c.deleted_at is not null and t.deleted_at is null;
update task t set deleted_at = c.deleted_at, deletion_id = c.deletion_id
  from customer c where c.id = t.customer_id and c.deleted_at is not null and t.deleted_at is null;
update file t set deleted_at = c.deleted_at, deletion_id = c.deletion_id
  from customer c where c.id = t.customer_id and c.deleted_at is not null and t.deleted_at is null;
