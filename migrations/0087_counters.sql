-- Every kind of record can number itself, by hand of the program or of an administrator: the counter of
-- each is a row beside those that begin anew each year, month or day, and needs no sequence of its own.
insert into numbering_series (entity, period, last)
  select 'customer', '', last_value from customer_number where is_called;
drop sequence customer_number;
