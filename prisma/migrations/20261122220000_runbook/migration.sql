-- A lead may do what concerns everybody, e.g. suppress a whole network.
ALTER TYPE "role" ADD VALUE 'lead' BEFORE 'admin';

CREATE TYPE "verdict" AS ENUM ('malicious', 'suspicious_escalated', 'benign_expected', 'benign_vpn', 'duplicate', 'cannot_tell');
CREATE TYPE "suppression_scope" AS ENUM ('user_network', 'user_ip', 'org_network', 'token');

ALTER TABLE "okta_org" ADD COLUMN "next_suppression_id" INTEGER NOT NULL DEFAULT 1;

-- Baseline of the runbook: successes and their hours, and the devices and networks with which an account ever succeeded.
ALTER TABLE "actor_network_day" ADD COLUMN "successes" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "hours" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "actor_device" (
    "org_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "as_number" BIGINT NOT NULL,
    "events" INTEGER NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "is_managed" BOOLEAN,

    CONSTRAINT "actor_device_pkey" PRIMARY KEY ("org_id","actor_id","device","as_number")
);
-- Which accounts use a network: one row an account, whatever its devices are.
CREATE INDEX "actor_device_network" ON "actor_device" ("org_id", "as_number", "actor_id") WHERE "device" = '';

-- From the events that are stored already.
UPDATE "actor_network_day" d SET "successes" = seen.successes, "hours" = seen.hours FROM (
  SELECT org_id, actor_id, (published AT TIME ZONE 'UTC')::date AS day, coalesce(as_number, 0) AS as_number, coalesce(country, '') AS country,
    coalesce(os, '') AS os, coalesce(browser, '') AS browser, count(*) AS successes,
    bit_or(1 << extract(hour FROM published AT TIME ZONE 'UTC')::int) AS hours
  FROM "event" WHERE actor_id IS NOT NULL AND outcome = 'SUCCESS' GROUP BY 1, 2, 3, 4, 5, 6, 7
) seen
WHERE (d.org_id, d.actor_id, d.day, d.as_number, d.country, d.os, d.browser)
  = (seen.org_id, seen.actor_id, seen.day, seen.as_number, seen.country, seen.os, seen.browser);

INSERT INTO "actor_device" (org_id, actor_id, device, as_number, events, first_at, last_at)
SELECT org_id, actor_id, named.device, coalesce(as_number, 0), count(*), min(published), max(published)
FROM "event" CROSS JOIN LATERAL unnest(ARRAY['', coalesce('id:' || left(device_id, 256), 'dt:' || left(dt_hash, 256))]) AS named (device)
WHERE actor_id IS NOT NULL AND outcome = 'SUCCESS' AND named.device IS NOT NULL
  AND (client_ip IS NOT NULL OR as_number IS NOT NULL OR device_id IS NOT NULL OR dt_hash IS NOT NULL)
GROUP BY 1, 2, 3, 4;

-- Of which time every event is stored.
CREATE TABLE "coverage_span" (
    "org_id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "covered_from" TIMESTAMPTZ(3) NOT NULL,
    "covered_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coverage_span_pkey" PRIMARY KEY ("org_id","stream","covered_from")
);
ALTER TABLE "coverage_span" ADD CONSTRAINT "coverage_span_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "okta_org"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Okta said when asked about a user or a token.
CREATE TABLE "okta_record" (
    "org_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "result" TEXT NOT NULL,
    "content" JSONB,
    "found_at" TIMESTAMPTZ(3),
    "problem_message" TEXT,

    CONSTRAINT "okta_record_pkey" PRIMARY KEY ("org_id","kind","subject_id")
);
ALTER TABLE "okta_record" ADD CONSTRAINT "okta_record_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "okta_org"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What people conclude, and on what.
ALTER TABLE "signal"
  ADD COLUMN "verdict" "verdict",
  ADD COLUMN "duplicate_of_id" INTEGER,
  ADD COLUMN "claimed_by_id" TEXT,
  ADD COLUMN "claimed_by_name" TEXT,
  ADD COLUMN "claim_expires_at" TIMESTAMPTZ(3);
CREATE INDEX "signal_org_id_follows_id_idx" ON "signal"("org_id", "follows_id");
CREATE INDEX "signal_org_id_merged_into_id_idx" ON "signal"("org_id", "merged_into_id");
CREATE INDEX "signal_org_id_ip_last_seen_idx" ON "signal"("org_id", "ip", "last_seen");
CREATE INDEX "signal_org_id_actor_id_last_seen_idx" ON "signal"("org_id", "actor_id", "last_seen");
CREATE INDEX "signal_org_id_as_number_last_seen_idx" ON "signal"("org_id", "as_number", "last_seen");

CREATE TABLE "signal_verdict" (
    "org_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "signal_id" INTEGER NOT NULL,
    "verdict" "verdict" NOT NULL,
    "rationale" TEXT NOT NULL,
    "note" TEXT,
    "evidence" JSONB NOT NULL,
    "suggested" "verdict",
    "status_before" "signal_status" NOT NULL,
    "replaces_id" UUID,
    "duplicate_of_id" INTEGER,
    "suppression_id" INTEGER,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" TEXT NOT NULL,
    "decided_by_name" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by_name" TEXT,

    CONSTRAINT "signal_verdict_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "signal_verdict_org_id_signal_id_decided_at_idx" ON "signal_verdict"("org_id", "signal_id", "decided_at");
CREATE UNIQUE INDEX "signal_verdict_one_in_force" ON "signal_verdict"("org_id", "signal_id") WHERE "withdrawn_at" IS NULL;
ALTER TABLE "signal_verdict" ADD CONSTRAINT "signal_verdict_org_id_signal_id_fkey" FOREIGN KEY ("org_id", "signal_id") REFERENCES "signal"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "evidence" (
    "org_id" TEXT NOT NULL,
    "signal_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "step" INTEGER,
    "label" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3),
    "raw" TEXT,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,
    "pinned_by_id" TEXT NOT NULL,
    "pinned_by_name" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("org_id","signal_id","number")
);
CREATE INDEX "evidence_org_id_ref_idx" ON "evidence"("org_id", "ref");
CREATE UNIQUE INDEX "evidence_one_live" ON "evidence"("org_id", "signal_id", "kind", "ref") WHERE "removed_at" IS NULL;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_org_id_signal_id_fkey" FOREIGN KEY ("org_id", "signal_id") REFERENCES "signal"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "signal_note" (
    "org_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "signal_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by_name" TEXT,

    CONSTRAINT "signal_note_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "signal_note_org_id_signal_id_created_at_idx" ON "signal_note"("org_id", "signal_id", "created_at");
ALTER TABLE "signal_note" ADD CONSTRAINT "signal_note_org_id_signal_id_fkey" FOREIGN KEY ("org_id", "signal_id") REFERENCES "signal"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "step_review" (
    "org_id" TEXT NOT NULL,
    "signal_id" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewer_id" TEXT NOT NULL,
    "reviewer_name" TEXT NOT NULL,

    CONSTRAINT "step_review_pkey" PRIMARY KEY ("org_id","signal_id","step")
);
ALTER TABLE "step_review" ADD CONSTRAINT "step_review_org_id_signal_id_fkey" FOREIGN KEY ("org_id", "signal_id") REFERENCES "signal"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is expected for a time, and what it hid.
CREATE TABLE "suppression" (
    "org_id" TEXT NOT NULL,
    "id" INTEGER NOT NULL,
    "scope" "suppression_scope" NOT NULL,
    "actor_id" TEXT,
    "actor_label" TEXT,
    "as_number" BIGINT,
    "as_org" TEXT,
    "range" INET,
    "token_id" TEXT,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "signal_id" INTEGER,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "owner_id" TEXT NOT NULL,
    "owner_name" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_name" TEXT,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    "last_match_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "end_told_at" TIMESTAMPTZ(3),

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "suppression_end" ON "suppression"("org_id", (coalesce("ended_at", "ends_at")), "id");
CREATE INDEX "suppression_org_id_actor_id_idx" ON "suppression"("org_id", "actor_id");
CREATE INDEX "suppression_org_id_as_number_idx" ON "suppression"("org_id", "as_number");
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "okta_org"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_names_its_scope" CHECK (
  ("scope" = 'user_network' AND "actor_id" IS NOT NULL AND "as_number" IS NOT NULL AND "range" IS NULL AND "token_id" IS NULL)
  OR ("scope" = 'user_ip' AND "actor_id" IS NOT NULL AND "range" IS NOT NULL AND "as_number" IS NULL AND "token_id" IS NULL)
  OR ("scope" = 'org_network' AND "actor_id" IS NULL AND "as_number" IS NOT NULL AND "range" IS NULL AND "token_id" IS NULL)
  OR ("scope" = 'token' AND "token_id" IS NOT NULL AND "actor_id" IS NOT NULL AND "as_number" IS NOT NULL AND "range" IS NULL));

CREATE TABLE "suppressed_finding" (
    "org_id" TEXT NOT NULL,
    "event_uuid" TEXT NOT NULL,
    "suppression_id" INTEGER NOT NULL,
    "published" TIMESTAMPTZ(3) NOT NULL,
    "event_type" TEXT NOT NULL,
    "rule_case" INTEGER NOT NULL,
    "ip" INET NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_login" TEXT,
    "as_number" BIGINT,
    "token_id" TEXT,
    "outcome" TEXT NOT NULL,
    "intent_policy" "intent_policy" NOT NULL,
    "matches" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppressed_finding_pkey" PRIMARY KEY ("org_id","event_uuid")
);
CREATE INDEX "suppressed_finding_org_id_suppression_id_published_idx" ON "suppressed_finding"("org_id", "suppression_id", "published" DESC);
CREATE INDEX "suppressed_finding_org_id_actor_id_published_idx" ON "suppressed_finding"("org_id", "actor_id", "published" DESC);
CREATE INDEX "suppressed_finding_org_id_ip_published_idx" ON "suppressed_finding"("org_id", "ip", "published" DESC);
ALTER TABLE "suppressed_finding" ADD CONSTRAINT "suppressed_finding_org_id_suppression_id_fkey" FOREIGN KEY ("org_id", "suppression_id") REFERENCES "suppression"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What single people should know.
CREATE TABLE "notification" (
    "org_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "notification_org_id_user_id_created_at_idx" ON "notification"("org_id", "user_id", "created_at" DESC);
ALTER TABLE "notification" ADD CONSTRAINT "notification_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "okta_org"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Life of API tokens, and requests that their zone refused (runbook step 4): few, and asked for by type.
CREATE INDEX "event_api_token" ON "event" ("org_id", "event_type", "published") WHERE "event_type" IN (
  'system.api_token.create', 'system.api_token.enable', 'system.api_token.update', 'system.api_token.revoke',
  'system.api_token.request_outside_allowed_range', 'system.oauth2.token.request_outside_allowed_range');

-- Signals in which a token was used (token page).
CREATE INDEX "signal_tokens_idx" ON "signal" USING GIN ("tokens" jsonb_path_ops);

-- Events that an analyst looks at first, by account (runbook step 3). Decided when an event is stored: as an expression of the index, so
-- many names would cost more than everything else of storing it. Those that are stored already are found by their distinct types.
ALTER TABLE "event" ADD COLUMN "is_notable" BOOLEAN NOT NULL DEFAULT false;
UPDATE "event" SET "is_notable" = true WHERE "event_type" IN (
  SELECT "event_type" FROM (SELECT DISTINCT "event_type" FROM "event") AS stored
  WHERE "event_type" ~
    '^(user\.account\.privilege\.|user\.privileged_account\.privilege\.|group\.privilege\.|'
    'app\.oauth2\.client\.privilege\.|iam\.|user\.session\.impersonation\.|analytics\.reports\.export\.|'
    'user\.session\.access_admin_app$|application\.user_membership\.show_password$|'
    'app\.oauth2\.client\.read_client_secret$|system\.idp\.lifecycle\.read_client_secret$|'
    'application\.configuration\.read_client_secret$|workflows\.user\.flow\.export$|workflows\.user\.folder\.export$|'
    'workflows\.user\.table\.export$|workflows\.user\.table\.schema\.export$|workflows\.user\.table\.view$|'
    'pam\.secret\.reveal$|pam\.server_account\.password\.reveal$|pam\.service_account\.password\.reveal$|'
    'support\.org\.|user\.account\.access_support_user_app$|system\.directory\.debugger\.|system\.api_token\.|'
    'system\.oauth2\.token\.request_outside_allowed_range$|app\.oauth2\.client\.lifecycle\.|'
    'app\.oauth2\.credentials\.lifecycle\.|integration\.api_service\.lifecycle\.|app\.oauth2\.admin\.consent\.|'
    'app\.oauth2\.as\.consent\.|app\.oauth2\.token\.detect_reuse$|app\.oauth2\.as\.token\.detect_reuse$|'
    'user\.account\.update_password$|user\.account\.reset_password$|user\.account\.expire_password$|'
    'user\.lifecycle\.password_mass_expiry$|user\.import\.password$|application\.user_membership\.change_password$|'
    'system\.agent\.ad\.reset_user_password$|system\.agent\.ldap\.change_user_password$|'
    'system\.agent\.ldap\.reset_user_password$|system\.agent\.ldap\.update_user_password$|user\.mfa\.|'
    'device\.enrollment\.|device\.user\.|device\.lifecycle\.|device\.token\.enrollment\.|'
    'device\.desktop_mfa\.recovery_pin\.|credential\.|user\.credential\.|system\.email\.mfa_|'
    'system\.email\.new_device_notification\.|user\.account\.lock$|user\.account\.lock\.|user\.account\.unlock$|'
    'user\.account\.unlock_|user\.account\.use_token$|user\.account\.update_primary_email$|'
    'user\.account\.update_secondary_email$|user\.account\.update_profile$|system\.email\.password_reset\.|'
    'system\.email\.account_unlock\.|system\.sms\.send_password_reset_message$|'
    'system\.sms\.send_account_unlock_message$|system\.voice\.send_password_reset_call$|'
    'system\.voice\.send_account_unlock_call$|user\.identity_verification$|user\.identity_verification\.|'
    'security\.protected_action\.attempt$|system\.agent\.ad\.unlock_user_account$|'
    'system\.agent\.ldap\.unlock_user_account$|policy\.lifecycle\.|policy\.rule\.|policy\.mapping\.|policy\.branch\.|'
    'application\.policy\.|application\.lifecycle\.|application\.configuration\.|zone\.|network_zone\.|'
    'security\.zone\.|system\.idp\.|security\.authenticator\.|system\.mfa\.factor\.|security\.trusted_origin\.|'
    'security\.behavior\.settings\.|security\.threat\.configuration\.update$|'
    'security\.attack_protection\.settings\.update$|security\.bot_protection\.|security\.session_protection\.|'
    'security\.protected_action\.settings\.update$|security\.events\.provider\.activate$|'
    'security\.events\.provider\.create$|security\.events\.provider\.deactivate$|security\.events\.provider\.delete$|'
    'security\.events\.provider\.update$|security\.events\.transmitter\.|security\.device\.|security\.voice\.|'
    'security\.origin\.|system\.log_stream\.|event_hook\.|inline_hook\.|system\.hook\.|oauth2\.|app\.keys\.|'
    'system\.feature\.|system\.custom_url_domain\.|system\.email\.template\.|'
    'system\.rate_limit\.configuration\.update$|system\.captcha\.|system\.org\.captcha\.|'
    'system\.custom_email_server\.|system\.email_domain\.|system\.self_service\.configuration\.|system\.iwa\.|'
    'system\.agent\.register$|system\.agent\.ad\.config_change_detected$|system\.agent\.ad\.create$|'
    'system\.agent\.ad\.deactivate$|system\.agent\.ad\.delete$|system\.agent\.ad\.reactivate$|'
    'system\.agent\.connector\.deactivate$|system\.agent\.connector\.delete$|system\.agent\.connector\.reactivate$|'
    'system\.agent\.ldap\.config_change_detected$|resource_servers\.|pki\.ca\.|device\.assurance\.policy\.|'
    'security\.threat\.detected$|security\.attack\.|security\.request\.blocked$|'
    'security\.breached_credential\.detected$|security\.session\.detect_client_roaming$|'
    'user\.account\.report_suspicious_activity_by_enduser$|user\.risk\.|security\.password_spray\.|'
    'security\.internal\.threat\.|security\.internal\.valid_password_sprayed\.|'
    'security\.events\.provider\.receive_event$|policy\.entity_risk\.|user\.lifecycle\.|group\.lifecycle\.|'
    'group\.user_membership\.|user\.behavior\.profile\.reset$|user\.realm\.|scheduled_action\.user_suspension\.)'
  AND "event_type" !~
    '^(iam\.role\.subscriptions\.update$|inline_hook\.executed$|inline_hook\.response\.|event_hook\.delivery$|'
    'group\.user_membership\.rule\.|policy\.rule\.action\.|application\.configuration\.detect_error$|'
    'pki\.ca\.expiration\.)'
);
CREATE INDEX "event_notable" ON "event" ("org_id", "actor_id", "published") WHERE "is_notable";

-- Notable events by whom or what they were done to (runbook steps 4, 5 and 6). Profiles are left out: they are pushed all the time and
-- change nothing about how somebody signs in. Queries repeat the predicate word for word (`NOTABLE_TO` in lib/runbook).
CREATE INDEX "event_notable_to" ON "event" USING gin ("target_ids") WHERE "is_notable" AND "event_type" <> 'user.account.update_profile';
