-- An export waits for days to be fetched: which of its columns stand there plain, so that whoever may
-- see a field only covered by then is not given the file that was made before.
alter table export_run add column plain text[] not null default '{}';
-- Of those that wait already it is not known.
update export_run set plain = columns;
