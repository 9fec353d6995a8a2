-- Every kind of record can number itself: its counter bears the name of the kind, in words that no index
-- of a table would take. A kind whose counter is missing makes it with its first number.
alter sequence customer_number rename to counter_of_customer;
