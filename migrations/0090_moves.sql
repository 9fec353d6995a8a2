-- Somebody who moves to another department takes their customers along. A hundred thousand rows took a
-- minute and a half within the request, and whoever wrote one of them waited. Now the move is written
-- down here, holds for every reader at once, and a job brings the rows after it in small transactions.
create table department_move (
  owner_id integer not null references person,
  from_id integer not null references department,
  to_id integer not null references department,
  primary key (owner_id, from_id)
);
