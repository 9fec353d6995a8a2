-- Roles become data that a firm shapes: how far each verb reaches over each kind of record, further
-- permission keys, and rights over fields. The four built-in ones are what the code held until now:
-- where they say `personal`, the scope that is kept with each person applies, so that everybody may
-- and sees what they did before. The administrator's rights stay in the code, as nobody may lessen
-- them. A post (岗位) is a named set of roles; a person holds roles, a post, or both.

create table role (
  id text primary key,
  label jsonb not null,
  description text not null,
  built_in boolean not null,
  default_scope text not null,
  departments integer[] not null,
  rights jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz
);
create unique index role_label on role ((label ->> 'zh')) where deleted_at is null;

create table post (
  id uuid primary key,
  name text not null,
  roles text[] not null,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz
);
create unique index post_name on post (name) where deleted_at is null;

insert into role (id, label, description, built_in, default_scope, departments, rights, version, created_at, updated_at)
values
  ('administrator', '{"zh": "管理员", "en": "Administrator"}', '管理人员、角色、部门、字段和全部数据', true, 'all', '{}',
    '{"kinds": {"*": {"view": "personal", "create": "personal", "edit": "personal", "delete": "personal",
        "import": "personal", "export": "personal", "transfer": "personal"}},
      "keys": [], "levels": {"internal": "write", "personal": "write", "sensitive": "write"}, "fields": {}}', 1, now(), now()),
  ('manager', '{"zh": "主管", "en": "Manager"}', '查看和修改范围内的客户，可导入、导出，可看操作记录', true, 'subtree', '{}',
    '{"kinds": {"*": {"view": "personal", "create": "personal", "edit": "personal", "delete": "personal",
        "import": "personal", "export": "personal", "transfer": "personal"}},
      "keys": ["events.view", "views.share", "api_keys.own"],
      "levels": {"internal": "write", "personal": "write", "sensitive": "write"}, "fields": {}}', 1, now(), now()),
  ('staff', '{"zh": "员工", "en": "Staff"}', '管理范围内的客户，可导入；不能删除客户，不能导出', true, 'own', '{}',
    '{"kinds": {"*": {"view": "personal", "create": "personal", "edit": "personal", "delete": "personal",
        "import": "personal", "export": "none", "transfer": "personal"}, "customer": {"delete": "none"}},
      "keys": ["api_keys.own"],
      "levels": {"internal": "write", "personal": "write", "sensitive": "write"}, "fields": {}}', 1, now(), now()),
  ('reader', '{"zh": "只读", "en": "Reader"}', '只看不改，电话等个人信息隐去一部分', true, 'department', '{}',
    '{"kinds": {"*": {"view": "personal", "create": "none", "edit": "none", "delete": "none",
        "import": "none", "export": "none", "transfer": "none"}},
      "keys": [], "levels": {"internal": "read", "personal": "masked", "sensitive": "masked"}, "fields": {}}', 1, now(), now());

alter table person add column roles text[], add column post_id uuid references post;
update person set roles = array[role];
alter table person alter column roles set not null, drop column role;
