-- A file may be the value of a field: it then belongs to that field of that record, and whoever may not
-- see the field may not have the file. Uploads wait under the firm's own record until a record takes
-- them, as a new record has no customer yet.

alter table file add column subject_field text;
create index file_waiting on file (created_at) where subject_kind = 'upload';
