-- Lists of choices and ways of stages become data that administrators edit. A dictionary and a machine
-- are read and written as a whole, so each is one row. Records keep the value of a choice, never its
-- name: renaming changes no record. Words that were typed before and are names of the first lists
-- become values of them; all others stay as they were written.

create table dictionary (
  name text primary key,
  label jsonb not null,
  entries jsonb not null,
  position integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by integer,
  updated_at timestamptz not null,
  updated_by integer,
  deleted_at timestamptz
);

create table stage_machine (
  entity text not null,
  field text not null,
  machine jsonb,
  version integer not null,
  updated_at timestamptz not null,
  updated_by integer,
  primary key (entity, field)
);

-- The channels that firms ask about most; 行业 by the 20 sections of GB/T 4754—2017.
insert into dictionary (name, label, entries, position, version, created_at, updated_at)
select name, label, (
    select jsonb_agg(jsonb_build_object('value', e[1], 'label', jsonb_build_object('zh', e[2], 'en', e[3]))
      || case when e[4] = '' then '{}' else jsonb_build_object('aliases', to_jsonb(string_to_array(e[4], '|'))) end order by o)
    from unnest(string_to_array(entries, E'\n')) with ordinality l(line, o),
      lateral (select string_to_array(line, ',') as e) parts),
  position, 1, '2026-01-01Z', '2026-01-01Z'
from (values
  ('source', '{"zh": "客户来源", "en": "Sources"}'::jsonb, 1,
'referral,客户介绍,Referral,转介绍|老客户介绍
repeat,老客户,Returning customer,回头客
outbound,主动开发,Own prospecting,自行开发|自主开发
walk_in,上门,Walk-in,到店|来店|自来客
phone_in,来电,Phone call in,电话咨询|来电咨询
exhibition,展会,Exhibition,展览|展览会
event,活动,Event,市场活动
official_website,官网,Own website,公司网站|企业官网
search_engine,搜索引擎,Search engine,网络搜索
wechat,微信,WeChat,
short_video,短视频和直播,Short video,
online_shop,电商平台,Online shop,电商
partner,渠道伙伴,Partner,渠道|合作伙伴
tender,招投标,Tender,招标|投标
advertisement,广告,Advertisement,广告投放
other,其他,Other,其它'),
  ('industry', '{"zh": "行业", "en": "Industries"}'::jsonb, 2,
'gbt_a,农、林、牧、渔业,Agriculture,
gbt_b,采矿业,Mining,采矿
gbt_c,制造业,Manufacturing,制造
gbt_d,电力、热力、燃气及水生产和供应业,Utilities,
gbt_e,建筑业,Construction,建筑
gbt_f,批发和零售业,Wholesale and retail,
gbt_g,交通运输、仓储和邮政业,Transport and storage,
gbt_h,住宿和餐饮业,Hotels and catering,
gbt_i,信息传输、软件和信息技术服务业,Information technology,
gbt_j,金融业,Finance,金融
gbt_k,房地产业,Real estate,房地产
gbt_l,租赁和商务服务业,Leasing and business services,
gbt_m,科学研究和技术服务业,Research and technical services,
gbt_n,水利、环境和公共设施管理业,Water and environment,
gbt_o,居民服务、修理和其他服务业,Personal services and repair,
gbt_p,教育,Education,
gbt_q,卫生和社会工作,Health and social work,
gbt_r,文化、体育和娱乐业,Culture and sport,
gbt_s,公共管理、社会保障和社会组织,Public administration,
gbt_t,国际组织,International organisations,')
) as first (name, label, position, entries);

update customer set source = e.value from (
  select entry ->> 'value' as value, entry -> 'label' ->> 'zh' as zh
  from dictionary, jsonb_array_elements(entries) entry where name = 'source') e where source = e.zh;
update customer set industry = e.value from (
  select entry ->> 'value' as value, entry -> 'label' ->> 'zh' as zh
  from dictionary, jsonb_array_elements(entries) entry where name = 'industry') e where industry = e.zh;
