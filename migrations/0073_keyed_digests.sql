-- The digest by which a repeated request is known again is keyed from here on: of an unkeyed one, who
-- has a copy of the database and the rest of the request could try out the number that is encrypted.
-- Older digests tell nothing that is still needed: they only keep a request from happening twice.
delete from key_claim where kind = 'idempotency';
