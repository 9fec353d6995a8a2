-- A bulk run that cannot go on ends as failed and says why. So far only a person who was no longer active
-- ended one; any other fault left it running for ever. What stands still for a day is waited for by nobody
-- and does not begin again by itself.
alter table bulk_run add column reason text;
update bulk_run set reason = 'person_inactive' where status = 'failed';
update bulk_run set status = 'failed', reason = 'unexpected_fault'
  where status = 'running' and updated_at < now() - interval '1 day';
