-- An export waits for days to be fetched: how far the person could export when it was made, as lists of
-- principals, so that whoever reaches less by then is not given the file. Null: not made, or made before
-- this was kept; such a file is given to nobody but who exports everything.
alter table export_run add column reach jsonb;
