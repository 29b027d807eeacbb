SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.ask (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    contact_id bigint NOT NULL,
    result_id bigint,
    offer_id bigint,
    template_id bigint,
    moment character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    sent_by character varying(32) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    answer character varying(32),
    answered_at timestamp with time zone,
    override_reason text,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.ask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.ask_id_seq OWNED BY public.ask.id;

CREATE TABLE public.audit (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id character varying(32) NOT NULL,
    action character varying(64) NOT NULL,
    record character varying(32) NOT NULL,
    record_id character varying(64) NOT NULL,
    detail json NOT NULL
);

CREATE SEQUENCE public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;

CREATE TABLE public.contact (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    customer_id bigint NOT NULL,
    name character varying(255) NOT NULL,
    name_key character varying(255) NOT NULL,
    search_key character varying(512) NOT NULL,
    email character varying(320),
    job_title character varying(255),
    opted_out_at timestamp with time zone,
    complaint_at timestamp with time zone,
    came_from_referral_id bigint,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.contact_id_seq OWNED BY public.contact.id;

CREATE TABLE public.contact_state (
    contact_id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    customer_id bigint NOT NULL,
    owner_id character varying(32),
    opted_out boolean NOT NULL,
    open_complaint boolean NOT NULL,
    nps_id bigint,
    nps_score smallint,
    nps_at timestamp with time zone,
    nps_by character varying(32),
    previous_nps_id bigint,
    previous_nps_score smallint,
    previous_nps_at timestamp with time zone,
    result_id bigint,
    result_kpi character varying(255),
    result_percent numeric(24,4),
    result_at timestamp with time zone,
    moment character varying(32),
    moment_at timestamp with time zone,
    last_ask_id bigint,
    last_asked_at timestamp with time zone,
    last_asked_by character varying(32),
    last_answer character varying(32),
    referrals_given integer NOT NULL,
    is_promoter boolean NOT NULL,
    is_askable boolean NOT NULL,
    rank_key bigint NOT NULL
);

CREATE TABLE public.customer (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    name character varying(255) NOT NULL,
    name_key character varying(255) NOT NULL,
    search_key character varying(512) NOT NULL,
    kind character varying(32) NOT NULL,
    owner_id character varying(32),
    owner_email character varying(320),
    locale character varying(16),
    contract_date date,
    gift_policy character varying(32) NOT NULL,
    reported_at timestamp with time zone,
    came_from_referral_id bigint,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.customer_id_seq OWNED BY public.customer.id;

CREATE TABLE public.delivery (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    dedup_key character varying(255) NOT NULL,
    kind character varying(32) NOT NULL,
    method character varying(32) NOT NULL,
    channel character varying(64) NOT NULL,
    target_ts character varying(32),
    response_url character varying(1024),
    payload json NOT NULL,
    due_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(32) NOT NULL,
    owner character varying(64),
    lease_until timestamp with time zone,
    epoch integer DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    first_try_at timestamp with time zone,
    posted_channel character varying(32),
    slack_ts character varying(32),
    settled_at timestamp with time zone,
    last_error text,
    is_stale boolean NOT NULL
);

CREATE SEQUENCE public.delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.delivery_id_seq OWNED BY public.delivery.id;

CREATE TABLE public.errand (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    kind character varying(32) NOT NULL,
    key character varying(255) NOT NULL,
    state character varying(32) NOT NULL,
    asked_by character varying(32) NOT NULL,
    detail json NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    last_error text
);

CREATE SEQUENCE public.errand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.errand_id_seq OWNED BY public.errand.id;

CREATE TABLE public.follow_up (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    kind character varying(32) NOT NULL,
    owed_by character varying(32),
    state character varying(32) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    remind_at timestamp with time zone,
    snoozed_by character varying(32),
    announce_at timestamp with time zone,
    customer_id bigint,
    contact_id bigint,
    referral_id bigint,
    ask_id bigint,
    settled_at timestamp with time zone,
    settled_by character varying(32),
    created_at timestamp with time zone NOT NULL
);

CREATE SEQUENCE public.follow_up_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.follow_up_id_seq OWNED BY public.follow_up.id;

CREATE TABLE public.inbox (
    team_id character varying(32) NOT NULL,
    key character varying(255) NOT NULL,
    seen_at timestamp with time zone NOT NULL
);

CREATE TABLE public.moment (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    contact_id bigint NOT NULL,
    kind character varying(32) NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    source_link character varying(1024),
    happened_at timestamp with time zone NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.moment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.moment_id_seq OWNED BY public.moment.id;

CREATE TABLE public.nps (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    contact_id bigint NOT NULL,
    score smallint NOT NULL,
    comment text DEFAULT ''::text NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT ck_nps_score_is_nps CHECK (((score >= 0) AND (score <= 10)))
);

CREATE SEQUENCE public.nps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.nps_id_seq OWNED BY public.nps.id;

CREATE TABLE public.offer (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    kind character varying(32) NOT NULL,
    title_ja character varying(255) NOT NULL,
    title_en character varying(255) NOT NULL,
    audience character varying(32),
    valid_until date,
    involves_money boolean NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.offer_id_seq OWNED BY public.offer.id;

CREATE TABLE public.person (
    team_id character varying(32) NOT NULL,
    user_id character varying(32) NOT NULL,
    name character varying(255) NOT NULL,
    email character varying(320),
    locale character varying(16) NOT NULL,
    timezone character varying(64) NOT NULL,
    role character varying(32) NOT NULL,
    is_member boolean NOT NULL,
    is_active boolean NOT NULL,
    is_guest boolean NOT NULL,
    is_bot boolean NOT NULL,
    is_stranger boolean NOT NULL,
    dm_channel_id character varying(32),
    refreshed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.referral (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    referrer_id bigint NOT NULL,
    ask_id bigint,
    company character varying(255) NOT NULL,
    company_key character varying(255) NOT NULL,
    person character varying(255) DEFAULT ''::character varying NOT NULL,
    person_key character varying(255) DEFAULT ''::character varying NOT NULL,
    email character varying(320),
    need text DEFAULT ''::text NOT NULL,
    source_link character varying(1024),
    owner_id character varying(32) NOT NULL,
    stage character varying(32) NOT NULL,
    generation integer NOT NULL,
    consent character varying(32) NOT NULL,
    consent_at timestamp with time zone,
    consent_on date,
    consent_by character varying(32),
    consent_how text DEFAULT ''::text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    contacted_at timestamp with time zone,
    meeting_at timestamp with time zone,
    outcome_at timestamp with time zone,
    closed_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    who_would_fit text DEFAULT ''::text NOT NULL,
    amount_minor bigint,
    currency character varying(3),
    news text DEFAULT ''::text NOT NULL,
    news_at timestamp with time zone,
    won_customer_id bigint,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.referral_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.referral_id_seq OWNED BY public.referral.id;

CREATE TABLE public.result (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    customer_id bigint NOT NULL,
    contact_id bigint,
    kpi character varying(255) NOT NULL,
    before numeric(24,6) NOT NULL,
    after numeric(24,6) NOT NULL,
    before_unit character varying(32) NOT NULL,
    after_unit character varying(32) NOT NULL,
    direction character varying(32) NOT NULL,
    period character varying(64) DEFAULT ''::character varying NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    percent numeric(24,4),
    improved boolean,
    measured_at timestamp with time zone NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.result_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.result_id_seq OWNED BY public.result.id;

CREATE TABLE public.second_referrer (
    referral_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.shown_follow_up (
    delivery_id bigint NOT NULL,
    follow_up_id bigint NOT NULL,
    "position" smallint NOT NULL,
    team_id character varying(32) NOT NULL
);

CREATE TABLE public.template (
    id bigint NOT NULL,
    team_id character varying(32) NOT NULL,
    name character varying(64) NOT NULL,
    locale character varying(16) NOT NULL,
    version integer NOT NULL,
    subject character varying(255) NOT NULL,
    body text NOT NULL,
    short text NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

CREATE SEQUENCE public.template_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.template_id_seq OWNED BY public.template.id;

CREATE TABLE public.workspace (
    team_id character varying(32) NOT NULL,
    name character varying(255) NOT NULL,
    bot_user_id character varying(32) NOT NULL,
    channel_id character varying(32),
    locale character varying(16) NOT NULL,
    timezone character varying(64) NOT NULL,
    country character varying(2) NOT NULL,
    currency character varying(3) NOT NULL,
    policy json NOT NULL,
    ideal_customer text DEFAULT ''::text NOT NULL,
    ideal_customer_other text DEFAULT ''::text NOT NULL,
    offers_reviewed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.ask ALTER COLUMN id SET DEFAULT nextval('public.ask_id_seq'::regclass);

ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);

ALTER TABLE ONLY public.contact ALTER COLUMN id SET DEFAULT nextval('public.contact_id_seq'::regclass);

ALTER TABLE ONLY public.customer ALTER COLUMN id SET DEFAULT nextval('public.customer_id_seq'::regclass);

ALTER TABLE ONLY public.delivery ALTER COLUMN id SET DEFAULT nextval('public.delivery_id_seq'::regclass);

ALTER TABLE ONLY public.errand ALTER COLUMN id SET DEFAULT nextval('public.errand_id_seq'::regclass);

ALTER TABLE ONLY public.follow_up ALTER COLUMN id SET DEFAULT nextval('public.follow_up_id_seq'::regclass);

ALTER TABLE ONLY public.moment ALTER COLUMN id SET DEFAULT nextval('public.moment_id_seq'::regclass);

ALTER TABLE ONLY public.nps ALTER COLUMN id SET DEFAULT nextval('public.nps_id_seq'::regclass);

ALTER TABLE ONLY public.offer ALTER COLUMN id SET DEFAULT nextval('public.offer_id_seq'::regclass);

ALTER TABLE ONLY public.referral ALTER COLUMN id SET DEFAULT nextval('public.referral_id_seq'::regclass);

ALTER TABLE ONLY public.result ALTER COLUMN id SET DEFAULT nextval('public.result_id_seq'::regclass);

ALTER TABLE ONLY public.template ALTER COLUMN id SET DEFAULT nextval('public.template_id_seq'::regclass);

INSERT INTO public.alembic_version VALUES
	('0001');

INSERT INTO public.ask VALUES
	(1, 'T0HARUKAZE', 1, 1, 1, 1, 'thanks', 'answered', 'U0SATO', '2026-11-16 01:00:00.000101+00', 'referred', '2026-11-16 01:00:00.000125+00', NULL, 'U0SATO', '2026-11-16 01:00:00.000101+00', NULL);

INSERT INTO public.audit VALUES
	(1, 'T0HARUKAZE', '2026-11-16 01:00:00.000004+00', 'U0MORI', 'become_first_admin', 'person', 'U0MORI', '{}'),
	(2, 'T0HARUKAZE', '2026-11-16 01:00:00.000013+00', 'U0MORI', 'import', 'file', 'FCB2F78C8D5', '{}'),
	(3, 'T0HARUKAZE', '2026-11-16 01:00:00.000028+00', 'U0MORI', 'import', 'workspace', 'T0HARUKAZE', '{"customers_new": 40, "customers_changed": 0, "contacts_new": 40, "contacts_changed": 0}'),
	(4, 'T0HARUKAZE', '2026-11-16 01:00:00.000068+00', 'U0MORI', 'edit_roles', 'person', 'U0EMMA', '{"before": "rep", "after": "manager"}'),
	(5, 'T0HARUKAZE', '2026-11-16 01:00:00.000073+00', 'U0MORI', 'edit_settings', 'workspace', 'T0HARUKAZE', '{}'),
	(6, 'T0HARUKAZE', '2026-11-16 01:00:00.000082+00', 'U0SATO', 'log_nps', 'nps', '1', '{"contact_id": 1}'),
	(7, 'T0HARUKAZE', '2026-11-16 01:00:00.000084+00', 'U0SATO', 'log_nps', 'nps', '2', '{"contact_id": 4}'),
	(8, 'T0HARUKAZE', '2026-11-16 01:00:00.000086+00', 'U0SATO', 'log_nps', 'nps', '3', '{"contact_id": 3}'),
	(9, 'T0HARUKAZE', '2026-11-16 01:00:00.000088+00', 'U0SATO', 'log_result', 'result', '1', '{"customer_id": 1}'),
	(10, 'T0HARUKAZE', '2026-11-16 01:00:00.000098+00', 'U0SATO', 'log_moment', 'moment', '1', '{"contact_id": 1}'),
	(11, 'T0HARUKAZE', '2026-11-16 01:00:00.000101+00', 'U0SATO', 'ask', 'ask', '1', '{"contact_id": 1}'),
	(12, 'T0HARUKAZE', '2026-11-16 01:00:00.000111+00', 'U0EMMA', 'log_nps', 'nps', '4', '{"contact_id": 28}'),
	(13, 'T0HARUKAZE', '2026-11-16 01:00:00.000113+00', 'U0EMMA', 'log_result', 'result', '2', '{"customer_id": 28}'),
	(14, 'T0HARUKAZE', '2026-11-16 01:00:00.000115+00', 'U0EMMA', 'log_moment', 'moment', '2', '{"contact_id": 28}'),
	(15, 'T0HARUKAZE', '2026-11-16 01:00:00.000125+00', 'U0SATO', 'log_referral', 'referral', '1', '{"contact_id": 1, "ask_id": 1}'),
	(16, 'T0HARUKAZE', '2026-11-16 01:00:00.000125+00', 'U0SATO', 'answer_referred', 'ask', '1', '{"contact_id": 1}'),
	(17, 'T0HARUKAZE', '2026-11-16 01:00:00.000141+00', 'U0SATO', 'tick_follow_up', 'follow_up', '4', '{"kind": "thanks_referral"}'),
	(18, 'T0HARUKAZE', '2026-11-16 01:00:00.000164+00', 'U0SATO', 'record_consent', 'referral', '1', '{"consent": "agreed"}'),
	(19, 'T0HARUKAZE', '2026-11-16 01:00:00.000182+00', 'U0SATO', 'tick_follow_up', 'follow_up', '6', '{"kind": "first_contact"}'),
	(20, 'T0HARUKAZE', '2026-11-16 01:00:00.000205+00', 'U0SATO', 'note_news', 'referral', '1', '{}'),
	(21, 'T0HARUKAZE', '2026-11-16 01:00:00.00021+00', 'U0SATO', 'add_second_referrer', 'referral', '1', '{"contact_id": 3}'),
	(22, 'T0HARUKAZE', '2026-11-16 01:00:00.000223+00', 'U0EMMA', 'log_referral', 'referral', '2', '{"contact_id": 28, "ask_id": null}'),
	(23, 'T0HARUKAZE', '2026-11-16 01:00:00.000242+00', 'U0MORI', 'delete', 'customer', '5', '{}'),
	(24, 'T0HARUKAZE', '2026-11-16 01:00:00.000246+00', 'U0MORI', 'restore', 'customer', '5', '{}'),
	(25, 'T0HARUKAZE', '2026-11-16 01:00:00.000256+00', 'U0MORI', 'add_contact', 'contact', '41', '{"customer_id": 1}'),
	(26, 'T0HARUKAZE', '2026-11-16 01:00:00.00026+00', 'U0SATO', 'log_nps', 'nps', '5', '{"contact_id": 5}'),
	(27, 'T0HARUKAZE', '2026-11-16 01:00:00.000266+00', 'U0SATO', 'correct', 'nps', '5', '{"contact_id": 5}'),
	(28, 'T0HARUKAZE', '2026-11-19 01:00:00.000426+00', 'U0SATO', 'move_referral', 'referral', '1', '{"to": "meeting"}'),
	(29, 'T0HARUKAZE', '2026-11-19 01:00:00.000453+00', 'U0SATO', 'tick_follow_up', 'follow_up', '12', '{"kind": "thanks_meeting"}'),
	(30, 'T0HARUKAZE', '2026-11-19 01:00:00.000476+00', 'U0SATO', 'move_referral', 'referral', '1', '{"to": "won"}'),
	(31, 'T0HARUKAZE', '2026-11-19 01:00:00.000508+00', 'U0SATO', 'log_nps', 'nps', '6', '{"contact_id": 42}'),
	(32, 'T0HARUKAZE', '2026-11-19 01:00:00.000523+00', 'U0EMMA', 'move_referral', 'referral', '2', '{"to": "lost"}'),
	(33, 'T0HARUKAZE', '2026-11-24 01:00:00.000724+00', 'U0SATO', 'log_referral', 'referral', '3', '{"contact_id": 1, "ask_id": null}'),
	(34, 'T0HARUKAZE', '2026-11-24 01:00:00.000729+00', 'U0MORI', 'edit_settings', 'workspace', 'T0HARUKAZE', '{}');

INSERT INTO public.contact VALUES
	(1, 'T0HARUKAZE', 1, '吉野 真理', '吉野真理', '吉野真理', 'yoshino@yamada-mfg.example', '営業部 部長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(2, 'T0HARUKAZE', 2, '髙﨑 健一', '髙﨑健一', '高崎健一', 'takasaki@takasaki-seiko.example', '代表取締役', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(3, 'T0HARUKAZE', 3, '三浦 彩', '三浦彩', '三浦彩', 'miura@minato-logi.example', '業務改革室 室長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(4, 'T0HARUKAZE', 4, '青木 隆', '青木隆', '青木隆', 'aoki@aoba-kaikei.example', '副所長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(5, 'T0HARUKAZE', 5, '工藤 誠', '工藤誠', '工藤誠', 'kudo@hokuto-kensetsu.example', '購買部 課長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(6, 'T0HARUKAZE', 6, '菅野 由美', '菅野由美', '菅野由美', 'kanno@sumire-yakuhin.example', '情報システム部 主任', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(7, 'T0HARUKAZE', 7, '東 大輔', '東大輔', '東大輔', 'azuma@shinonome-denshi.example', '製造部 次長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(8, 'T0HARUKAZE', 8, '燕 さくら', '燕さくら', '燕サクラ', 'tsubame@tsubame-print.example', '営業企画', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(9, 'T0HARUKAZE', 9, '川瀬 美穂', '川瀬美穂', '川瀬美穂', 'kawase@kawasemi.example', '代表', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(10, 'T0HARUKAZE', 10, '桜井 拓也', '桜井拓也', '桜井拓也', 'sakurai@sakurai-foods.example', '取締役', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(11, 'T0HARUKAZE', 11, '藤田 葵', '藤田葵', '藤田葵', 'fujita@fujidana-hotel.example', '支配人', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(12, 'T0HARUKAZE', 12, '雲井 亮', '雲井亮', '雲井亮', 'kumoi@hibari-hr.example', '営業部長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(13, 'T0HARUKAZE', 13, '根岸 修', '根岸修', '根岸修', 'negishi@kanto-neji.example', '事務局長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(14, 'T0HARUKAZE', 14, '鶴見 直樹', '鶴見直樹', '鶴見直樹', 'tsurumi@tsurumi-keiso.example', '技術部 部長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(15, 'T0HARUKAZE', 15, '白井 紗希', '白井紗希', '白井紗希', 'shirai@shirakaba.example', '店舗統括', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(16, 'T0HARUKAZE', 16, '緑川 仁', '緑川仁', '緑川仁', 'midorikawa@midori-is.example', 'サービス部長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(17, 'T0HARUKAZE', 17, '宝田 玲子', '宝田玲子', '宝田玲子', 'takarada@horai.example', '管理本部 本部長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(18, 'T0HARUKAZE', 18, '小林 修平', '小林修平', '小林修平', 'kobayashi@shinano-logitec.example', 'センター長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(19, 'T0HARUKAZE', 19, '潮田 渉', '潮田渉', '潮田渉', 'shioda@shioji.example', '営業課長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(20, 'T0HARUKAZE', 20, '大和田 恵', '大和田恵', '大和田恵', 'owada@owada-dental.example', '理事長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(21, 'T0HARUKAZE', 21, '木村 剛', '木村剛', '木村剛', 'kimura@kitsutsuki.example', '専務取締役', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(22, 'T0HARUKAZE', 22, '蛍原 圭', '蛍原圭', '蛍原圭', 'hotohara@hotaru-energy.example', '法人営業部 部長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(23, 'T0HARUKAZE', 23, '丸山 典子', '丸山典子', '丸山典子', 'maruyama@marusan-seni.example', '生産管理', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(24, 'T0HARUKAZE', 24, '若林 聡', '若林聡', '若林聡', 'wakabayashi@wakaba-gakuen.example', '法人事務局 次長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(25, 'T0HARUKAZE', 25, '北見 翼', '北見翼', '北見翼', 'kitami@northlink.example', 'アライアンス担当', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(26, 'T0HARUKAZE', 26, '西園 香織', '西園香織', '西園香織', 'nishizono@mono-dx.example', '世話人', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(27, 'T0HARUKAZE', 27, 'Olivia Hart', 'oliviahart', 'oliviahart', 'olivia@bramblefinch.example', 'Head of Operations', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(28, 'T0HARUKAZE', 28, 'James Whitlock', 'jameswhitlock', 'jameswhitlock', 'james@calder-robotics.example', 'COO', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(29, 'T0HARUKAZE', 29, 'Priya Nair', 'priyanair', 'priyanair', 'priya@northgate-logistics.example', 'Director of Planning', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(30, 'T0HARUKAZE', 30, 'Tom Ellery', 'tomellery', 'tomellery', 'tom@hazelmere-foods.example', 'Supply Chain Lead', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(31, 'T0HARUKAZE', 31, 'Claire Rousseau', 'clairerousseau', 'clairerousseau', 'claire@atelier-rousseau.example', 'Directrice générale', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(32, 'T0HARUKAZE', 32, 'Anders Lindqvist', 'anderslindqvist', 'anderslindqvist', 'anders@lindqvist-timber.example', 'Managing Director', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(33, 'T0HARUKAZE', 33, 'Amara Boateng', 'amaraboateng', 'amaraboateng', 'amara@marlow-clinics.example', 'Practice Director', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(34, 'T0HARUKAZE', 34, 'Daniel Kerr', 'danielkerr', 'danielkerr', 'daniel@kestrel-brokers.example', 'Partner', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(35, 'T0HARUKAZE', 35, 'Jana Steinbach', 'janasteinbach', 'janasteinbach', 'jana@steinbach-werkzeuge.example', 'Vertriebsleitung', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(36, 'T0HARUKAZE', 36, 'Maria Lopes', 'marialopes', 'marialopes', 'maria@greenline-transit.example', 'Operations Manager', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(37, 'T0HARUKAZE', 37, 'Ben Okafor', 'benokafor', 'benokafor', 'ben@thames-makers.example', 'Organiser', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(38, 'T0HARUKAZE', 38, 'Sophie Fairweather', 'sophiefairweather', 'sophiefairweather', 'sophie@fairweather-partners.example', 'Founder', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(39, 'T0HARUKAZE', 39, '霧島 遥', '霧島遥', '霧島遥', 'kirishima@asagiri.example', '総務部 課長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(40, 'T0HARUKAZE', 40, '雷門 修', '雷門修', '雷門修', 'raimon@enrai-media.example', '編集長', NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(41, 'T0HARUKAZE', 1, '小野 豊', '小野豊', '小野豊', 'ono@yamada-mfg.example', NULL, NULL, NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000256+00', NULL),
	(42, 'T0HARUKAZE', 41, '有栖川 蓮', '有栖川蓮', '有栖川蓮', 'arisugawa@suzuki-shoji.example', NULL, NULL, NULL, 1, 'U0SATO', '2026-11-19 01:00:00.000476+00', NULL);

INSERT INTO public.contact_state VALUES
	(2, 'T0HARUKAZE', 2, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(6, 'T0HARUKAZE', 6, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(7, 'T0HARUKAZE', 7, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(8, 'T0HARUKAZE', 8, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(9, 'T0HARUKAZE', 9, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(10, 'T0HARUKAZE', 10, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(11, 'T0HARUKAZE', 11, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(12, 'T0HARUKAZE', 12, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(13, 'T0HARUKAZE', 13, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(14, 'T0HARUKAZE', 14, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(15, 'T0HARUKAZE', 15, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(16, 'T0HARUKAZE', 16, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(17, 'T0HARUKAZE', 17, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(18, 'T0HARUKAZE', 18, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(19, 'T0HARUKAZE', 19, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(20, 'T0HARUKAZE', 20, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(21, 'T0HARUKAZE', 21, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(22, 'T0HARUKAZE', 22, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(23, 'T0HARUKAZE', 23, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(24, 'T0HARUKAZE', 24, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(25, 'T0HARUKAZE', 25, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(26, 'T0HARUKAZE', 26, 'U0TANAKA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(27, 'T0HARUKAZE', 27, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(42, 'T0HARUKAZE', 41, 'U0SATO', false, false, 6, 10, '2026-11-19 01:00:00.000508+00', 'U0SATO', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, true, true, 1797296400),
	(29, 'T0HARUKAZE', 29, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(30, 'T0HARUKAZE', 30, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(31, 'T0HARUKAZE', 31, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(32, 'T0HARUKAZE', 32, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(33, 'T0HARUKAZE', 33, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(34, 'T0HARUKAZE', 34, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(35, 'T0HARUKAZE', 35, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(36, 'T0HARUKAZE', 36, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(37, 'T0HARUKAZE', 37, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(38, 'T0HARUKAZE', 38, 'U0EMMA', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(39, 'T0HARUKAZE', 39, NULL, false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(40, 'T0HARUKAZE', 40, NULL, false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 0),
	(4, 'T0HARUKAZE', 4, 'U0SATO', false, false, 2, 4, '2026-11-16 01:00:00.000084+00', 'U0SATO', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 1795136400),
	(3, 'T0HARUKAZE', 3, 'U0SATO', false, false, 3, 10, '2026-11-16 01:00:00.000086+00', 'U0SATO', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, true, true, 1797037200),
	(28, 'T0HARUKAZE', 28, 'U0EMMA', false, false, 4, 9, '2026-11-16 01:00:00.000111+00', 'U0EMMA', NULL, NULL, NULL, 2, 'picking time', -38.0000, '2026-11-16 01:00:00.000113+00', 'renewal', '2026-11-16 01:00:00.000115+00', NULL, NULL, NULL, NULL, 1, true, true, 1800147600),
	(1, 'T0HARUKAZE', 1, 'U0SATO', false, false, 1, 9, '2026-11-16 01:00:00.000082+00', 'U0SATO', NULL, NULL, NULL, 1, '見積作成時間', -48.0000, '2026-11-16 01:00:00.000088+00', 'thanks', '2026-11-16 01:00:00.000098+00', 1, '2026-11-16 01:00:00.000101+00', 'U0SATO', 'referred', 2, true, true, 1800493200),
	(41, 'T0HARUKAZE', 1, 'U0SATO', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '見積作成時間', -48.0000, '2026-11-16 01:00:00.000088+00', NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 1798419600),
	(5, 'T0HARUKAZE', 5, 'U0SATO', false, false, 5, 7, '2026-11-16 01:00:00.00026+00', 'U0SATO', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, 1795136400);

INSERT INTO public.customer VALUES
	(2, 'T0HARUKAZE', '髙﨑精工株式会社', '髙﨑精工', '高崎精工', 'customer', 'U0SATO', NULL, 'ja', '2025-10-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(3, 'T0HARUKAZE', 'みなと物流株式会社', 'みなと物流', 'ミナト物流', 'customer', 'U0SATO', NULL, 'ja', '2025-07-15', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(4, 'T0HARUKAZE', '株式会社あおば会計', 'あおば会計', 'アオバ会計', 'customer', 'U0SATO', NULL, 'ja', '2026-01-10', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(6, 'T0HARUKAZE', 'すみれ薬品株式会社', 'すみれ薬品', 'スミレ薬品', 'customer', 'U0SATO', NULL, 'ja', '2026-02-16', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(7, 'T0HARUKAZE', '東雲電子工業株式会社', '東雲電子工業', '東雲電子工業', 'customer', 'U0SATO', NULL, 'ja', '2025-09-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(8, 'T0HARUKAZE', '株式会社つばめ印刷', 'つばめ印刷', 'ツバメ印刷', 'customer', 'U0SATO', NULL, 'ja', '2026-05-11', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(9, 'T0HARUKAZE', '合同会社カワセミデザイン', 'カワセミデザイン', 'カワセミデザイン', 'customer', 'U0SATO', NULL, 'ja', '2026-03-02', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(10, 'T0HARUKAZE', '株式会社桜井フーズ', '桜井フーズ', '桜井フーズ', 'customer', 'U0SATO', NULL, 'ja', '2025-12-08', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(11, 'T0HARUKAZE', '藤棚ホテル株式会社', '藤棚ホテル', '藤棚ホテル', 'customer', 'U0SATO', NULL, 'ja', '2026-06-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(12, 'T0HARUKAZE', '株式会社ひばり人材', 'ひばり人材', 'ヒバリ人材', 'customer', 'U0SATO', NULL, 'ja', '2026-04-20', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(13, 'T0HARUKAZE', '関東ねじ工業会', '関東ねじ工業会', '関東ネジ工業会', 'association', 'U0SATO', NULL, 'ja', '2025-06-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(27, 'T0HARUKAZE', 'Bramble & Finch Ltd', 'bramblefinch', 'bramblefinch', 'customer', 'U0EMMA', NULL, 'en', '2025-09-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(29, 'T0HARUKAZE', 'Northgate Logistics plc', 'northgatelogistics', 'northgatelogistics', 'customer', 'U0EMMA', NULL, 'en', '2026-01-05', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(30, 'T0HARUKAZE', 'Hazelmere Foods Ltd', 'hazelmerefoods', 'hazelmerefoods', 'customer', 'U0EMMA', NULL, 'en', '2025-12-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(31, 'T0HARUKAZE', 'Atelier Rousseau SAS', 'atelierrousseau', 'atelierrousseau', 'customer', 'U0EMMA', NULL, 'en', '2026-02-09', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(32, 'T0HARUKAZE', 'Lindqvist Timber AB', 'lindqvisttimber', 'lindqvisttimber', 'customer', 'U0EMMA', NULL, 'en', '2026-03-16', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(33, 'T0HARUKAZE', 'Marlow Clinics Group', 'marlowclinicsgroup', 'marlowclinicsgroup', 'customer', 'U0EMMA', NULL, 'en', '2025-10-12', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(34, 'T0HARUKAZE', 'Kestrel Insurance Brokers', 'kestrelinsurancebrokers', 'kestrelinsurancebrokers', 'customer', 'U0EMMA', NULL, 'en', '2026-04-27', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(35, 'T0HARUKAZE', 'Steinbach Werkzeuge GmbH', 'steinbachwerkzeuge', 'steinbachwerkzeuge', 'customer', 'U0EMMA', NULL, 'en', '2026-05-04', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(36, 'T0HARUKAZE', 'Greenline Transit Co.', 'greenlinetransit', 'greenlinetransit', 'customer', 'U0EMMA', NULL, 'en', '2026-06-08', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(37, 'T0HARUKAZE', 'Thames Makers Network', 'thamesmakersnetwork', 'thamesmakersnetwork', 'community', 'U0EMMA', NULL, 'en', '2025-08-15', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(38, 'T0HARUKAZE', 'Fairweather Partners', 'fairweatherpartners', 'fairweatherpartners', 'partner', 'U0EMMA', NULL, 'en', '2025-07-07', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(39, 'T0HARUKAZE', '株式会社朝霧コーポレーション', '朝霧コーポレーション', '朝霧コーポレーション', 'customer', NULL, NULL, 'ja', '2026-02-24', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(40, 'T0HARUKAZE', '株式会社遠雷メディア', '遠雷メディア', '遠雷メディア', 'customer', NULL, NULL, 'ja', '2026-03-30', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(22, 'T0HARUKAZE', 'ほたるエナジー株式会社', 'ほたるエナジー', 'ホタルエナジー', 'customer', 'U0TANAKA', NULL, 'ja', '2025-09-15', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(16, 'T0HARUKAZE', '株式会社みどり情報サービス', 'みどり情報サービス', 'ミドリ情報サービス', 'customer', 'U0TANAKA', NULL, 'ja', '2025-10-20', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(21, 'T0HARUKAZE', '株式会社キツツキ工務店', 'キツツキ工務店', 'キツツキ工務店', 'customer', 'U0TANAKA', NULL, 'ja', '2026-05-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(25, 'T0HARUKAZE', '株式会社ノースリンク', 'ノースリンク', 'ノースリンク', 'partner', 'U0TANAKA', NULL, 'ja', '2025-07-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(26, 'T0HARUKAZE', '中小製造DX研究会', '中小製造dx研究会', '中小製造dx研究会', 'community', 'U0TANAKA', NULL, 'ja', '2025-06-20', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(23, 'T0HARUKAZE', '株式会社丸三繊維', '丸三繊維', '丸三繊維', 'customer', 'U0TANAKA', NULL, 'ja', '2026-06-15', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(1, 'T0HARUKAZE', '（株）山田製作所', '山田製作所', '山田製作所', 'customer', 'U0SATO', NULL, 'ja', '2026-04-01', 'unknown', '2026-11-16 01:00:00.000088+00', NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(28, 'T0HARUKAZE', 'Calder Robotics Ltd', 'calderrobotics', 'calderrobotics', 'customer', 'U0EMMA', NULL, 'en', '2025-11-10', 'unknown', '2026-11-16 01:00:00.000113+00', NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(5, 'T0HARUKAZE', '株式会社北斗建設', '北斗建設', '北斗建設', 'customer', 'U0SATO', NULL, 'ja', '2025-11-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(18, 'T0HARUKAZE', '信濃ロジテック株式会社', '信濃ロジテック', '信濃ロジテック', 'customer', 'U0TANAKA', NULL, 'ja', '2026-02-02', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(20, 'T0HARUKAZE', '大和田歯科グループ', '大和田歯科グループ', '大和田歯科グループ', 'customer', 'U0TANAKA', NULL, 'ja', '2025-11-17', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(17, 'T0HARUKAZE', '株式会社宝来商事', '宝来商事', '宝来商事', 'customer', 'U0TANAKA', NULL, 'ja', '2025-05-12', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(19, 'T0HARUKAZE', '株式会社潮路水産', '潮路水産', '潮路水産', 'customer', 'U0TANAKA', NULL, 'ja', '2026-03-23', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(15, 'T0HARUKAZE', '白樺リフォーム株式会社', '白樺リフォーム', '白樺リフォーム', 'customer', 'U0TANAKA', NULL, 'ja', '2026-01-19', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(24, 'T0HARUKAZE', '学校法人若葉学園', '若葉学園', '若葉学園', 'customer', 'U0TANAKA', NULL, 'ja', '2026-04-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(14, 'T0HARUKAZE', '株式会社鶴見計装', '鶴見計装', '鶴見計装', 'customer', 'U0TANAKA', NULL, 'ja', '2025-08-01', 'unknown', NULL, NULL, 'U0MORI', '2026-11-16 01:00:00.000028+00', NULL),
	(41, 'T0HARUKAZE', '鈴木商事', '鈴木商事', '鈴木商事', 'customer', 'U0SATO', NULL, NULL, NULL, 'unknown', NULL, 1, 'U0SATO', '2026-11-19 01:00:00.000476+00', NULL);

INSERT INTO public.delivery VALUES
	(1, 'T0HARUKAZE', 'errand:1', 'report', 'post', 'U0MORI', NULL, NULL, '{"text": ":white_check_mark: \u300ccustomers.csv\u300d\u3092\u53d6\u308a\u8fbc\u307f\u307e\u3057\u305f\u3002", "blocks": [{"text": {"text": ":white_check_mark: \u300ccustomers.csv\u300d\u3092\u53d6\u308a\u8fbc\u307f\u307e\u3057\u305f\u3002\n\u9867\u5ba2\uff1a\u65b0\u898f 40\u30fb\u5909\u66f4 0\u30fb\u5909\u66f4\u306a\u3057 0\n\u62c5\u5f53\u8005\uff1a\u65b0\u898f 40\u30fb\u5909\u66f4 0\u30fb\u5909\u66f4\u306a\u3057 0", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "goen_nps", "text": {"emoji": true, "text": "NPS\u3092\u8a18\u9332", "type": "plain_text"}, "type": "button"}, {"action_id": "goen_result", "text": {"emoji": true, "text": "\u6210\u679c\u3092\u8a18\u9332", "type": "plain_text"}, "type": "button"}], "type": "actions"}]}', '2026-11-16 01:00:00.000028+00', '2026-11-23 01:00:00.000028+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000047+00', 'D0MORI', '1794790800.000049', '2026-11-16 01:00:00.000053+00', NULL, false),
	(2, 'T0HARUKAZE', 'routine:monday:C0REFERRALS:2026-11-16:weekly', 'routine', 'post', 'C0REFERRALS', NULL, NULL, '{"text": "\u6708\u66dc\uff1aNPS\u306e\u78ba\u8a8d\u3068\u63a8\u5968\u8005\u5019\u88dc", "blocks": [{"text": {"emoji": true, "text": "\u6708\u66dc\uff1aNPS\u306e\u78ba\u8a8d\u3068\u63a8\u5968\u8005\u5019\u88dc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u53e4\u304f\u306a\u3063\u305fNPS\u3092\u4f3a\u3044\u3001\u63a8\u5968\u8005\u5019\u88dc\u3092\u78ba\u304b\u3081\u307e\u3057\u3087\u3046\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*NPS\u306e\u78ba\u8a8d\u304c\u5fc5\u8981* 0\u4ef6", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u63a8\u5968\u8005\u5019\u88dc* 0\u540d", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u81ea\u5206\u306e\u30d5\u30a9\u30ed\u30fc\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}, {"action_id": "show_ask_list", "text": {"emoji": true, "text": "\u4f9d\u983c\u3059\u308b\u76f8\u624b\u3092\u898b\u308b", "type": "plain_text"}, "type": "button"}], "type": "actions"}]}', '2026-11-16 00:30:00+00', '2026-11-16 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000047+00', 'C0REFERRALS', '1794790800.000054', '2026-11-16 01:00:00.000058+00', NULL, false),
	(3, 'T0HARUKAZE', 'answer:action:025097494136.798762662308.fab0bfee46af96fc3a821153cbf6b0c0:send_ask', 'answer', 'respond', 'D0SATO', NULL, 'http://127.0.0.1/respond/556dc1a884785b84ac0fc866', '{"text": ":outbox_tray: *\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240* \u5409\u91ce \u771f\u7406\u3055\u307e\u3078\u306e\u4f9d\u983c\u3092\u300c\u9001\u4ed8\u6e08\u307f\u300d\u306b\u3057\u307e\u3057\u305f\u3002", "blocks": [{"text": {"text": ":outbox_tray: *\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240* \u5409\u91ce \u771f\u7406\u3055\u307e\u3078\u306e\u4f9d\u983c\u3092\u300c\u9001\u4ed8\u6e08\u307f\u300d\u306b\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"text": "\u304a\u8fd4\u4e8b\u304c\u306a\u3051\u308c\u3070 *11\u670830\u65e5(\u6708)* \u306b\u304a\u77e5\u3089\u305b\u3057\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}], "type": "context"}, {"elements": [{"action_id": "log_referral", "style": "primary", "text": {"emoji": true, "text": "\u7d39\u4ecb\u304c\u3042\u3063\u305f", "type": "plain_text"}, "type": "button", "value": "1:1"}, {"action_id": "ask_later", "text": {"emoji": true, "text": "\u307e\u305f\u4eca\u5ea6", "type": "plain_text"}, "type": "button", "value": "1"}, {"action_id": "ask_declined", "text": {"emoji": true, "text": "\u898b\u9001\u308a", "type": "plain_text"}, "type": "button", "value": "1"}, {"action_id": "cancel_ask", "confirm": {"title": {"emoji": true, "text": "\u4f9d\u983c\u3092\u53d6\u308a\u6d88\u3057\u307e\u3059\u304b\uff1f", "type": "plain_text"}, "text": {"emoji": true, "text": "\u9001\u3063\u3066\u3044\u306a\u304b\u3063\u305f\u3053\u3068\u306b\u306a\u308a\u307e\u3059\u3002\u3042\u3068\u3067\u5143\u306b\u623b\u305b\u307e\u3059\u3002", "type": "plain_text"}, "confirm": {"emoji": true, "text": "\u4f9d\u983c\u3092\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "deny": {"emoji": true, "text": "\u6b8b\u3059", "type": "plain_text"}}, "text": {"emoji": true, "text": "\u4f9d\u983c\u3092\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "type": "button", "value": "1"}, {"action_id": "correct_result", "text": {"emoji": true, "text": "\u6210\u679c\u3092\u4fee\u6b63\u3059\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}], "replace_original": true, "response_type": "ephemeral"}', '2026-11-16 01:00:00.000101+00', '2026-11-16 01:30:00.000101+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000105+00', NULL, NULL, '2026-11-16 01:00:00.000107+00', NULL, false),
	(4, 'T0HARUKAZE', 'reminder:referral-1:U0SATO:2026-11-16:new@3.1794790800', 'reminder', 'post', 'U0SATO', NULL, NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\u3001\u307b\u304b1\u4ef6", "blocks": [{"text": {"text": ":bell: \u65b0\u3057\u3044\u30d5\u30a9\u30ed\u30fc\u304c2\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u3054\u4e86\u627f\u3092\u3044\u305f\u3060\u3044\u3066\u304b\u3089\u9023\u7d61\u3057\u307e\u3059\u3002\n\u671f\u9650\uff1a11\u670817\u65e5(\u706b) 10:00\uff0824\u6642\u9593\u5f8c\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "3:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "3:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:3:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:3:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:3:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:3:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3054\u7d39\u4ecb\u306e\u304a\u793c\u3092\u4f1d\u3048\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u304a\u793c\u3068\u3068\u3082\u306b\u3001\u6b21\u306b\u4f55\u3092\u3059\u308b\u304b\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n\u671f\u9650\uff1a11\u670817\u65e5(\u706b)\uff08\u3042\u30681\u65e5\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "4:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "4:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:4:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:4:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:4:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:4:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.000128+00', '2026-11-16 21:00:00.000125+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.00013+00', 'D0SATO', '1794790800.000132', '2026-11-16 01:00:00.000136+00', NULL, false),
	(5, 'T0HARUKAZE', 'update:4:action:066576861058.786146052497.4b311224ca56243170c646dd361d27c1:follow_up_done', 'update', 'update', 'D0SATO', '1794790800.000132', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\u3001\u307b\u304b1\u4ef6", "blocks": [{"text": {"text": ":bell: \u65b0\u3057\u3044\u30d5\u30a9\u30ed\u30fc\u304c2\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u3054\u4e86\u627f\u3092\u3044\u305f\u3060\u3044\u3066\u304b\u3089\u9023\u7d61\u3057\u307e\u3059\u3002\n\u671f\u9650\uff1a11\u670817\u65e5(\u706b) 10:00\uff0824\u6642\u9593\u5f8c\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "3:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "3:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:3:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:3:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:3:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:3:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3054\u7d39\u4ecb\u306e\u304a\u793c\u3092\u4f1d\u3048\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "4:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.000141+00', '2026-11-17 01:00:00.000141+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000145+00', 'D0SATO', '1794790800.000132', '2026-11-16 01:00:00.000147+00', NULL, false),
	(16, 'T0HARUKAZE', 'digest:owed:U0SATO:2026-11-17:daily', 'digest', 'post', 'U0SATO', NULL, NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c1\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670817\u65e5(\u706b)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u307e\u3060\u5171\u6709\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u52d5\u304d\u304c\u306a\u304f\u3066\u3082\u3001\u305d\u306e\u65e8\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:7:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:7:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:7:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:7:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-17 00:00:00+00', '2026-11-17 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-17 01:00:00.000306+00', 'D0SATO', '1794877200.000312', '2026-11-17 01:00:00.000316+00', NULL, false),
	(6, 'T0HARUKAZE', 'update:4:submission:V21303770E6:consent_form:1794790800.00139361d1e6', 'update', 'update', 'D0SATO', '1794790800.000132', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\u3001\u307b\u304b1\u4ef6", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "3:alone"}], "type": "actions"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3054\u7d39\u4ecb\u306e\u304a\u793c\u3092\u4f1d\u3048\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "4:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.000164+00', '2026-11-17 01:00:00.000164+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000169+00', 'D0SATO', '1794790800.000132', '2026-11-16 01:00:00.000171+00', NULL, false),
	(7, 'T0HARUKAZE', 'reminder:referral-1:U0SATO:2026-11-16:new@6.1794790800', 'reminder', 'post', 'U0SATO', NULL, NULL, '{"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b", "blocks": [{"text": {"text": ":bell: \u65b0\u3057\u3044\u30d5\u30a9\u30ed\u30fc\u304c1\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u53d7\u4ed8\u304b\u308924\u6642\u9593\u4ee5\u5185\u306e\u9023\u7d61\u304c\u7d04\u675f\u3067\u3059\u3002\n\u671f\u9650\uff1a11\u670817\u65e5(\u706b) 10:00\uff0824\u6642\u9593\u5f8c\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "6:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "6:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:6:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:6:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:6:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:6:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.000167+00', '2026-11-16 21:00:00.000164+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000172+00', 'D0SATO', '1794790800.000173', '2026-11-16 01:00:00.000177+00', NULL, false),
	(8, 'T0HARUKAZE', 'update:7:action:392831466890.473234100464.5eec5ac147539368bbeda78e48544bf6:follow_up_done', 'update', 'update', 'D0SATO', '1794790800.000173', NULL, '{"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "6:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.000182+00', '2026-11-17 01:00:00.000182+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000186+00', 'D0SATO', '1794790800.000173', '2026-11-16 01:00:00.000188+00', NULL, false),
	(17, 'T0HARUKAZE', 'escalation:referral-2:U0MORI:2026-11-17:late@8', 'escalation', 'post', 'U0MORI', NULL, NULL, '{"text": "\u671f\u9650\u8d85\u904e\uff1aJames Whitlock\u3055\u307e\u306b\u3001Hudson Ltd Kim\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b", "blocks": [{"text": {"text": ":rotating_light: *24\u6642\u9593\u306e\u671f\u9650\u3092\u904e\u304e\u307e\u3057\u305f\u3002* \u5fc5\u8981\u306a\u3089\u62c5\u5f53\u3092\u5909\u66f4\u3057\u3066\u304f\u3060\u3055\u3044\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*James Whitlock\u3055\u307e\u306b\u3001Hudson Ltd Kim\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1aHudson Ltd Kim\u3055\u307e\uff08Calder Robotics Ltd James Whitlock\u3055\u307e\u3088\u308a\uff09\n\u3054\u4e86\u627f\u3092\u3044\u305f\u3060\u3044\u3066\u304b\u3089\u9023\u7d61\u3057\u307e\u3059\u3002\n:red_circle: \u671f\u9650\u3092\u904e\u304e\u3066\u3044\u307e\u3059\uff1a11\u670817\u65e5(\u706b) 10:00\uff081\u79d2\u524d\uff09\n\u62c5\u5f53\uff1a<@U0EMMA>", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_hand_over", "text": {"emoji": true, "text": "\u62c5\u5f53\u3092\u5909\u66f4", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:8:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:8:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:8:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:8:alone"}], "type": "overflow"}], "type": "actions"}]}', '2026-11-17 01:00:00.000304+00', '2026-11-18 01:00:00.000304+00', 'sent', NULL, NULL, 1, 1, '2026-11-17 01:00:00.000306+00', 'D0MORI', '1794877200.000317', '2026-11-17 01:00:00.000321+00', NULL, false),
	(18, 'T0HARUKAZE', 'digest:owed:U0EMMA:2026-11-17:daily', 'digest', 'post', 'U0EMMA', NULL, NULL, '{"text": "2 follow-ups today.", "blocks": [{"text": {"emoji": true, "text": "Follow-ups for Tue, Nov 17", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*Ask James Whitlock whether Kim at Hudson Ltd may be contacted*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWe contact them only with their consent.\n:red_circle: Late since Tue, Nov 17, 1:00 AM (8 hours ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:8:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:8:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:8:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:8:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\nDue today", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "Show all", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-17 09:00:00+00', '2026-11-17 18:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-17 09:00:00.000328+00', 'D0EMMA', '1794906000.000329', '2026-11-17 09:00:00.000333+00', NULL, false),
	(9, 'T0HARUKAZE', 'update:4:submission:V823030A7AD:news_form:1794790800.001797960648', 'update', 'update', 'D0SATO', '1794790800.000132', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\u3001\u307b\u304b1\u4ef6", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "3:alone"}], "type": "actions"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3054\u7d39\u4ecb\u306e\u304a\u793c\u3092\u4f1d\u3048\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "4:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.000205+00', '2026-11-17 01:00:00.000205+00', 'cancelled', NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, false),
	(10, 'T0HARUKAZE', 'update:7:submission:V823030A7AD:news_form:1794790800.001797960648', 'update', 'update', 'D0SATO', '1794790800.000173', NULL, '{"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "6:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.000205+00', '2026-11-17 01:00:00.000205+00', 'cancelled', NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, false),
	(12, 'T0HARUKAZE', 'update:7:submission:V1B76D7D574:known_referral_form:1794790800.0019366951ee', 'update', 'update', 'D0SATO', '1794790800.000173', NULL, '{"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "6:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.00021+00', '2026-11-17 01:00:00.00021+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000215+00', 'D0SATO', '1794790800.000173', '2026-11-16 01:00:00.000219+00', NULL, false),
	(11, 'T0HARUKAZE', 'update:4:submission:V1B76D7D574:known_referral_form:1794790800.0019366951ee', 'update', 'update', 'D0SATO', '1794790800.000132', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\u3001\u307b\u304b1\u4ef6", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "3:alone"}], "type": "actions"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3054\u7d39\u4ecb\u306e\u304a\u793c\u3092\u4f1d\u3048\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "4:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-16 01:00:00.00021+00', '2026-11-17 01:00:00.00021+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000215+00', 'D0SATO', '1794790800.000132', '2026-11-16 01:00:00.000217+00', NULL, false),
	(19, 'T0HARUKAZE', 'digest:owed:U0SATO:2026-11-18:daily', 'digest', 'post', 'U0SATO', NULL, NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c1\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670818\u65e5(\u6c34)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u307e\u3060\u5171\u6709\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u52d5\u304d\u304c\u306a\u304f\u3066\u3082\u3001\u305d\u306e\u65e8\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670817\u65e5(\u706b)\uff081\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:7:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:7:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:7:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:7:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-18 00:00:00+00', '2026-11-18 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-18 01:00:00.000359+00', 'D0SATO', '1794963600.000360', '2026-11-18 01:00:00.000364+00', NULL, false),
	(20, 'T0HARUKAZE', 'digest:owed:U0EMMA:2026-11-18:daily', 'digest', 'post', 'U0EMMA', NULL, NULL, '{"text": "2 follow-ups today.", "blocks": [{"text": {"emoji": true, "text": "Follow-ups for Wed, Nov 18", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*Ask James Whitlock whether Kim at Hudson Ltd may be contacted*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWe contact them only with their consent.\n:red_circle: Late since Tue, Nov 17, 1:00 AM (1 day ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:8:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:8:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:8:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:8:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\n:red_circle: Was due Tue, Nov 17 (1 day ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "Show all", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-18 09:00:00+00', '2026-11-18 18:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-18 09:00:00.000371+00', 'D0EMMA', '1794992400.000372', '2026-11-18 09:00:00.000376+00', NULL, false),
	(21, 'T0HARUKAZE', 'routine:thursday:C0REFERRALS:2026-11-19:weekly', 'routine', 'post', 'C0REFERRALS', NULL, NULL, '{"text": "\u6728\u66dc\uff1a\u9032\u6357\u5171\u6709\u3068\u304a\u793c", "blocks": [{"text": {"emoji": true, "text": "\u6728\u66dc\uff1a\u9032\u6357\u5171\u6709\u3068\u304a\u793c", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u7d39\u4ecb\u3057\u3066\u304f\u3060\u3055\u3063\u305f\u65b9\u306b\u3001\u9032\u6357\u3068\u304a\u793c\u3092\u5c4a\u3051\u307e\u3057\u3087\u3046\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u4eca\u9031\u306e\u9032\u6357\u5171\u6709* 1\u4ef6\n\u2022 \u4f50\u85e4 \u7f8e\u54b2\u30001", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u304a\u793c\u3068\u3054\u5831\u544a* 1\u4ef6\n\u2022 Emma Clarke\u30001", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u81ea\u5206\u306e\u30d5\u30a9\u30ed\u30fc\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 00:30:00+00', '2026-11-19 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000402+00', 'C0REFERRALS', '1795050000.000403', '2026-11-19 01:00:00.000407+00', NULL, false),
	(13, 'T0HARUKAZE', 'reminder:referral-2:U0EMMA:2026-11-16:new@8.1794790800', 'reminder', 'post', 'U0EMMA', NULL, NULL, '{"text": "Ask James Whitlock whether Kim at Hudson Ltd may be contacted", "blocks": [{"text": {"text": ":bell: Something new to follow up.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*Ask James Whitlock whether Kim at Hudson Ltd may be contacted*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWe contact them only with their consent.\nBy Tue, Nov 17, 1:00 AM (in 24 hours)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "8:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:8:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:8:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:8:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:8:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "Show referral", "type": "plain_text"}, "type": "button", "value": "2"}], "type": "actions"}]}', '2026-11-16 01:00:00.000226+00', '2026-11-16 21:00:00.000223+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 01:00:00.000228+00', 'D0EMMA', '1794790800.000230', '2026-11-16 01:00:00.000234+00', NULL, false),
	(14, 'T0HARUKAZE', 'reminder:referral-2:U0EMMA:2026-11-16:new@9.1794819600', 'reminder', 'post', 'U0EMMA', NULL, NULL, '{"text": "Thank James Whitlock for the referral", "blocks": [{"text": {"text": ":bell: Something new to follow up.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\nDue Tue, Nov 17 (in 1 day)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "Show referral", "type": "plain_text"}, "type": "button", "value": "2"}], "type": "actions"}]}', '2026-11-16 09:00:00.000273+00', '2026-11-16 18:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-16 09:00:00.000275+00', 'D0EMMA', '1794819600.000276', '2026-11-16 09:00:00.00028+00', NULL, false),
	(15, 'T0HARUKAZE', 'routine:tuesday:C0REFERRALS:2026-11-17:weekly', 'routine', 'post', 'C0REFERRALS', NULL, NULL, '{"text": "\u706b\u66dc\uff1a\u6210\u679c\u5831\u544a\u3068\u7d39\u4ecb\u4f9d\u983c", "blocks": [{"text": {"emoji": true, "text": "\u706b\u66dc\uff1a\u6210\u679c\u5831\u544a\u3068\u7d39\u4ecb\u4f9d\u983c", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u6210\u679c\u3092\u5831\u544a\u3057\u3001\u559c\u3070\u308c\u305f\u305d\u306e\u5834\u3067\u7d39\u4ecb\u3092\u304a\u9858\u3044\u3057\u307e\u3057\u3087\u3046\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u4eca\u9031\u306e\u6210\u679c\u5831\u544a* 0\u4ef6", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u3044\u307e\u4f9d\u983c\u3067\u304d\u308b\u65b9* 1\u540d\n\u2022 Emma Clarke\u30001", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u81ea\u5206\u306e\u30d5\u30a9\u30ed\u30fc\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}, {"action_id": "show_ask_list", "text": {"emoji": true, "text": "\u4f9d\u983c\u3059\u308b\u76f8\u624b\u3092\u898b\u308b", "type": "plain_text"}, "type": "button"}], "type": "actions"}]}', '2026-11-17 00:30:00+00', '2026-11-17 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-17 01:00:00.000306+00', 'C0REFERRALS', '1794877200.000307', '2026-11-17 01:00:00.000311+00', NULL, false),
	(22, 'T0HARUKAZE', 'digest:owed:U0SATO:2026-11-19:daily', 'digest', 'post', 'U0SATO', NULL, NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c3\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670819\u65e5(\u6728)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u307e\u3060\u5171\u6709\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u52d5\u304d\u304c\u306a\u304f\u3066\u3082\u3001\u305d\u306e\u65e8\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670817\u65e5(\u706b)\uff082\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:7:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:7:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:7:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:7:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u9752\u6728 \u9686\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u3042\u304a\u3070\u4f1a\u8a08 \u9752\u6728 \u9686\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 4 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:1:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:1:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:1:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:1:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:1:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5de5\u85e4 \u8aa0\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u5317\u6597\u5efa\u8a2d \u5de5\u85e4 \u8aa0\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 7 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:11:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:11:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:11:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:11:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:11:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 00:00:00+00', '2026-11-19 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000402+00', 'D0SATO', '1795050000.000408', '2026-11-19 01:00:00.000412+00', NULL, false),
	(24, 'T0HARUKAZE', 'update:7:action:757784426117.413775346294.4cce87e807eb6784d62acf0d03e09395:referral_meeting', 'update', 'update', 'D0SATO', '1794790800.000173', NULL, '{"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.000426+00', '2026-11-20 01:00:00.000426+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000432+00', 'D0SATO', '1794790800.000173', '2026-11-19 01:00:00.000436+00', NULL, false),
	(25, 'T0HARUKAZE', 'update:16:action:757784426117.413775346294.4cce87e807eb6784d62acf0d03e09395:referral_meeting', 'update', 'update', 'D0SATO', '1794877200.000312', NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c3\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670817\u65e5(\u706b)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u307e\u3060\u5171\u6709\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u52d5\u304d\u304c\u306a\u304f\u3066\u3082\u3001\u305d\u306e\u65e8\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670817\u65e5(\u706b)\uff082\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:7:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:7:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:7:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:7:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"text": "\u307b\u304b2\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}], "type": "context"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000426+00', '2026-11-20 01:00:00.000426+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000432+00', 'D0SATO', '1794877200.000312', '2026-11-19 01:00:00.000438+00', NULL, false),
	(26, 'T0HARUKAZE', 'update:19:action:757784426117.413775346294.4cce87e807eb6784d62acf0d03e09395:referral_meeting', 'update', 'update', 'D0SATO', '1794963600.000360', NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c3\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670818\u65e5(\u6c34)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u307e\u3060\u5171\u6709\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u52d5\u304d\u304c\u306a\u304f\u3066\u3082\u3001\u305d\u306e\u65e8\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670817\u65e5(\u706b)\uff082\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:7:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:7:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:7:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:7:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"text": "\u307b\u304b2\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}], "type": "context"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000426+00', '2026-11-20 01:00:00.000426+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000432+00', 'D0SATO', '1794963600.000360', '2026-11-19 01:00:00.00044+00', NULL, false),
	(28, 'T0HARUKAZE', 'reminder:referral-1:U0SATO:2026-11-19:new@12.1795050000', 'reminder', 'post', 'U0SATO', NULL, NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u5546\u8ac7\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b", "blocks": [{"text": {"text": ":bell: \u65b0\u3057\u3044\u30d5\u30a9\u30ed\u30fc\u304c1\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u5546\u8ac7\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u5546\u8ac7\u306e\u69d8\u5b50\u3092\u304a\u4f1d\u3048\u3057\u3001\u6c17\u304c\u304b\u308a\u306a\u70b9\u304c\u306a\u3044\u304b\u4f3a\u3044\u307e\u3059\u3002\n\u671f\u9650\uff1a11\u670820\u65e5(\u91d1)\uff08\u3042\u30681\u65e5\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "12:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "12:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:12:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:12:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:12:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:12:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.00043+00', '2026-11-19 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000443+00', 'D0SATO', '1795050000.000444', '2026-11-19 01:00:00.000448+00', NULL, false),
	(23, 'T0HARUKAZE', 'update:4:action:757784426117.413775346294.4cce87e807eb6784d62acf0d03e09395:referral_meeting', 'update', 'update', 'D0SATO', '1794790800.000132', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\u3001\u307b\u304b1\u4ef6", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3054\u7d39\u4ecb\u306e\u304a\u793c\u3092\u4f1d\u3048\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.000426+00', '2026-11-20 01:00:00.000426+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000432+00', 'D0SATO', '1794790800.000132', '2026-11-19 01:00:00.000434+00', NULL, false),
	(27, 'T0HARUKAZE', 'update:22:action:757784426117.413775346294.4cce87e807eb6784d62acf0d03e09395:referral_meeting', 'update', 'update', 'D0SATO', '1795050000.000408', NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c3\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670819\u65e5(\u6728)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u307e\u3060\u5171\u6709\u3057\u3066\u3044\u307e\u305b\u3093\u3002\u52d5\u304d\u304c\u306a\u304f\u3066\u3082\u3001\u305d\u306e\u65e8\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670817\u65e5(\u706b)\uff082\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "7:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:7:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:7:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:7:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:7:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u9752\u6728 \u9686\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u3042\u304a\u3070\u4f1a\u8a08 \u9752\u6728 \u9686\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 4 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:1:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:1:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:1:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:1:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:1:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5de5\u85e4 \u8aa0\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u5317\u6597\u5efa\u8a2d \u5de5\u85e4 \u8aa0\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 7 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:11:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:11:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:11:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:11:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:11:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000426+00', '2026-11-20 01:00:00.000426+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000432+00', 'D0SATO', '1795050000.000408', '2026-11-19 01:00:00.000442+00', NULL, false),
	(29, 'T0HARUKAZE', 'update:28:action:695455193749.177907273525.17ad1bf9149055d4bc6cdfd73d730a9f:follow_up_done', 'update', 'update', 'D0SATO', '1795050000.000444', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u5546\u8ac7\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u5546\u8ac7\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670819\u65e5(\u6728) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "12:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.000453+00', '2026-11-20 01:00:00.000453+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000457+00', 'D0SATO', '1795050000.000444', '2026-11-19 01:00:00.000459+00', NULL, false),
	(31, 'T0HARUKAZE', 'update:19:submission:V22D43E8FA0:won_form:1795050000.00356b0d9f1d', 'update', 'update', 'D0SATO', '1794963600.000360', NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c2\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670818\u65e5(\u6c34)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b\n:heavy_minus_sign: 11\u670819\u65e5(\u6728) 10:00\u306b\u4e0d\u8981\u306b\u306a\u308a\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"type": "divider"}, {"elements": [{"text": "\u307b\u304b2\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}], "type": "context"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000476+00', '2026-11-20 01:00:00.000476+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000481+00', 'D0SATO', '1794963600.000360', '2026-11-19 01:00:00.000485+00', NULL, false),
	(32, 'T0HARUKAZE', 'update:22:submission:V22D43E8FA0:won_form:1795050000.00356b0d9f1d', 'update', 'update', 'D0SATO', '1795050000.000408', NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c2\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670819\u65e5(\u6728)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b\n:heavy_minus_sign: 11\u670819\u65e5(\u6728) 10:00\u306b\u4e0d\u8981\u306b\u306a\u308a\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u9752\u6728 \u9686\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u3042\u304a\u3070\u4f1a\u8a08 \u9752\u6728 \u9686\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 4 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:1:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:1:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:1:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:1:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:1:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5de5\u85e4 \u8aa0\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u5317\u6597\u5efa\u8a2d \u5de5\u85e4 \u8aa0\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 7 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:11:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:11:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:11:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:11:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:11:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000476+00', '2026-11-20 01:00:00.000476+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000481+00', 'D0SATO', '1795050000.000408', '2026-11-19 01:00:00.000487+00', NULL, false),
	(37, 'T0HARUKAZE', 'reminder:referral-1:U0SATO:2026-11-19:new@13.1795050000', 'reminder', 'post', 'U0SATO', NULL, NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u53d7\u6ce8\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b", "blocks": [{"text": {"text": ":bell: \u65b0\u3057\u3044\u30d5\u30a9\u30ed\u30fc\u304c1\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u53d7\u6ce8\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u7d50\u679c\u3068\u6c7a\u3081\u624b\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n\u671f\u9650\uff1a11\u670820\u65e5(\u91d1)\uff08\u3042\u30681\u65e5\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "13:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "13:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:13:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:13:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:13:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:13:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.000479+00', '2026-11-19 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000494+00', 'D0SATO', '1795050000.000500', '2026-11-19 01:00:00.000504+00', NULL, false),
	(30, 'T0HARUKAZE', 'update:16:submission:V22D43E8FA0:won_form:1795050000.00356b0d9f1d', 'update', 'update', 'D0SATO', '1794877200.000312', NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c2\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670817\u65e5(\u706b)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u9032\u6357\u3092\u5171\u6709\u3059\u308b\n:heavy_minus_sign: 11\u670819\u65e5(\u6728) 10:00\u306b\u4e0d\u8981\u306b\u306a\u308a\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"type": "divider"}, {"elements": [{"text": "\u307b\u304b2\u4ef6\u3042\u308a\u307e\u3059\u3002", "type": "mrkdwn", "verbatim": false}], "type": "context"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000476+00', '2026-11-20 01:00:00.000476+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000481+00', 'D0SATO', '1794877200.000312', '2026-11-19 01:00:00.000483+00', NULL, false),
	(33, 'T0HARUKAZE', 'update:4:submission:V22D43E8FA0:won_form:1795050000.00356b0d9f1d', 'update', 'update', 'D0SATO', '1794790800.000132', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\u3001\u307b\u304b1\u4ef6", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3001\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u3054\u7d39\u4ecb\u306e\u304a\u793c\u3092\u4f1d\u3048\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.000476+00', '2026-11-20 01:00:00.000476+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000481+00', 'D0SATO', '1794790800.000132', '2026-11-19 01:00:00.000489+00', NULL, false),
	(35, 'T0HARUKAZE', 'update:28:submission:V22D43E8FA0:won_form:1795050000.00356b0d9f1d', 'update', 'update', 'D0SATO', '1795050000.000444', NULL, '{"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u5546\u8ac7\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u5546\u8ac7\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670819\u65e5(\u6728) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_undo", "text": {"emoji": true, "text": "\u5143\u306b\u623b\u3059", "type": "plain_text"}, "type": "button", "value": "12:alone"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.000476+00', '2026-11-20 01:00:00.000476+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000481+00', 'D0SATO', '1795050000.000444', '2026-11-19 01:00:00.000493+00', NULL, false),
	(34, 'T0HARUKAZE', 'update:7:submission:V22D43E8FA0:won_form:1795050000.00356b0d9f1d', 'update', 'update', 'D0SATO', '1794790800.000173', NULL, '{"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\u306b\u521d\u56de\u306e\u9023\u7d61\u3092\u3059\u308b\n:white_check_mark: <@U0SATO>\u3055\u3093\u304c11\u670816\u65e5(\u6708) 10:00\u306b\u5b8c\u4e86\u3057\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "\u7d39\u4ecb\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}', '2026-11-19 01:00:00.000476+00', '2026-11-20 01:00:00.000476+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000481+00', 'D0SATO', '1794790800.000173', '2026-11-19 01:00:00.000491+00', NULL, false),
	(36, 'T0HARUKAZE', 'win:1', 'win', 'post', 'C0REFERRALS', NULL, NULL, '{"text": "\u9234\u6728\u5546\u4e8b\u69d8\u3092\u53d7\u6ce8\u3057\u307e\u3057\u305f\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240\u3000\u5409\u91ce \u771f\u7406\u3055\u307e\u306e\u3054\u7d39\u4ecb\uff09", "blocks": [{"text": {"text": ":tada: *\u9234\u6728\u5546\u4e8b* \u69d8\u3092\u53d7\u6ce8\u3057\u307e\u3057\u305f\uff01 *\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240\u3000\u5409\u91ce \u771f\u7406\u3055\u307e* \u306e\u3054\u7d39\u4ecb\u3067\u3059\u3002\u62c5\u5f53\uff1a<@U0SATO>", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"text": "\u53d7\u6ce8\u91d1\u984d\u30001,200,000\u5186", "type": "mrkdwn", "verbatim": false}, {"text": "\u9078\u3070\u308c\u305f\u7406\u7531\u3000\u6709\u6816\u5ddd \u84ee\u3055\u307e\u306e\u3054\u6c7a\u65ad", "type": "mrkdwn", "verbatim": false}], "type": "context"}]}', '2026-11-19 01:00:00.000476+00', '2026-11-26 01:00:00.000476+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000494+00', 'C0REFERRALS', '1795050000.000495', '2026-11-19 01:00:00.000499+00', NULL, false),
	(39, 'T0HARUKAZE', 'update:17:submission:V6592CFE4F5:lost_form:1795050000.003926e5e95a', 'update', 'update', 'D0MORI', '1794877200.000317', NULL, '{"text": "\u671f\u9650\u8d85\u904e\uff1aJames Whitlock\u3055\u307e\u306b\u3001Hudson Ltd Kim\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b", "blocks": [{"text": {"text": "\u5bfe\u5fdc\u6e08\u307f\u3067\u3059\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "James Whitlock\u3055\u307e\u306b\u3001Hudson Ltd Kim\u3055\u307e\u306e\u3054\u4e86\u627f\u3092\u78ba\u8a8d\u3059\u308b\n:heavy_minus_sign: 11\u670819\u65e5(\u6728) 10:00\u306b\u4e0d\u8981\u306b\u306a\u308a\u307e\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}]}', '2026-11-19 01:00:00.000523+00', '2026-11-20 01:00:00.000523+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000528+00', 'D0MORI', '1794877200.000317', '2026-11-19 01:00:00.000532+00', NULL, false),
	(42, 'T0HARUKAZE', 'update:14:submission:V6592CFE4F5:lost_form:1795050000.003926e5e95a', 'update', 'update', 'D0EMMA', '1794819600.000276', NULL, '{"text": "Thank James Whitlock for the referral", "blocks": [{"text": {"text": ":bell: Something new to follow up.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\n:red_circle: Was due Tue, Nov 17 (2 days ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "Show referral", "type": "plain_text"}, "type": "button", "value": "2"}], "type": "actions"}]}', '2026-11-19 01:00:00.000523+00', '2026-11-20 01:00:00.000523+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000528+00', 'D0EMMA', '1794819600.000276', '2026-11-19 01:00:00.000538+00', NULL, false),
	(38, 'T0HARUKAZE', 'update:13:submission:V6592CFE4F5:lost_form:1795050000.003926e5e95a', 'update', 'update', 'D0EMMA', '1794790800.000230', NULL, '{"text": "Ask James Whitlock whether Kim at Hudson Ltd may be contacted", "blocks": [{"text": {"text": "All taken care of.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "Ask James Whitlock whether Kim at Hudson Ltd may be contacted\n:heavy_minus_sign: No longer owed since Thu, Nov 19, 1:00 AM.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "Show referral", "type": "plain_text"}, "type": "button", "value": "2"}], "type": "actions"}]}', '2026-11-19 01:00:00.000523+00', '2026-11-20 01:00:00.000523+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000528+00', 'D0EMMA', '1794790800.000230', '2026-11-19 01:00:00.00053+00', NULL, false),
	(40, 'T0HARUKAZE', 'update:18:submission:V6592CFE4F5:lost_form:1795050000.003926e5e95a', 'update', 'update', 'D0EMMA', '1794906000.000329', NULL, '{"text": "1 follow-up today.", "blocks": [{"text": {"emoji": true, "text": "Follow-ups for Tue, Nov 17", "type": "plain_text"}, "type": "header"}, {"text": {"text": "Ask James Whitlock whether Kim at Hudson Ltd may be contacted\n:heavy_minus_sign: No longer owed since Thu, Nov 19, 1:00 AM.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\n:red_circle: Was due Tue, Nov 17 (2 days ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "Show all", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000523+00', '2026-11-20 01:00:00.000523+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000528+00', 'D0EMMA', '1794906000.000329', '2026-11-19 01:00:00.000534+00', NULL, false),
	(41, 'T0HARUKAZE', 'update:20:submission:V6592CFE4F5:lost_form:1795050000.003926e5e95a', 'update', 'update', 'D0EMMA', '1794992400.000372', NULL, '{"text": "1 follow-up today.", "blocks": [{"text": {"emoji": true, "text": "Follow-ups for Wed, Nov 18", "type": "plain_text"}, "type": "header"}, {"text": {"text": "Ask James Whitlock whether Kim at Hudson Ltd may be contacted\n:heavy_minus_sign: No longer owed since Thu, Nov 19, 1:00 AM.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\n:red_circle: Was due Tue, Nov 17 (2 days ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "Show all", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 01:00:00.000523+00', '2026-11-20 01:00:00.000523+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 01:00:00.000528+00', 'D0EMMA', '1794992400.000372', '2026-11-19 01:00:00.000536+00', NULL, false),
	(44, 'T0HARUKAZE', 'reminder:referral-2:U0EMMA:2026-11-19:new@14.1795078800', 'reminder', 'post', 'U0EMMA', NULL, NULL, '{"text": "Tell James Whitlock that it was lost", "blocks": [{"text": {"text": ":bell: Something new to follow up.", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*Tell James Whitlock that it was lost*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWhy: bad timing\nDue Fri, Nov 20 (in 1 day)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "14:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "14:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:14:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:14:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:14:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:14:alone"}], "type": "overflow"}], "type": "actions"}, {"elements": [{"action_id": "open_referral", "text": {"emoji": true, "text": "Show referral", "type": "plain_text"}, "type": "button", "value": "2"}], "type": "actions"}]}', '2026-11-19 09:00:00.000543+00', '2026-11-19 18:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 09:00:00.000545+00', 'D0EMMA', '1795078800.000551', '2026-11-19 09:00:00.000555+00', NULL, false),
	(49, 'T0HARUKAZE', 'digest:owed:U0SATO:2026-11-24:daily', 'digest', 'post', 'U0SATO', NULL, NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c3\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670824\u65e5(\u706b)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u9752\u6728 \u9686\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u3042\u304a\u3070\u4f1a\u8a08 \u9752\u6728 \u9686\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 4 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670819\u65e5(\u6728)\uff085\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:1:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:1:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:1:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:1:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:1:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5de5\u85e4 \u8aa0\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u5317\u6597\u5efa\u8a2d \u5de5\u85e4 \u8aa0\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 7 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670819\u65e5(\u6728)\uff085\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:11:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:11:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:11:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:11:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:11:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u53d7\u6ce8\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u7d50\u679c\u3068\u6c7a\u3081\u624b\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670820\u65e5(\u91d1)\uff084\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "13:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "13:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:13:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:13:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:13:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:13:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-24 00:00:00+00', '2026-11-24 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-24 01:00:00.00071+00', 'D0SATO', '1795482000.000716', '2026-11-24 01:00:00.00072+00', NULL, false),
	(43, 'T0HARUKAZE', 'digest:owed:U0EMMA:2026-11-19:daily', 'digest', 'post', 'U0EMMA', NULL, NULL, '{"text": "1 follow-up today.", "blocks": [{"text": {"emoji": true, "text": "Follow-ups for Thu, Nov 19", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\n:red_circle: Was due Tue, Nov 17 (2 days ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "Show all", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-19 09:00:00+00', '2026-11-19 18:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-19 09:00:00.000545+00', 'D0EMMA', '1795078800.000546', '2026-11-19 09:00:00.00055+00', NULL, false),
	(45, 'T0HARUKAZE', 'routine:friday:C0REFERRALS:2026-11-20:weekly', 'routine', 'post', 'C0REFERRALS', NULL, NULL, '{"text": "\u91d1\u66dc\uff1a\u4eca\u9031\u306e\u6570\u5b57\u3068\u6765\u9031\u306e\u4e88\u5b9a", "blocks": [{"text": {"emoji": true, "text": "\u91d1\u66dc\uff1a\u4eca\u9031\u306e\u6570\u5b57\u3068\u6765\u9031\u306e\u4e88\u5b9a", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u4eca\u9031\u3082\u304a\u75b2\u308c\u3055\u307e\u3067\u3057\u305f\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "11\u670816\u65e5(\u6708)\u301c11\u670820\u65e5(\u91d1)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"fields": [{"text": "*NPS* 6", "type": "mrkdwn", "verbatim": false}, {"text": "*\u6210\u679c* 2", "type": "mrkdwn", "verbatim": false}, {"text": "*\u7d39\u4ecb\u4f9d\u983c* 1", "type": "mrkdwn", "verbatim": false}, {"text": "*\u7d39\u4ecb* 2", "type": "mrkdwn", "verbatim": false}, {"text": "*\u521d\u56de\u306e\u9023\u7d61* 1", "type": "mrkdwn", "verbatim": false}, {"text": "*\u3046\u3061\u671f\u9650\u5185* 1", "type": "mrkdwn", "verbatim": false}, {"text": "*\u5546\u8ac7* 1", "type": "mrkdwn", "verbatim": false}, {"text": "*\u53d7\u6ce8* 1", "type": "mrkdwn", "verbatim": false}, {"text": "*\u5931\u6ce8* 1", "type": "mrkdwn", "verbatim": false}], "type": "section"}, {"text": {"text": "*\u6765\u9031\u307e\u3067\u306e\u30d5\u30a9\u30ed\u30fc* 5\u4ef6\n\u2022 \u4f50\u85e4 \u7f8e\u54b2\u30003\n\u2022 Emma Clarke\u30002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"text": "\u6765\u9031\u306e\u304a\u4f11\u307f\uff1a11\u670823\u65e5(\u6708)", "type": "mrkdwn", "verbatim": false}], "type": "context"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u81ea\u5206\u306e\u30d5\u30a9\u30ed\u30fc\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}, {"action_id": "goen_dashboard", "text": {"emoji": true, "text": "\u6570\u5b57\u3092\u898b\u308b", "type": "plain_text"}, "type": "button"}], "type": "actions"}]}', '2026-11-20 00:30:00+00', '2026-11-20 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-20 01:00:00.000581+00', 'C0REFERRALS', '1795136400.000582', '2026-11-20 01:00:00.000586+00', NULL, false),
	(46, 'T0HARUKAZE', 'digest:owed:U0SATO:2026-11-20:daily', 'digest', 'post', 'U0SATO', NULL, NULL, '{"text": "\u4eca\u65e5\u306e\u30d5\u30a9\u30ed\u30fc\u304c3\u4ef6\u3042\u308a\u307e\u3059\u3002", "blocks": [{"text": {"emoji": true, "text": "11\u670820\u65e5(\u91d1)\u306e\u30d5\u30a9\u30ed\u30fc", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*\u9752\u6728 \u9686\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u3042\u304a\u3070\u4f1a\u8a08 \u9752\u6728 \u9686\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 4 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670819\u65e5(\u6728)\uff081\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "1:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:1:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:1:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:1:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:1:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:1:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5de5\u85e4 \u8aa0\u3055\u307e\u306e\u6539\u5584\u30d7\u30e9\u30f3\u3092\u7acb\u3066\u308b*\n\u682a\u5f0f\u4f1a\u793e\u5317\u6597\u5efa\u8a2d \u5de5\u85e4 \u8aa0\u3055\u307e\n11\u670816\u65e5(\u6708)\u306eNPS\u306f 7 \u3067\u3059\u3002\u7d39\u4ecb\u306e\u304a\u9858\u3044\u3088\u308a\u6539\u5584\u304c\u5148\u3067\u3059\u3002\n:red_circle: \u671f\u9650\uff1a11\u670819\u65e5(\u6728)\uff081\u65e5\u8d85\u904e\uff09", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "11:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:11:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:11:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:11:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:11:alone"}, {"text": {"emoji": true, "text": "\u53d6\u308a\u6d88\u3059", "type": "plain_text"}, "value": "strike_off:11:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*\u5409\u91ce \u771f\u7406\u3055\u307e\u306b\u53d7\u6ce8\u306e\u304a\u793c\u3068\u5831\u544a\u3092\u3059\u308b*\n\u3054\u7d39\u4ecb\uff1a\u9234\u6728\u5546\u4e8b \u6709\u6816\u5ddd \u84ee\u3055\u307e\uff08\uff08\u682a\uff09\u5c71\u7530\u88fd\u4f5c\u6240 \u5409\u91ce \u771f\u7406\u3055\u307e\u3088\u308a\uff09\n\u7d50\u679c\u3068\u6c7a\u3081\u624b\u3092\u304a\u4f1d\u3048\u3057\u307e\u3059\u3002\n\u671f\u9650\uff1a\u4eca\u65e5", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "\u5b8c\u4e86", "type": "plain_text"}, "type": "button", "value": "13:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "\u6587\u9762\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "13:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "1\u6642\u9593\u5f8c", "type": "plain_text"}, "value": "hour:13:alone"}, {"text": {"emoji": true, "text": "\u660e\u65e5\u306e\u671d", "type": "plain_text"}, "value": "tomorrow:13:alone"}, {"text": {"emoji": true, "text": "\u6b21\u306e\u6708\u66dc", "type": "plain_text"}, "value": "monday:13:alone"}, {"text": {"emoji": true, "text": "\u65e5\u4ed8\u3092\u9078\u3076\u2026", "type": "plain_text"}, "value": "date:13:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u3059\u3079\u3066\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-20 00:00:00+00', '2026-11-20 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-20 01:00:00.000581+00', 'D0SATO', '1795136400.000587', '2026-11-20 01:00:00.000591+00', NULL, false),
	(47, 'T0HARUKAZE', 'digest:owed:U0EMMA:2026-11-20:daily', 'digest', 'post', 'U0EMMA', NULL, NULL, '{"text": "2 follow-ups today.", "blocks": [{"text": {"emoji": true, "text": "Follow-ups for Fri, Nov 20", "type": "plain_text"}, "type": "header"}, {"text": {"text": "*Thank James Whitlock for the referral*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWith thanks, and what happens next.\n:red_circle: Was due Tue, Nov 17 (3 days ago)", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "9:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:9:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:9:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:9:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:9:alone"}], "type": "overflow"}], "type": "actions"}, {"text": {"text": "*Tell James Whitlock that it was lost*\nKim at Hudson Ltd, referred by James Whitlock at Calder Robotics Ltd\nWhy: bad timing\nDue today", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "follow_up_done", "style": "primary", "text": {"emoji": true, "text": "Mark done", "type": "plain_text"}, "type": "button", "value": "14:alone"}, {"action_id": "follow_up_draft", "text": {"emoji": true, "text": "Show draft", "type": "plain_text"}, "type": "button", "value": "14:alone"}, {"action_id": "follow_up_later", "options": [{"text": {"emoji": true, "text": "In an hour", "type": "plain_text"}, "value": "hour:14:alone"}, {"text": {"emoji": true, "text": "Tomorrow morning", "type": "plain_text"}, "value": "tomorrow:14:alone"}, {"text": {"emoji": true, "text": "Next Monday", "type": "plain_text"}, "value": "monday:14:alone"}, {"text": {"emoji": true, "text": "Pick a date\u2026", "type": "plain_text"}, "value": "date:14:alone"}], "type": "overflow"}], "type": "actions"}, {"type": "divider"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "Show all", "type": "plain_text"}, "type": "button", "value": "mine"}], "type": "actions"}]}', '2026-11-20 09:00:00+00', '2026-11-20 18:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-20 09:00:00.000598+00', 'D0EMMA', '1795165200.000599', '2026-11-20 09:00:00.000603+00', NULL, false),
	(48, 'T0HARUKAZE', 'routine:tuesday:C0REFERRALS:2026-11-24:weekly', 'routine', 'post', 'C0REFERRALS', NULL, NULL, '{"text": "\u706b\u66dc\uff1a\u6210\u679c\u5831\u544a\u3068\u7d39\u4ecb\u4f9d\u983c", "blocks": [{"text": {"emoji": true, "text": "\u706b\u66dc\uff1a\u6210\u679c\u5831\u544a\u3068\u7d39\u4ecb\u4f9d\u983c", "type": "plain_text"}, "type": "header"}, {"text": {"text": "\u6210\u679c\u3092\u5831\u544a\u3057\u3001\u559c\u3070\u308c\u305f\u305d\u306e\u5834\u3067\u7d39\u4ecb\u3092\u304a\u9858\u3044\u3057\u307e\u3057\u3087\u3046\u3002", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u4eca\u9031\u306e\u6210\u679c\u5831\u544a* 0\u4ef6", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"text": {"text": "*\u3044\u307e\u4f9d\u983c\u3067\u304d\u308b\u65b9* 1\u540d\n\u2022 Emma Clarke\u30001", "type": "mrkdwn", "verbatim": false}, "type": "section"}, {"elements": [{"action_id": "show_follow_ups", "text": {"emoji": true, "text": "\u81ea\u5206\u306e\u30d5\u30a9\u30ed\u30fc\u3092\u898b\u308b", "type": "plain_text"}, "type": "button", "value": "mine"}, {"action_id": "show_ask_list", "text": {"emoji": true, "text": "\u4f9d\u983c\u3059\u308b\u76f8\u624b\u3092\u898b\u308b", "type": "plain_text"}, "type": "button"}], "type": "actions"}]}', '2026-11-24 00:30:00+00', '2026-11-24 09:00:00+00', 'sent', NULL, NULL, 1, 1, '2026-11-24 01:00:00.00071+00', 'C0REFERRALS', '1795482000.000711', '2026-11-24 01:00:00.000715+00', NULL, false);

INSERT INTO public.errand VALUES
	(1, 'T0HARUKAZE', 'import', 'import:submission:V29704D8A6E:import_form:1794790800.000114154f4a', 'done', 'U0MORI', '{"file": "FCB2F78C8D5", "name": "customers.csv"}', '2026-11-16 01:10:00.000025+00', 1, '2026-11-16 01:00:00.000013+00', '2026-11-16 01:00:00.000028+00', NULL),
	(2, 'T0HARUKAZE', 'rebuild_states', 'rebuild_states:submission:V20C02783E0:settings_form:1794790800.0005cf2a35a9', 'done', 'U0MORI', '{}', '2026-11-16 01:10:00.000075+00', 1, '2026-11-16 01:00:00.000073+00', '2026-11-16 01:00:00.000077+00', NULL);

INSERT INTO public.follow_up VALUES
	(1, 'T0HARUKAZE', 'repair_plan', 'U0SATO', 'open', '2026-11-19 00:00:00+00', NULL, NULL, NULL, NULL, 4, NULL, NULL, NULL, NULL, '2026-11-16 01:00:00.000084+00'),
	(2, 'T0HARUKAZE', 'ask_answer', 'U0SATO', 'done', '2026-11-30 00:00:00+00', NULL, NULL, NULL, 1, 1, NULL, 1, '2026-11-16 01:00:00.000125+00', 'U0SATO', '2026-11-16 01:00:00.000101+00'),
	(4, 'T0HARUKAZE', 'thanks_referral', 'U0SATO', 'done', '2026-11-17 01:00:00.000125+00', NULL, NULL, NULL, 1, 1, 1, NULL, '2026-11-16 01:00:00.000141+00', 'U0SATO', '2026-11-16 01:00:00.000125+00'),
	(3, 'T0HARUKAZE', 'consent_request', 'U0SATO', 'done', '2026-11-17 01:00:00.000125+00', NULL, NULL, NULL, 1, 1, 1, NULL, '2026-11-16 01:00:00.000164+00', 'U0SATO', '2026-11-16 01:00:00.000125+00'),
	(5, 'T0HARUKAZE', 'progress_update', 'U0SATO', 'cancelled', '2026-11-24 00:00:00+00', NULL, NULL, NULL, 1, 1, 1, NULL, '2026-11-16 01:00:00.000182+00', 'U0SATO', '2026-11-16 01:00:00.000125+00'),
	(6, 'T0HARUKAZE', 'first_contact', 'U0SATO', 'done', '2026-11-17 01:00:00.000164+00', NULL, NULL, NULL, 1, 1, 1, NULL, '2026-11-16 01:00:00.000182+00', 'U0SATO', '2026-11-16 01:00:00.000164+00'),
	(11, 'T0HARUKAZE', 'repair_plan', 'U0SATO', 'open', '2026-11-19 00:00:00+00', NULL, NULL, NULL, NULL, 5, NULL, NULL, NULL, NULL, '2026-11-16 01:00:00.00026+00'),
	(9, 'T0HARUKAZE', 'thanks_referral', 'U0EMMA', 'open', '2026-11-17 01:00:00.000223+00', NULL, NULL, NULL, 28, 28, 2, NULL, NULL, NULL, '2026-11-16 01:00:00.000223+00'),
	(12, 'T0HARUKAZE', 'thanks_meeting', 'U0SATO', 'done', '2026-11-20 01:00:00.000426+00', NULL, NULL, NULL, 1, 1, 1, NULL, '2026-11-19 01:00:00.000453+00', 'U0SATO', '2026-11-19 01:00:00.000426+00'),
	(7, 'T0HARUKAZE', 'progress_update', 'U0SATO', 'cancelled', '2026-11-17 01:00:00.000182+00', NULL, NULL, NULL, 1, 1, 1, NULL, '2026-11-19 01:00:00.000476+00', 'U0SATO', '2026-11-16 01:00:00.000182+00'),
	(13, 'T0HARUKAZE', 'thanks_win', 'U0SATO', 'open', '2026-11-20 01:00:00.000476+00', NULL, NULL, NULL, 1, 1, 1, NULL, NULL, NULL, '2026-11-19 01:00:00.000476+00'),
	(8, 'T0HARUKAZE', 'consent_request', 'U0EMMA', 'cancelled', '2026-11-17 01:00:00.000223+00', NULL, NULL, NULL, 28, 28, 2, NULL, '2026-11-19 01:00:00.000523+00', 'U0EMMA', '2026-11-16 01:00:00.000223+00'),
	(10, 'T0HARUKAZE', 'progress_update', 'U0EMMA', 'cancelled', '2026-11-24 09:00:00+00', NULL, NULL, NULL, 28, 28, 2, NULL, '2026-11-19 01:00:00.000523+00', 'U0EMMA', '2026-11-16 01:00:00.000223+00'),
	(14, 'T0HARUKAZE', 'loss_news', 'U0EMMA', 'open', '2026-11-20 01:00:00.000523+00', NULL, NULL, NULL, 28, 28, 2, NULL, NULL, NULL, '2026-11-19 01:00:00.000523+00'),
	(15, 'T0HARUKAZE', 'consent_request', 'U0SATO', 'open', '2026-11-25 01:00:00.000724+00', NULL, NULL, '2026-11-24 01:00:00.000724+00', 1, 1, 3, NULL, NULL, NULL, '2026-11-24 01:00:00.000724+00'),
	(16, 'T0HARUKAZE', 'thanks_referral', 'U0SATO', 'open', '2026-11-25 01:00:00.000724+00', NULL, NULL, '2026-11-24 01:00:00.000724+00', 1, 1, 3, NULL, NULL, NULL, '2026-11-24 01:00:00.000724+00'),
	(17, 'T0HARUKAZE', 'progress_update', 'U0SATO', 'open', '2026-12-01 00:00:00+00', NULL, NULL, NULL, 1, 1, 3, NULL, NULL, NULL, '2026-11-24 01:00:00.000724+00');

INSERT INTO public.inbox VALUES
	('T0HARUKAZE', 'command:216140237372.522444465953.ba9eeaa7503133ca6e16e28359b5a2ed', '2026-11-16 01:00:00.000004+00'),
	('T0HARUKAZE', 'command:378401524804.478115608028.7912e845cf17dd17b783715a49144618', '2026-11-16 01:00:00.000009+00'),
	('T0HARUKAZE', 'submission:V29704D8A6E:import_form:1794790800.000114154f4a', '2026-11-16 01:00:00.000013+00'),
	('T0HARUKAZE', 'command:614165198405.483418500372.fe34b0d02cf039bc11263897cc7b9ab4', '2026-11-16 01:00:00.000015+00'),
	('T0HARUKAZE', 'command:456965052205.530131024997.011cb9f5c55138a91ebe87756d684011', '2026-11-16 01:00:00.00002+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-16T10', '2026-11-16 01:00:00.00003+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-16', '2026-11-16 01:00:00.00003+00'),
	('T0HARUKAZE', 'routine:monday:C0REFERRALS:2026-11-16:weekly', '2026-11-16 01:00:00.00003+00'),
	('T0HARUKAZE', 'digest:U0SATO:2026-11-16', '2026-11-16 01:00:00.00003+00'),
	('T0HARUKAZE', 'digest:U0MORI:2026-11-16', '2026-11-16 01:00:00.00003+00'),
	('T0HARUKAZE', 'digest:U0TANAKA:2026-11-16', '2026-11-16 01:00:00.00003+00'),
	('T0HARUKAZE', 'upkeep:2026-11-16', '2026-11-16 01:00:00.00003+00'),
	('T0HARUKAZE', 'command:520582070591.020848967785.c0a1c589d53a6fcda23b283d83e4da78', '2026-11-16 01:00:00.000062+00'),
	('T0HARUKAZE', 'submission:V28E9706589:role_form:1794790800.0003f8af98e0', '2026-11-16 01:00:00.000068+00'),
	('T0HARUKAZE', 'command:891238473803.374169416591.e8e9e544ea1e32735dd7e8300d062663', '2026-11-16 01:00:00.00007+00'),
	('T0HARUKAZE', 'submission:V20C02783E0:settings_form:1794790800.0005cf2a35a9', '2026-11-16 01:00:00.000073+00'),
	('T0HARUKAZE', 'command:518245270141.086120737895.8a3747984425a1fa6e5eb4de7387369e', '2026-11-16 01:00:00.000082+00'),
	('T0HARUKAZE', 'command:418206995798.273023153961.e66718164b57664bc7b4946718c11e6e', '2026-11-16 01:00:00.000084+00'),
	('T0HARUKAZE', 'command:174547732322.158416596392.1ceda0a6003f9237c3557d0ff3a5ed7e', '2026-11-16 01:00:00.000086+00'),
	('T0HARUKAZE', 'command:443811366661.629012985717.a409f89bb0c2681aea16938cb1196bf5', '2026-11-16 01:00:00.000088+00'),
	('T0HARUKAZE', 'submission:VD9795302E6:moment_form:1794790800.0007f2a99f1c', '2026-11-16 01:00:00.000098+00'),
	('T0HARUKAZE', 'action:025097494136.798762662308.fab0bfee46af96fc3a821153cbf6b0c0:send_ask', '2026-11-16 01:00:00.000101+00'),
	('T0HARUKAZE', 'command:269397782876.296766546560.7dfe2f8de9b52b76f559146918c611fc', '2026-11-16 01:00:00.000111+00'),
	('T0HARUKAZE', 'command:725499920897.911403362579.5fb0fd76da78dd109d386bfd1dedfa4d', '2026-11-16 01:00:00.000113+00'),
	('T0HARUKAZE', 'command:874723387302.671404664971.0a67bb9e8ed2a6aa9a937d873d9ab332', '2026-11-16 01:00:00.000115+00'),
	('T0HARUKAZE', 'submission:VA3C3F9DBB4:referral_form:1794790800.00093a49f361', '2026-11-16 01:00:00.000125+00'),
	('T0HARUKAZE', 'action:066576861058.786146052497.4b311224ca56243170c646dd361d27c1:follow_up_done', '2026-11-16 01:00:00.000141+00'),
	('T0HARUKAZE', 'submission:V21303770E6:consent_form:1794790800.00139361d1e6', '2026-11-16 01:00:00.000164+00'),
	('T0HARUKAZE', 'action:392831466890.473234100464.5eec5ac147539368bbeda78e48544bf6:follow_up_done', '2026-11-16 01:00:00.000182+00'),
	('T0HARUKAZE', 'submission:V823030A7AD:news_form:1794790800.001797960648', '2026-11-16 01:00:00.000205+00'),
	('T0HARUKAZE', 'command:180955221538.242559849128.58bba0cfc105e4772a6b5fa5c55ca885', '2026-11-16 01:00:00.000207+00'),
	('T0HARUKAZE', 'submission:V1B76D7D574:known_referral_form:1794790800.0019366951ee', '2026-11-16 01:00:00.00021+00'),
	('T0HARUKAZE', 'command:462019690342.875299370097.f494af46c98af1ef33d6fc9e271975e7', '2026-11-16 01:00:00.000223+00'),
	('T0HARUKAZE', 'command:924515453160.261020667660.8015a23a1b6519d46a6fa2ae5cebc58d', '2026-11-16 01:00:00.000238+00'),
	('T0HARUKAZE', 'action:034550177425.670234110656.e8ed1eb563bc7009da3d7d88e99acd5d:delete_customer', '2026-11-16 01:00:00.000242+00'),
	('T0HARUKAZE', 'action:668922543560.679220162605.c96d58b201098524d6174e0a96f5a9e1:restore_customer', '2026-11-16 01:00:00.000246+00'),
	('T0HARUKAZE', 'command:617686689944.604849863351.9c56780f2e40bd3f7cf86477bacaf0d7', '2026-11-16 01:00:00.000249+00'),
	('T0HARUKAZE', 'submission:V57B7FFE59F:new_contact_form:1794790800.00254b684ab9', '2026-11-16 01:00:00.000256+00'),
	('T0HARUKAZE', 'command:136019218783.007300623182.8407786fb359663c06174d588f465344', '2026-11-16 01:00:00.00026+00'),
	('T0HARUKAZE', 'submission:V89F456A29F:nps_form:1794790800.0028ea8afcb7', '2026-11-16 01:00:00.000266+00'),
	('T0HARUKAZE', 'digest:U0EMMA:2026-11-16', '2026-11-16 09:00:00.000273+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-17T02', '2026-11-16 17:00:00.000285+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-17', '2026-11-16 17:00:00.000285+00'),
	('T0HARUKAZE', 'upkeep:2026-11-17', '2026-11-16 17:00:00.000285+00'),
	('T0HARUKAZE', 'routine:tuesday:C0REFERRALS:2026-11-17:weekly', '2026-11-17 01:00:00.000304+00'),
	('T0HARUKAZE', 'digest:U0SATO:2026-11-17', '2026-11-17 01:00:00.000304+00'),
	('T0HARUKAZE', 'digest:U0MORI:2026-11-17', '2026-11-17 01:00:00.000304+00'),
	('T0HARUKAZE', 'digest:U0TANAKA:2026-11-17', '2026-11-17 01:00:00.000304+00'),
	('T0HARUKAZE', 'digest:U0EMMA:2026-11-17', '2026-11-17 09:00:00.000326+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-18T02', '2026-11-17 17:00:00.000338+00');
INSERT INTO public.inbox VALUES
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-18', '2026-11-17 17:00:00.000338+00'),
	('T0HARUKAZE', 'upkeep:2026-11-18', '2026-11-17 17:00:00.000338+00'),
	('T0HARUKAZE', 'digest:U0SATO:2026-11-18', '2026-11-18 01:00:00.000357+00'),
	('T0HARUKAZE', 'digest:U0MORI:2026-11-18', '2026-11-18 01:00:00.000357+00'),
	('T0HARUKAZE', 'digest:U0TANAKA:2026-11-18', '2026-11-18 01:00:00.000357+00'),
	('T0HARUKAZE', 'digest:U0EMMA:2026-11-18', '2026-11-18 09:00:00.000369+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-19T02', '2026-11-18 17:00:00.000381+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-19', '2026-11-18 17:00:00.000381+00'),
	('T0HARUKAZE', 'upkeep:2026-11-19', '2026-11-18 17:00:00.000381+00'),
	('T0HARUKAZE', 'routine:thursday:C0REFERRALS:2026-11-19:weekly', '2026-11-19 01:00:00.0004+00'),
	('T0HARUKAZE', 'digest:U0SATO:2026-11-19', '2026-11-19 01:00:00.0004+00'),
	('T0HARUKAZE', 'digest:U0MORI:2026-11-19', '2026-11-19 01:00:00.0004+00'),
	('T0HARUKAZE', 'digest:U0TANAKA:2026-11-19', '2026-11-19 01:00:00.0004+00'),
	('T0HARUKAZE', 'action:757784426117.413775346294.4cce87e807eb6784d62acf0d03e09395:referral_meeting', '2026-11-19 01:00:00.000426+00'),
	('T0HARUKAZE', 'action:695455193749.177907273525.17ad1bf9149055d4bc6cdfd73d730a9f:follow_up_done', '2026-11-19 01:00:00.000453+00'),
	('T0HARUKAZE', 'submission:V22D43E8FA0:won_form:1795050000.00356b0d9f1d', '2026-11-19 01:00:00.000476+00'),
	('T0HARUKAZE', 'command:346957540146.903859520848.15282d8e842de45fe991a805f1d105e0', '2026-11-19 01:00:00.000508+00'),
	('T0HARUKAZE', 'submission:V6592CFE4F5:lost_form:1795050000.003926e5e95a', '2026-11-19 01:00:00.000523+00'),
	('T0HARUKAZE', 'digest:U0EMMA:2026-11-19', '2026-11-19 09:00:00.000543+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-20T02', '2026-11-19 17:00:00.00056+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-20', '2026-11-19 17:00:00.00056+00'),
	('T0HARUKAZE', 'upkeep:2026-11-20', '2026-11-19 17:00:00.00056+00'),
	('T0HARUKAZE', 'routine:friday:C0REFERRALS:2026-11-20:weekly', '2026-11-20 01:00:00.000579+00'),
	('T0HARUKAZE', 'digest:U0SATO:2026-11-20', '2026-11-20 01:00:00.000579+00'),
	('T0HARUKAZE', 'digest:U0MORI:2026-11-20', '2026-11-20 01:00:00.000579+00'),
	('T0HARUKAZE', 'digest:U0TANAKA:2026-11-20', '2026-11-20 01:00:00.000579+00'),
	('T0HARUKAZE', 'digest:U0EMMA:2026-11-20', '2026-11-20 09:00:00.000596+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-21T02', '2026-11-20 17:00:00.000608+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-21', '2026-11-20 17:00:00.000608+00'),
	('T0HARUKAZE', 'upkeep:2026-11-21', '2026-11-20 17:00:00.000608+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-22T02', '2026-11-21 17:00:00.000635+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-22', '2026-11-21 17:00:00.000635+00'),
	('T0HARUKAZE', 'upkeep:2026-11-22', '2026-11-21 17:00:00.000635+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-23T02', '2026-11-22 17:00:00.000662+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-23', '2026-11-22 17:00:00.000662+00'),
	('T0HARUKAZE', 'upkeep:2026-11-23', '2026-11-22 17:00:00.000662+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-24T02', '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'roster:C0REFERRALS:2026-11-24', '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'upkeep:2026-11-24', '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'routine:tuesday:C0REFERRALS:2026-11-24:weekly', '2026-11-24 01:00:00.000708+00'),
	('T0HARUKAZE', 'digest:U0SATO:2026-11-24', '2026-11-24 01:00:00.000708+00'),
	('T0HARUKAZE', 'digest:U0MORI:2026-11-24', '2026-11-24 01:00:00.000708+00'),
	('T0HARUKAZE', 'digest:U0TANAKA:2026-11-24', '2026-11-24 01:00:00.000708+00'),
	('T0HARUKAZE', 'command:365718935917.182413848551.f00e22b3e19bc256b8c985eb97c9e009', '2026-11-24 01:00:00.000724+00'),
	('T0HARUKAZE', 'command:133593049974.105966758290.83f468e1e57da28a9fb53cae8210d28a', '2026-11-24 01:00:00.000726+00'),
	('T0HARUKAZE', 'submission:VB7BDC7E3C0:settings_form:1795482000.0041edc1e476', '2026-11-24 01:00:00.000729+00');

INSERT INTO public.moment VALUES
	(1, 'T0HARUKAZE', 1, 'thanks', '吉野 真理様：おかげさまで残業が減りました', 'https://harukaze.slack.com/archives/C0REFERRALS/p1794790800000090', '2026-11-16 01:00:00.000098+00', 'U0SATO', '2026-11-16 01:00:00.000098+00', NULL),
	(2, 'T0HARUKAZE', 28, 'renewal', 'two more years', NULL, '2026-11-16 01:00:00.000115+00', 'U0EMMA', '2026-11-16 01:00:00.000115+00', NULL);

INSERT INTO public.nps VALUES
	(1, 'T0HARUKAZE', 1, 9, '見積の速さに感激しました', '2026-11-16 01:00:00.000082+00', 'U0SATO', '2026-11-16 01:00:00.000082+00', NULL),
	(2, 'T0HARUKAZE', 4, 4, '請求書がわかりにくい', '2026-11-16 01:00:00.000084+00', 'U0SATO', '2026-11-16 01:00:00.000084+00', NULL),
	(3, 'T0HARUKAZE', 3, 10, '', '2026-11-16 01:00:00.000086+00', 'U0SATO', '2026-11-16 01:00:00.000086+00', NULL),
	(4, 'T0HARUKAZE', 28, 9, 'quick answers', '2026-11-16 01:00:00.000111+00', 'U0EMMA', '2026-11-16 01:00:00.000111+00', NULL),
	(5, 'T0HARUKAZE', 5, 7, '', '2026-11-16 01:00:00.00026+00', 'U0SATO', '2026-11-16 01:00:00.00026+00', NULL),
	(6, 'T0HARUKAZE', 42, 10, '早くて助かる', '2026-11-19 01:00:00.000508+00', 'U0SATO', '2026-11-19 01:00:00.000508+00', NULL);

INSERT INTO public.offer VALUES
	(1, 'T0HARUKAZE', 'information', '業界の最新動向をまとめた四半期レポート', 'our quarterly briefing on what is moving in your industry', NULL, NULL, false, '', '2026-11-16 01:00:00+00', NULL),
	(2, 'T0HARUKAZE', 'community', '少人数のユーザー会へのご招待', 'an invitation to our small circle of users', NULL, NULL, false, '', '2026-11-16 01:00:00+00', NULL),
	(3, 'T0HARUKAZE', 'case_study', '貴社の成果をまとめた導入事例の制作', 'a case study of your results, written and designed by us', NULL, NULL, false, '', '2026-11-16 01:00:00+00', NULL),
	(4, 'T0HARUKAZE', 'recognition', 'イベントや会報での、貴社のお取り組みのご紹介', 'a feature of your work at our events and in our newsletter', NULL, NULL, false, '', '2026-11-16 01:00:00+00', NULL),
	(5, 'T0HARUKAZE', 'donation', 'お選びいただいた団体への、貴社名義での寄付', 'a donation in your company’s name to a cause you choose', NULL, NULL, true, '', '2026-11-16 01:00:00+00', NULL),
	(6, 'T0HARUKAZE', 'points', '特典と交換できるポイント', 'points that you can exchange for perks', NULL, NULL, true, '', '2026-11-16 01:00:00+00', NULL);

INSERT INTO public.person VALUES
	('T0HARUKAZE', 'U0EMMA', 'Emma Clarke', 'emma@harukaze.example', 'en', 'Europe/London', 'manager', true, true, false, false, false, 'D0EMMA', '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'U0GOENBOT', 'Goen', NULL, 'en', 'Etc/UTC', 'rep', true, true, false, true, false, NULL, '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'U0GONE', '退職 済', 'gone@harukaze.example', 'ja', 'Asia/Tokyo', 'rep', true, false, false, false, false, NULL, '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'U0GUEST', 'Guest', 'guest@partner.example', 'en', 'Europe/London', 'rep', true, true, true, false, false, NULL, '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'U0MORI', '森 由紀', 'mori@harukaze.example', 'ja', 'Asia/Tokyo', 'admin', true, true, false, false, false, 'D0MORI', '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'U0SATO', '佐藤 美咲', 'sato@harukaze.example', 'ja', 'Asia/Tokyo', 'rep', true, true, false, false, false, 'D0SATO', '2026-11-23 17:00:00.000689+00'),
	('T0HARUKAZE', 'U0TANAKA', '田中 翔', 'tanaka@harukaze.example', 'ja', 'Asia/Tokyo', 'rep', true, true, false, false, false, NULL, '2026-11-23 17:00:00.000689+00');

INSERT INTO public.referral VALUES
	(1, 'T0HARUKAZE', 1, 1, '鈴木商事', '鈴木商事', '有栖川 蓮', '有栖川蓮', 'arisugawa@suzuki-shoji.example', '有栖川さまは見積を待てない', NULL, 'U0SATO', 'won', 1, 'agreed', '2026-11-16 01:00:00.000164+00', '2026-11-16', 'U0SATO', '吉野 真理様からのメール', '2026-11-16 01:00:00.000125+00', '2026-11-16 01:00:00.000182+00', '2026-11-19 01:00:00.000426+00', '2026-11-19 01:00:00.000476+00', NULL, '有栖川 蓮さまのご決断', '', 1200000, 'JPY', '有栖川さまは早朝の電話がよい', '2026-11-16 01:00:00.000205+00', 41, 'U0SATO', '2026-11-16 01:00:00.000125+00', NULL),
	(2, 'T0HARUKAZE', 28, NULL, 'Hudson Ltd', 'hudson', 'Kim', 'kim', NULL, 'faster picking', NULL, 'U0EMMA', 'lost', 1, 'unknown', NULL, NULL, NULL, '', '2026-11-16 01:00:00.000223+00', NULL, NULL, '2026-11-19 01:00:00.000523+00', NULL, 'bad timing', '', NULL, NULL, '', NULL, NULL, 'U0EMMA', '2026-11-16 01:00:00.000223+00', NULL),
	(3, 'T0HARUKAZE', 1, NULL, '東邦商会', '東邦商会', '江口', '江口', NULL, '見積', NULL, 'U0SATO', 'received', 1, 'unknown', NULL, NULL, NULL, '', '2026-11-24 01:00:00.000724+00', NULL, NULL, NULL, NULL, '', '', NULL, NULL, '', NULL, NULL, 'U0SATO', '2026-11-24 01:00:00.000724+00', NULL);

INSERT INTO public.result VALUES
	(1, 'T0HARUKAZE', 1, NULL, '見積作成時間', 4.200000, 2.200000, 'h', 'h', 'lower', '', '', -48.0000, true, '2026-11-16 01:00:00.000088+00', 'U0SATO', '2026-11-16 01:00:00.000088+00', NULL),
	(2, 'T0HARUKAZE', 28, NULL, 'picking time', 40.000000, 25.000000, 'min', 'min', 'lower', '', '', -38.0000, true, '2026-11-16 01:00:00.000113+00', 'U0EMMA', '2026-11-16 01:00:00.000113+00', NULL);

INSERT INTO public.second_referrer VALUES
	(1, 3, 'T0HARUKAZE', 'U0SATO', '2026-11-16 01:00:00.00021+00');

INSERT INTO public.shown_follow_up VALUES
	(4, 3, 0, 'T0HARUKAZE'),
	(4, 4, 1, 'T0HARUKAZE'),
	(7, 6, 0, 'T0HARUKAZE'),
	(13, 8, 0, 'T0HARUKAZE'),
	(14, 9, 0, 'T0HARUKAZE'),
	(16, 7, 0, 'T0HARUKAZE'),
	(17, 8, 0, 'T0HARUKAZE'),
	(18, 8, 0, 'T0HARUKAZE'),
	(18, 9, 1, 'T0HARUKAZE'),
	(19, 7, 0, 'T0HARUKAZE'),
	(20, 8, 0, 'T0HARUKAZE'),
	(20, 9, 1, 'T0HARUKAZE'),
	(22, 7, 0, 'T0HARUKAZE'),
	(22, 1, 1, 'T0HARUKAZE'),
	(22, 11, 2, 'T0HARUKAZE'),
	(28, 12, 0, 'T0HARUKAZE'),
	(37, 13, 0, 'T0HARUKAZE'),
	(43, 9, 0, 'T0HARUKAZE'),
	(44, 14, 0, 'T0HARUKAZE'),
	(46, 1, 0, 'T0HARUKAZE'),
	(46, 11, 1, 'T0HARUKAZE'),
	(46, 13, 2, 'T0HARUKAZE'),
	(47, 9, 0, 'T0HARUKAZE'),
	(47, 14, 1, 'T0HARUKAZE'),
	(49, 1, 0, 'T0HARUKAZE'),
	(49, 11, 1, 'T0HARUKAZE'),
	(49, 13, 2, 'T0HARUKAZE');

INSERT INTO public.template VALUES
	(1, 'T0HARUKAZE', 'default', 'ja', 1, '{kpi}の成果と、ひとつご相談', '{customer}
{contact}様

いつもお世話になっております。{company}の{sender}です。

{kpi}が{before}から{after}（{change}）になったこと、私たちも誇らしく思っております。皆さまの取り組みがあってこその成果です。

この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。先方のご了承をいただけましたら、ご連絡はこちらから丁寧に差し上げ、その後の進み具合も必ずご報告いたします。

お礼として、{offer}をご用意しております。', '{contact}様、{kpi}が{before}から{after}（{change}）、見事な成果ですね。この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。ご連絡はこちらから差し上げ、その後の進み具合も必ずご報告します。お礼に、{offer}をご用意しています。', '', '2026-11-16 01:00:00+00', NULL),
	(2, 'T0HARUKAZE', 'thanks', 'ja', 1, '温かいお言葉のお礼と、ひとつご相談', '{customer}
{contact}様

いつもお世話になっております。{company}の{sender}です。

先日は温かいお言葉をありがとうございました。チーム一同、励みにしております。{kpi}が{before}から{after}（{change}）になったのは、皆さまの取り組みがあってこそです。

この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。先方のご了承をいただけましたら、ご連絡はこちらから丁寧に差し上げ、その後の進み具合も必ずご報告いたします。

お礼として、{offer}をご用意しております。', '{contact}様、先日は温かいお言葉をありがとうございました。{kpi}が{before}から{after}（{change}）になったのは、皆さまの取り組みがあってこそです。この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。ご連絡はこちらから差し上げ、その後の進み具合も必ずご報告します。お礼に、{offer}をご用意しています。', '', '2026-11-16 01:00:00+00', NULL),
	(3, 'T0HARUKAZE', 'upsell', 'ja', 1, 'ご利用拡大のお礼と、ひとつご相談', '{customer}
{contact}様

いつもお世話になっております。{company}の{sender}です。

このたびはご利用を広げていただき、ありがとうございます。{kpi}が{before}から{after}（{change}）になった手応えを、さらに広げてまいります。

この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。先方のご了承をいただけましたら、ご連絡はこちらから丁寧に差し上げ、その後の進み具合も必ずご報告いたします。

お礼として、{offer}をご用意しております。', '{contact}様、ご利用を広げていただきありがとうございます。{kpi}が{before}から{after}（{change}）、見事な成果ですね。この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。ご連絡はこちらから差し上げ、その後の進み具合も必ずご報告します。お礼に、{offer}をご用意しています。', '', '2026-11-16 01:00:00+00', NULL),
	(4, 'T0HARUKAZE', 'renewal', 'ja', 1, 'ご契約更新のお礼と、ひとつご相談', '{customer}
{contact}様

いつもお世話になっております。{company}の{sender}です。

このたびはご契約を更新していただき、ありがとうございます。{kpi}が{before}から{after}（{change}）になるまでをご一緒できたこと、うれしく思っております。

この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。先方のご了承をいただけましたら、ご連絡はこちらから丁寧に差し上げ、その後の進み具合も必ずご報告いたします。

お礼として、{offer}をご用意しております。', '{contact}様、ご契約の更新をありがとうございます。{kpi}が{before}から{after}（{change}）になるまでをご一緒できて、うれしく思っています。この進め方は、{ideal_customer}にもきっとお役に立ちます。お知り合いにいらっしゃいましたら、ご紹介いただけませんか。ご連絡はこちらから差し上げ、その後の進み具合も必ずご報告します。お礼に、{offer}をご用意しています。', '', '2026-11-16 01:00:00+00', NULL),
	(5, 'T0HARUKAZE', 'default', 'en', 1, 'Your {kpi} result, and one question', 'Hi {contact},

You took {kpi} at {customer} from {before} to {after} ({change}). That is your team’s doing, and we are proud to be part of it.

I believe the same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes: I will get in touch with care and tell you how it goes, every step of the way.

By way of thanks, we would like to offer you {offer}.

Best regards,
{sender}
{company}', '{contact}, going from {before} to {after} ({change}) on {kpi} is a fine result. The same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes, and I will tell you how it goes. By way of thanks, we would like to offer you {offer}.', '', '2026-11-16 01:00:00+00', NULL),
	(6, 'T0HARUKAZE', 'thanks', 'en', 1, 'Your kind words, and one question', 'Hi {contact},

Thank you for your kind words; I passed them on to the whole team. Going from {before} to {after} ({change}) on {kpi} at {customer} was your team’s own work.

I believe the same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes: I will get in touch with care and tell you how it goes, every step of the way.

By way of thanks, we would like to offer you {offer}.

Best regards,
{sender}
{company}', '{contact}, thank you again for your kind words. Going from {before} to {after} ({change}) on {kpi} was your team’s own work. The same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes, and I will tell you how it goes. By way of thanks, we would like to offer you {offer}.', '', '2026-11-16 01:00:00+00', NULL),
	(7, 'T0HARUKAZE', 'upsell', 'en', 1, 'Thank you for growing with us, and one question', 'Hi {contact},

Thank you for taking our work together further at {customer}. You took {kpi} from {before} to {after} ({change}), and we mean to build on it.

I believe the same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes: I will get in touch with care and tell you how it goes, every step of the way.

By way of thanks, we would like to offer you {offer}.

Best regards,
{sender}
{company}', '{contact}, thank you for taking our work further. Going from {before} to {after} ({change}) on {kpi} is a fine result. The same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes, and I will tell you how it goes. By way of thanks, we would like to offer you {offer}.', '', '2026-11-16 01:00:00+00', NULL),
	(8, 'T0HARUKAZE', 'renewal', 'en', 1, 'Thank you for renewing, and one question', 'Hi {contact},

Thank you for renewing. It has been a pleasure to see {customer} take {kpi} from {before} to {after} ({change}).

I believe the same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes: I will get in touch with care and tell you how it goes, every step of the way.

By way of thanks, we would like to offer you {offer}.

Best regards,
{sender}
{company}', '{contact}, thank you for renewing. Going from {before} to {after} ({change}) on {kpi} is a fine result. The same approach would help {ideal_customer}. Does anyone come to mind? If they are happy to hear from me, a name is all it takes, and I will tell you how it goes. By way of thanks, we would like to offer you {offer}.', '', '2026-11-16 01:00:00+00', NULL);

INSERT INTO public.workspace VALUES
	('T0HARUKAZE', '株式会社ハルカゼ', 'U0GOENBOT', 'C0REFERRALS', 'ja', 'Asia/Tokyo', 'JP', 'JPY', '{"nps_fresh_for": 60, "ask_again_after": 45}', '', '', '2026-11-16 01:00:00+00', '2026-11-16 01:00:00+00');

SELECT pg_catalog.setval('public.ask_id_seq', 1, true);

SELECT pg_catalog.setval('public.audit_id_seq', 34, true);

SELECT pg_catalog.setval('public.contact_id_seq', 42, true);

SELECT pg_catalog.setval('public.customer_id_seq', 41, true);

SELECT pg_catalog.setval('public.delivery_id_seq', 49, true);

SELECT pg_catalog.setval('public.errand_id_seq', 2, true);

SELECT pg_catalog.setval('public.follow_up_id_seq', 17, true);

SELECT pg_catalog.setval('public.moment_id_seq', 2, true);

SELECT pg_catalog.setval('public.nps_id_seq', 6, true);

SELECT pg_catalog.setval('public.offer_id_seq', 6, true);

SELECT pg_catalog.setval('public.referral_id_seq', 3, true);

SELECT pg_catalog.setval('public.result_id_seq', 2, true);

SELECT pg_catalog.setval('public.template_id_seq', 8, true);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.ask
    ADD CONSTRAINT pk_ask PRIMARY KEY (id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT pk_contact PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_state
    ADD CONSTRAINT pk_contact_state PRIMARY KEY (contact_id);

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT pk_customer PRIMARY KEY (id);

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT pk_delivery PRIMARY KEY (id);

ALTER TABLE ONLY public.errand
    ADD CONSTRAINT pk_errand PRIMARY KEY (id);

ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT pk_follow_up PRIMARY KEY (id);

ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (team_id, key);

ALTER TABLE ONLY public.moment
    ADD CONSTRAINT pk_moment PRIMARY KEY (id);

ALTER TABLE ONLY public.nps
    ADD CONSTRAINT pk_nps PRIMARY KEY (id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT pk_offer PRIMARY KEY (id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (team_id, user_id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT pk_referral PRIMARY KEY (id);

ALTER TABLE ONLY public.result
    ADD CONSTRAINT pk_result PRIMARY KEY (id);

ALTER TABLE ONLY public.second_referrer
    ADD CONSTRAINT pk_second_referrer PRIMARY KEY (referral_id, contact_id);

ALTER TABLE ONLY public.shown_follow_up
    ADD CONSTRAINT pk_shown_follow_up PRIMARY KEY (delivery_id, follow_up_id);

ALTER TABLE ONLY public.template
    ADD CONSTRAINT pk_template PRIMARY KEY (id);

ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT pk_workspace PRIMARY KEY (team_id);

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT uq_delivery_team_id_dedup_key UNIQUE (team_id, dedup_key);

ALTER TABLE ONLY public.errand
    ADD CONSTRAINT uq_errand_team_id_key UNIQUE (team_id, key);

ALTER TABLE ONLY public.template
    ADD CONSTRAINT uq_template_team_id_name_locale_version UNIQUE (team_id, name, locale, version);

CREATE INDEX ix_ask_contact_id_sent_at ON public.ask USING btree (contact_id, sent_at);

CREATE INDEX ix_ask_team_id_state ON public.ask USING btree (team_id, state);

CREATE INDEX ix_audit_team_id_record_record_id ON public.audit USING btree (team_id, record, record_id);

CREATE INDEX ix_contact_came_from_referral_id ON public.contact USING btree (came_from_referral_id);

CREATE INDEX ix_contact_customer_id ON public.contact USING btree (customer_id);

CREATE INDEX ix_contact_state_team_id_askable ON public.contact_state USING btree (team_id, rank_key DESC) WHERE is_askable;

CREATE INDEX ix_contact_state_team_id_nps_at ON public.contact_state USING btree (team_id, nps_at);

CREATE INDEX ix_contact_state_team_id_owner_id_askable ON public.contact_state USING btree (team_id, owner_id, rank_key DESC) WHERE is_askable;

CREATE INDEX ix_customer_came_from_referral_id ON public.customer USING btree (came_from_referral_id);

CREATE INDEX ix_customer_team_id_name_key ON public.customer USING btree (team_id, name_key);

CREATE INDEX ix_customer_team_id_owner_id_search_key_live ON public.customer USING btree (team_id, owner_id, search_key) WHERE (deleted_at IS NULL);

CREATE INDEX ix_delivery_due_at_changes ON public.delivery USING btree (due_at) WHERE (((state)::text = 'pending'::text) AND ((method)::text <> 'post'::text));

CREATE INDEX ix_delivery_due_at_doubt ON public.delivery USING btree (due_at) WHERE ((state)::text = 'doubt'::text);

CREATE INDEX ix_delivery_due_at_pending ON public.delivery USING btree (due_at) WHERE ((state)::text = 'pending'::text);

CREATE INDEX ix_delivery_due_at_sending ON public.delivery USING btree (due_at) WHERE ((state)::text = 'sending'::text);

CREATE INDEX ix_delivery_target_ts ON public.delivery USING btree (target_ts) WHERE (target_ts IS NOT NULL);

CREATE INDEX ix_delivery_team_id_channel_settled_at ON public.delivery USING btree (team_id, channel, settled_at);

CREATE INDEX ix_delivery_team_id_posted_channel_slack_ts ON public.delivery USING btree (team_id, posted_channel, slack_ts);

CREATE INDEX ix_errand_due_at_open ON public.errand USING btree (due_at) WHERE ((state)::text = 'open'::text);

CREATE INDEX ix_follow_up_announce_at_open ON public.follow_up USING btree (announce_at) WHERE ((state)::text = 'open'::text);

CREATE INDEX ix_follow_up_ask_id ON public.follow_up USING btree (ask_id);

CREATE INDEX ix_follow_up_contact_id ON public.follow_up USING btree (contact_id);

CREATE INDEX ix_follow_up_customer_id ON public.follow_up USING btree (customer_id);

CREATE INDEX ix_follow_up_referral_id ON public.follow_up USING btree (referral_id);

CREATE INDEX ix_follow_up_team_id_owed_by_open ON public.follow_up USING btree (team_id, owed_by, due_at) WHERE ((state)::text = 'open'::text);

CREATE INDEX ix_inbox_seen_at ON public.inbox USING btree (seen_at);

CREATE INDEX ix_moment_contact_id_happened_at ON public.moment USING btree (contact_id, happened_at);

CREATE INDEX ix_nps_contact_id_answered_at ON public.nps USING btree (contact_id, answered_at);

CREATE INDEX ix_offer_team_id ON public.offer USING btree (team_id);

CREATE INDEX ix_person_team_id_email ON public.person USING btree (team_id, email);

CREATE INDEX ix_referral_ask_id ON public.referral USING btree (ask_id);

CREATE INDEX ix_referral_referrer_id ON public.referral USING btree (referrer_id);

CREATE INDEX ix_referral_team_id_company_key ON public.referral USING btree (team_id, company_key);

CREATE INDEX ix_referral_team_id_owner_id_stage_live ON public.referral USING btree (team_id, owner_id, stage) WHERE (deleted_at IS NULL);

CREATE INDEX ix_result_customer_id_measured_at ON public.result USING btree (customer_id, measured_at);

CREATE INDEX ix_shown_follow_up_follow_up_id ON public.shown_follow_up USING btree (follow_up_id);

ALTER TABLE ONLY public.ask
    ADD CONSTRAINT fk_ask_contact_id_contact FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.ask
    ADD CONSTRAINT fk_ask_offer_id_offer FOREIGN KEY (offer_id) REFERENCES public.offer(id);

ALTER TABLE ONLY public.ask
    ADD CONSTRAINT fk_ask_result_id_result FOREIGN KEY (result_id) REFERENCES public.result(id);

ALTER TABLE ONLY public.ask
    ADD CONSTRAINT fk_ask_template_id_template FOREIGN KEY (template_id) REFERENCES public.template(id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT fk_contact_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);

ALTER TABLE ONLY public.contact_state
    ADD CONSTRAINT fk_contact_state_contact_id_contact FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_ask_id_ask FOREIGN KEY (ask_id) REFERENCES public.ask(id);

ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_contact_id_contact FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);

ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_referral_id_referral FOREIGN KEY (referral_id) REFERENCES public.referral(id);

ALTER TABLE ONLY public.moment
    ADD CONSTRAINT fk_moment_contact_id_contact FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.nps
    ADD CONSTRAINT fk_nps_contact_id_contact FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_ask_id_ask FOREIGN KEY (ask_id) REFERENCES public.ask(id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_referrer_id_contact FOREIGN KEY (referrer_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_won_customer_id_customer FOREIGN KEY (won_customer_id) REFERENCES public.customer(id);

ALTER TABLE ONLY public.result
    ADD CONSTRAINT fk_result_contact_id_contact FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.result
    ADD CONSTRAINT fk_result_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);

ALTER TABLE ONLY public.second_referrer
    ADD CONSTRAINT fk_second_referrer_contact_id_contact FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.second_referrer
    ADD CONSTRAINT fk_second_referrer_referral_id_referral FOREIGN KEY (referral_id) REFERENCES public.referral(id);

ALTER TABLE ONLY public.shown_follow_up
    ADD CONSTRAINT fk_shown_follow_up_delivery_id_delivery FOREIGN KEY (delivery_id) REFERENCES public.delivery(id);

ALTER TABLE ONLY public.shown_follow_up
    ADD CONSTRAINT fk_shown_follow_up_follow_up_id_follow_up FOREIGN KEY (follow_up_id) REFERENCES public.follow_up(id);
