-- Sign-in in full: one-time codes and passkeys of the sign-in library (its own tables, written by its own
-- migration), wrong guesses counted for all servers together, when a session was last used, and on the person
-- whether the password is still the one an administrator gave, and the e-mail by which an identity
-- provider's account is matched.

alter table person
  add column email text,
  add column password_given boolean not null default false;
create unique index person_email on person (lower(email)) where email is not null;

set local search_path = auth;

alter table "user" add column "twoFactorEnabled" boolean;
alter table "session" add column "lastSeenAt" timestamptz;

create table "twoFactor" (
  "id" text not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references "user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);

create table "passkey" (
  "id" text not null primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null references "user" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);

create index "twoFactor_secret_idx" on "twoFactor" ("secret");

create index "twoFactor_userId_idx" on "twoFactor" ("userId");

create index "passkey_userId_idx" on "passkey" ("userId");

create index "passkey_credentialID_idx" on "passkey" ("credentialID");

-- `login` is a keyed digest: people type passwords into the field for the user name.
create table guess (
  login text primary key,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index guess_last_at on guess (last_at);
