-- The schema after all migrations, written by `npm run schema`. Read it, do not edit it.

create sequence counter_of_customer;

create sequence principal_id;

create table auth."account" (
  id text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "account_userId_idx" ON auth.account USING btree ("userId");

create table auth."apikey" (
  id text not null,
  "configId" text not null,
  name text,
  start text,
  "referenceId" text not null,
  prefix text,
  key text not null,
  "refillInterval" integer,
  "refillAmount" integer,
  "lastRefillAt" timestamp with time zone,
  enabled boolean,
  "rateLimitEnabled" boolean,
  "rateLimitTimeWindow" integer,
  "rateLimitMax" integer,
  "requestCount" integer,
  remaining integer,
  "lastRequest" timestamp with time zone,
  "expiresAt" timestamp with time zone,
  "createdAt" timestamp with time zone not null,
  "updatedAt" timestamp with time zone not null,
  permissions text,
  metadata text,
  PRIMARY KEY (id)
);
CREATE INDEX "apikey_configId_idx" ON auth.apikey USING btree ("configId");
CREATE INDEX "apikey_referenceId_idx" ON auth.apikey USING btree ("referenceId");
CREATE INDEX apikey_key_idx ON auth.apikey USING btree (key);

create table auth."guess" (
  login text not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  locked_until timestamp with time zone,
  PRIMARY KEY (login)
);
CREATE INDEX guess_last_at ON auth.guess USING btree (last_at);

create table auth."passkey" (
  id text not null,
  name text,
  "publicKey" text not null,
  "userId" text not null,
  "credentialID" text not null,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamp with time zone,
  aaguid text,
  PRIMARY KEY (id),
  FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "passkey_credentialID_idx" ON auth.passkey USING btree ("credentialID");
CREATE INDEX "passkey_userId_idx" ON auth.passkey USING btree ("userId");

create table auth."rateLimit" (
  id text not null,
  key text not null,
  count integer not null,
  "lastRequest" bigint not null,
  UNIQUE (key),
  PRIMARY KEY (id)
);

create table auth."session" (
  id text not null,
  "expiresAt" timestamp with time zone not null,
  token text not null,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null,
  "lastSeenAt" timestamp with time zone,
  UNIQUE (token),
  PRIMARY KEY (id),
  FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "session_userId_idx" ON auth.session USING btree ("userId");

create table auth."twoFactor" (
  id text not null,
  secret text not null,
  "backupCodes" text not null,
  "userId" text not null,
  verified boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "twoFactor_secret_idx" ON auth."twoFactor" USING btree (secret);
CREATE INDEX "twoFactor_userId_idx" ON auth."twoFactor" USING btree ("userId");

create table auth."user" (
  id text not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  username text,
  "displayUsername" text,
  "twoFactorEnabled" boolean,
  UNIQUE (email),
  UNIQUE (username),
  PRIMARY KEY (id)
);

create table auth."verification" (
  id text not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  PRIMARY KEY (id)
);
CREATE INDEX verification_identifier_idx ON auth.verification USING btree (identifier);

create table bulk_run (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  action jsonb not null,
  targets jsonb not null,
  total integer not null,
  next integer not null default 0,
  done integer not null default 0,
  problems jsonb not null default '[]'::jsonb,
  status text not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  reason text,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX bulk_run_open ON public.bulk_run USING btree (customer_id, updated_at) WHERE (status = 'running'::text);

create table careful_count (
  person_id integer not null,
  kind text not null,
  hour timestamp with time zone not null,
  count integer not null,
  PRIMARY KEY (person_id, kind)
);

create table contact (
  customer_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text collate "C" not null,
  "position" text,
  decision_role text,
  phones text[] not null,
  email text,
  wechat text,
  birth_date date,
  note text,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb,
  deletion_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id) REFERENCES customer(id)
);
CREATE INDEX contact_by_created ON public.contact USING btree (created_at, id);
CREATE INDEX contact_by_name ON public.contact USING btree (name_key, id);
CREATE INDEX contact_by_updated ON public.contact USING btree (updated_at, id);

create table custom_field (
  entity text not null,
  name text not null,
  definition jsonb not null,
  "position" integer not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  filtered_on date,
  PRIMARY KEY (entity, name)
);

create table customer (
  id uuid not null,
  number text not null,
  kind text not null,
  name text not null,
  name_key text collate "C" not null,
  stage text not null,
  owner_id integer,
  department_id integer,
  phones text[] not null,
  email text,
  wechat text,
  region text,
  region_name text,
  address text,
  website text,
  source text,
  tags text[] not null,
  credit_code text,
  legal_representative text,
  industry text,
  staff_count integer,
  business text,
  cooperation text,
  billing_title text,
  billing_details text,
  gender text,
  birth_date date,
  birthday_lunar boolean,
  occupation text,
  income_level text,
  hobbies text[] not null,
  habitual_brands text[] not null,
  purchase_frequency text,
  purchase_time text,
  price_expectation text,
  preferences text,
  note text,
  last_contact_at timestamp with time zone,
  next_due_on date,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  grants integer[] not null,
  custom jsonb not null default '{}'::jsonb,
  former_grants integer[],
  deletion_id uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (department_id) REFERENCES department(id),
  FOREIGN KEY (owner_id) REFERENCES person(id)
);
CREATE INDEX customer_by_created ON public.customer USING btree (created_at, id);
CREATE INDEX customer_by_last_contact ON public.customer USING btree (COALESCE(last_contact_at, '-infinity'::timestamp with time zone), id);
CREATE INDEX customer_by_name ON public.customer USING btree (name_key, id);
CREATE INDEX customer_by_next_due ON public.customer USING btree (COALESCE(next_due_on, '-infinity'::date), id);
CREATE INDEX customer_by_number ON public.customer USING btree (number COLLATE "C", id);
CREATE INDEX customer_by_updated ON public.customer USING btree (updated_at, id);
CREATE INDEX customer_credit_code ON public.customer USING btree (credit_code) WHERE (deleted_at IS NULL);
CREATE INDEX customer_department ON public.customer USING btree (department_id, updated_at, id);
CREATE INDEX customer_email ON public.customer USING btree (email) WHERE (deleted_at IS NULL);
CREATE INDEX customer_grants ON public.customer USING gin (grants);
CREATE INDEX customer_name ON public.customer USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX customer_owner ON public.customer USING btree (owner_id);
CREATE INDEX customer_phones ON public.customer USING gin (phones) WITH (fastupdate=off) WHERE (deleted_at IS NULL);
CREATE INDEX customer_tags ON public.customer USING gin (tags) WHERE (deleted_at IS NULL);

create table customer_member (
  customer_id uuid not null,
  id uuid not null,
  principal_id integer not null,
  share_id integer not null,
  role text,
  reason text,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id) REFERENCES customer(id),
  FOREIGN KEY (share_id) REFERENCES share(id)
);
CREATE INDEX customer_member_principal ON public.customer_member USING btree (principal_id, created_at) WHERE (deleted_at IS NULL);
CREATE INDEX customer_member_share ON public.customer_member USING btree (share_id) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX customer_member_once ON public.customer_member USING btree (customer_id, principal_id) WHERE (deleted_at IS NULL);

create table deletion (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  subject_id uuid not null,
  title text not null,
  along jsonb not null,
  cause text not null,
  cause_id uuid,
  owner_id integer,
  created_at timestamp with time zone not null,
  created_by integer,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX deletion_age ON public.deletion USING btree (created_at);
CREATE INDEX deletion_recent ON public.deletion USING btree (id);

create table department (
  id integer not null default nextval('principal_id'::regclass),
  name text not null,
  parent_id integer,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES department(id)
);
CREATE UNIQUE INDEX department_name ON public.department USING btree (COALESCE(parent_id, 0), name) WHERE (deleted_at IS NULL);

create table department_move (
  owner_id integer not null,
  from_id integer not null,
  to_id integer not null,
  PRIMARY KEY (owner_id, from_id),
  FOREIGN KEY (from_id) REFERENCES department(id),
  FOREIGN KEY (owner_id) REFERENCES person(id),
  FOREIGN KEY (to_id) REFERENCES department(id)
);

create table dictionary (
  name text not null,
  label jsonb not null,
  entries jsonb not null,
  "position" integer not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  PRIMARY KEY (name)
);

create table event (
  customer_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  actor_id integer,
  subject_kind text not null,
  subject_id uuid not null,
  payload jsonb,
  salt bytea,
  digest bytea not null,
  tx xid8 not null,
  era integer not null,
  PRIMARY KEY (customer_id, id)
) partition by RANGE (id);
CREATE INDEX event_subject ON public.event USING btree (customer_id, subject_id, id DESC);
CREATE INDEX event_timeline ON public.event USING btree (customer_id, at DESC, id DESC);
CREATE INDEX event_unsealed ON public.event USING btree (era, tx, id);

create table event_seal (
  "position" bigint not null,
  era integer not null,
  tx xid8 not null,
  customer_id uuid not null,
  event_id uuid not null,
  digest bytea not null,
  chain bytea not null,
  sealed_at timestamp with time zone not null,
  PRIMARY KEY ("position")
);
CREATE INDEX event_seal_order ON public.event_seal USING btree (era, tx, event_id);

create table export_choice (
  customer_id uuid not null,
  id uuid not null,
  person_id integer not null,
  entity text not null,
  columns text[] not null,
  format text not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (customer_id, id)
);

create table export_run (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  question jsonb not null,
  columns text[] not null,
  format text not null,
  status text not null,
  reason text,
  total integer not null,
  done integer not null,
  file_id uuid,
  file_name text not null,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  plain text[] not null default '{}'::text[],
  reach jsonb,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX export_run_recent ON public.export_run USING btree (customer_id, created_by, id);

create table file (
  customer_id uuid not null,
  id uuid not null,
  name text not null,
  size bigint not null,
  media_type text not null,
  sha256 text not null,
  subject_kind text,
  subject_id uuid,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  subject_field text,
  deletion_id uuid,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX file_recent ON public.file USING btree (customer_id, created_at DESC, id DESC);
CREATE INDEX file_sha256 ON public.file USING btree (sha256);
CREATE INDEX file_subject ON public.file USING btree (customer_id, subject_id);
CREATE INDEX file_waiting ON public.file USING btree (created_at) WHERE (subject_kind = 'upload'::text);

create table import (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  file_id uuid not null,
  file_name text not null,
  format text not null,
  encoding text,
  separator text,
  sheets text[] not null,
  sheet text,
  header text[] not null,
  preview jsonb not null,
  mapping jsonb not null,
  mode text not null,
  key text,
  defaults jsonb not null,
  status text not null,
  reason text,
  facts jsonb,
  counts jsonb not null,
  next_row integer not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  undo jsonb,
  header_row integer not null default 1,
  dates jsonb not null default '{}'::jsonb,
  decisions jsonb not null default '{}'::jsonb,
  unread jsonb not null default '[]'::jsonb,
  mapping_name text,
  archive_file_id uuid,
  archive jsonb,
  swept_at timestamp with time zone,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX import_recent ON public.import USING btree (customer_id, created_at DESC, id DESC);
CREATE INDEX import_unswept ON public.import USING btree (customer_id, updated_at) WHERE (swept_at IS NULL);

create table import_key (
  customer_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  record_id uuid,
  made boolean not null,
  given jsonb not null,
  beside jsonb not null,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX import_key_record ON public.import_key USING btree (customer_id, import_id, record_id);

create table import_mapping (
  customer_id uuid not null,
  id uuid not null,
  entity text not null,
  name text not null,
  headings text not null,
  columns jsonb not null,
  mode text not null,
  key text,
  dates jsonb not null,
  decisions jsonb not null,
  shared boolean not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX import_mapping_headings ON public.import_mapping USING btree (customer_id, entity, headings);

create table import_problem (
  customer_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  column_name text,
  level text not null,
  reason text not null,
  value text,
  detail jsonb,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX import_problem_rows ON public.import_problem USING btree (customer_id, import_id, row_number, id);

create table import_row (
  customer_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  entity text not null,
  record_customer_id uuid not null,
  record_id uuid not null,
  created boolean not null,
  version integer not null,
  version_before integer not null,
  before jsonb not null,
  touched boolean not null,
  outcome text,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX import_row_record ON public.import_row USING btree (customer_id, record_customer_id, record_id);
CREATE INDEX import_row_records ON public.import_row USING btree (customer_id, import_id, record_customer_id, record_id);

create table interaction (
  customer_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  channel text not null,
  direction text not null,
  summary text not null,
  contact_id uuid,
  person_id integer,
  minutes integer,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb,
  deletion_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact(customer_id, id),
  FOREIGN KEY (customer_id) REFERENCES customer(id),
  FOREIGN KEY (person_id) REFERENCES person(id)
);
CREATE INDEX interaction_by_at ON public.interaction USING btree (at, id);
CREATE INDEX interaction_by_created ON public.interaction USING btree (created_at, id);
CREATE INDEX interaction_by_updated ON public.interaction USING btree (updated_at, id);
CREATE INDEX interaction_contact ON public.interaction USING btree (customer_id, contact_id);
CREATE INDEX interaction_timeline ON public.interaction USING btree (customer_id, at DESC, id DESC);

create table key_claim (
  kind text not null,
  key text not null,
  customer_id uuid not null,
  id uuid not null,
  digest bytea,
  created_at timestamp with time zone not null,
  PRIMARY KEY (kind, key)
);
CREATE INDEX key_claim_record ON public.key_claim USING btree (customer_id, id);

create table list_setting (
  person_id integer not null,
  entity text not null,
  columns jsonb not null default '{}'::jsonb,
  default_view text,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (person_id, entity)
);

create table list_view (
  id uuid not null,
  entity text not null,
  name text not null,
  owner_id integer not null,
  shared_with integer[] not null default '{}'::integer[],
  definition jsonb not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE INDEX list_view_entity_owner_id_idx ON public.list_view USING btree (entity, owner_id) WHERE (deleted_at IS NULL);

create table migration (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now(),
  PRIMARY KEY (name)
);

create table numbering_rule (
  entity text not null,
  prefix text not null,
  dated text not null,
  digits integer not null,
  reset text not null,
  version integer not null,
  updated_at timestamp with time zone not null,
  updated_by integer,
  PRIMARY KEY (entity)
);

create table numbering_series (
  entity text not null,
  period text not null,
  last bigint not null,
  PRIMARY KEY (entity, period)
);

create table person (
  id integer not null default nextval('principal_id'::regclass),
  username text not null,
  name text not null,
  department_id integer not null,
  scope text not null,
  scope_departments integer[] not null,
  locale text not null,
  active boolean not null,
  auth_user_id text,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  email text,
  password_given boolean not null default false,
  roles text[] not null,
  post_id uuid,
  UNIQUE (auth_user_id),
  PRIMARY KEY (id),
  FOREIGN KEY (department_id) REFERENCES department(id),
  FOREIGN KEY (post_id) REFERENCES post(id)
);
CREATE INDEX person_department ON public.person USING btree (department_id);
CREATE UNIQUE INDEX person_email ON public.person USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE UNIQUE INDEX person_username ON public.person USING btree (lower(username));

create table post (
  id uuid not null,
  name text not null,
  roles text[] not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE UNIQUE INDEX post_name ON public.post USING btree (name) WHERE (deleted_at IS NULL);

create table role (
  id text not null,
  label jsonb not null,
  description text not null,
  built_in boolean not null,
  default_scope text not null,
  departments integer[] not null,
  rights jsonb not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE UNIQUE INDEX role_label ON public.role USING btree (((label ->> 'zh'::text))) WHERE (deleted_at IS NULL);

create table search_document (
  customer_id uuid not null,
  id uuid not null,
  field text not null,
  tokens text[] not null,
  text text not null,
  PRIMARY KEY (customer_id, id, field)
);
CREATE INDEX search_document_tokens ON public.search_document USING gin (tokens);

create table setting (
  key text not null,
  value jsonb not null,
  PRIMARY KEY (key)
);

create table share (
  id integer not null default nextval('principal_id'::regclass),
  principal_id integer not null,
  access text not null,
  until date,
  PRIMARY KEY (id)
);
CREATE UNIQUE INDEX share_key ON public.share USING btree (principal_id, access, COALESCE(until, 'infinity'::date));

create table stage_machine (
  entity text not null,
  field text not null,
  machine jsonb,
  version integer not null,
  updated_at timestamp with time zone not null,
  updated_by integer,
  PRIMARY KEY (entity, field)
);

create table task (
  customer_id uuid not null,
  id uuid not null,
  title text not null,
  due_on date not null,
  important boolean not null,
  urgent boolean not null,
  owner_id integer,
  note text,
  interaction_id uuid,
  done_at timestamp with time zone,
  done_by integer,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by integer,
  updated_at timestamp with time zone not null,
  updated_by integer,
  deleted_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb,
  deletion_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id) REFERENCES customer(id),
  FOREIGN KEY (customer_id, interaction_id) REFERENCES interaction(customer_id, id),
  FOREIGN KEY (done_by) REFERENCES person(id),
  FOREIGN KEY (owner_id) REFERENCES person(id)
);
CREATE INDEX task_by_created ON public.task USING btree (created_at, id);
CREATE INDEX task_by_due ON public.task USING btree (due_on, id);
CREATE INDEX task_by_updated ON public.task USING btree (updated_at, id);
CREATE INDEX task_customer ON public.task USING btree (customer_id, due_on, id);
CREATE INDEX task_done ON public.task USING btree (done_by, done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX task_interaction ON public.task USING btree (customer_id, interaction_id);
CREATE INDEX task_open ON public.task USING btree (owner_id, due_on, id) WHERE ((done_at IS NULL) AND (deleted_at IS NULL));
