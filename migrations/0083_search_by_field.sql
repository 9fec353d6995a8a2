-- Search kept one document per customer, so that one field or kind out of a reader's sight took the whole
-- document away, and lists of contacts, tasks and the like could only be searched by customer. Now there
-- is one document per searched field of a record; who may see it follows from the field and the record.
-- The server writes the documents anew, in batches, when it finds none; only it knows how names sound.
drop table search_document;
create table search_document (
  customer_id uuid not null,
  id uuid not null,
  field text not null,
  tokens text[] not null,
  text text not null,
  primary key (customer_id, id, field)
);
create index search_document_tokens on search_document using gin (tokens);
