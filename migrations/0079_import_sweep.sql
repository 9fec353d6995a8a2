-- The file of an import, its rows that failed and what is needed to undo it hold personal content, and
-- nobody asks for them after months. A chore takes them away; the history of who, what and how many stays.

alter table import add column swept_at timestamptz;
create index import_unswept on import (customer_id, updated_at) where swept_at is null;
