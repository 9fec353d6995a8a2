-- An added field gets an index for filters when somebody first filters by it; the day of the last time
-- tells which of many gives way.
alter table custom_field add column filtered_on date;
