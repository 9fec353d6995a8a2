-- How records number themselves, as an administrator shapes it, and how far each series has come. A
-- series that begins anew every day, month or year has a row of its own, which the writer holds until
-- its records are there: numbers are never given twice, though one may be left out.

create table numbering_rule (
  entity text primary key,
  prefix text not null,
  dated text not null,
  digits integer not null,
  reset text not null,
  version integer not null,
  updated_at timestamptz not null,
  updated_by integer
);

create table numbering_series (
  entity text not null,
  period text not null,
  last bigint not null,
  primary key (entity, period)
);
