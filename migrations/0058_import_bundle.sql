-- A table may come in a zip together with the files that its rows name. file_id is the table in it,
-- archive_file_id the zip as it came; archive lists its files and those that rows have named so far.

alter table import
  add column archive_file_id uuid,
  add column archive jsonb;
