-- What is erased for good is looked up in the journals of imports, too, whichever import it was: without
-- this index the nightly erasure would read them all for every record.
create index import_row_record on import_row (customer_id, record_customer_id, record_id);
