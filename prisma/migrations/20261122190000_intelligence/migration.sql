-- Formats are a closed list in lib/intel/model.ts, like categories: a new one needs no migration.
ALTER TABLE "feed" ALTER COLUMN "format" TYPE TEXT USING "format"::text;
DROP TYPE "feed_format";

ALTER TABLE "feed"
  ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "credentials_kind" TEXT,
  ADD COLUMN "credentials" TEXT,
  ADD COLUMN "terms" TEXT,
  ADD COLUMN "catalogue_id" TEXT,
  ADD COLUMN "tolerates" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "position" TEXT;

-- A run that was not taken over by itself, and what a person decided about it.
ALTER TYPE "feed_run_result" ADD VALUE 'held';
ALTER TABLE "feed_run"
  ADD COLUMN "entries" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "bytes" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "hold_reasons" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "digest" TEXT,
  ADD COLUMN "decision" TEXT,
  ADD COLUMN "decided_by" TEXT,
  ADD COLUMN "decided_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "feed_run_one_held" ON "feed_run" ("org_id", "feed_id")
  WHERE "decision" IS NULL AND "hold_reasons" <> '[]'::jsonb;
-- Whether the same content was rejected before.
CREATE INDEX "feed_run_rejected_idx" ON "feed_run" ("org_id", "feed_id", "digest") WHERE "decision" = 'rejected';

CREATE TABLE "held_entry" (
    "org_id" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "range" INET,
    "as_number" BIGINT,
    "category" TEXT NOT NULL,
    "intent" "intent" NOT NULL,
    "confidence" INTEGER NOT NULL,
    "source" TEXT,
    "valid_from" TIMESTAMPTZ(3),
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "held_entry_pkey" PRIMARY KEY ("org_id","run_id","id")
);
ALTER TABLE "held_entry" ADD CONSTRAINT "held_entry_org_id_run_id_fkey" FOREIGN KEY ("org_id", "run_id") REFERENCES "feed_run"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Runs of a feed by day: the health strip and the gaps of the matrix, without reading every run.
CREATE TABLE "feed_day" (
    "org_id" TEXT NOT NULL,
    "feed_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "feed_day_pkey" PRIMARY KEY ("org_id","feed_id","day")
);
ALTER TABLE "feed_day" ADD CONSTRAINT "feed_day_org_id_feed_id_fkey" FOREIGN KEY ("org_id", "feed_id") REFERENCES "feed"("org_id", "feed_id") ON DELETE CASCADE ON UPDATE CASCADE;
INSERT INTO "feed_day" ("org_id", "feed_id", "day", "changed", "unchanged", "failed", "added", "removed")
  SELECT "org_id", "feed_id", ("finished_at" AT TIME ZONE 'UTC')::date,
    count(*) FILTER (WHERE "result" = 'changed'), count(*) FILTER (WHERE "result" IN ('unchanged', 'not_modified')),
    count(*) FILTER (WHERE "result" = 'failed'), sum("added"), sum("removed")
  FROM "feed_run" GROUP BY 1, 2, 3;

CREATE TABLE "feed_object" (
    "org_id" TEXT NOT NULL,
    "feed_id" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "entries" JSONB NOT NULL,

    CONSTRAINT "feed_object_pkey" PRIMARY KEY ("org_id","feed_id","object_id")
);
ALTER TABLE "feed_object" ADD CONSTRAINT "feed_object_org_id_feed_id_fkey" FOREIGN KEY ("org_id", "feed_id") REFERENCES "feed"("org_id", "feed_id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "network_database" (
    "org_id" TEXT NOT NULL,
    "feed_id" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "network_database_pkey" PRIMARY KEY ("org_id","feed_id")
);
ALTER TABLE "network_database" ALTER COLUMN "content" SET STORAGE EXTERNAL;
ALTER TABLE "network_database" ADD CONSTRAINT "network_database_org_id_feed_id_fkey" FOREIGN KEY ("org_id", "feed_id") REFERENCES "feed"("org_id", "feed_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An indicator names a range of addresses or an autonomous system.
ALTER TABLE "indicator" ALTER COLUMN "range" DROP NOT NULL;
ALTER TABLE "indicator" ADD COLUMN "as_number" BIGINT, ADD COLUMN "is_end_late" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "indicator" ADD CONSTRAINT "indicator_names_one" CHECK (("range" IS NULL) <> ("as_number" IS NULL));
DROP INDEX "indicator_one_live";
CREATE UNIQUE INDEX "indicator_one_live" ON "indicator" ("org_id", "feed_id", "range", "category") WHERE "known_to" IS NULL AND "range" IS NOT NULL;
CREATE UNIQUE INDEX "indicator_one_live_as" ON "indicator" ("org_id", "feed_id", "as_number", "category") WHERE "known_to" IS NULL AND "as_number" IS NOT NULL;
-- Opinions about an autonomous system.
CREATE INDEX "indicator_as_number_idx" ON "indicator" ("org_id", "as_number") WHERE "as_number" IS NOT NULL;
-- What was withdrawn since a moment: patches of the index, flags of signals.
CREATE INDEX "indicator_closed_idx" ON "indicator" ("org_id", "known_to") WHERE "known_to" IS NOT NULL;
-- Networks of the org itself, with which every new content is compared.
CREATE INDEX "indicator_own_network_idx" ON "indicator" ("org_id") WHERE "category" = 'corporate_egress' AND "known_to" IS NULL;
-- Live indicators whose validity ends by itself.
CREATE INDEX "indicator_ending_idx" ON "indicator" ("org_id", "valid_to") WHERE "known_to" IS NULL AND "valid_to" IS NOT NULL;

ALTER TABLE "intel_version" ADD COLUMN "withdrawn_version" INTEGER NOT NULL DEFAULT 0;

-- Distinct client addresses: retro-match asks this one, so its cost does not grow with events.
CREATE TABLE "address" (
    "org_id" TEXT NOT NULL,
    "ip" INET NOT NULL,

    CONSTRAINT "address_pkey" PRIMARY KEY ("org_id","ip")
);
CREATE INDEX "address_ip_idx" ON "address" USING SPGIST ("ip" inet_ops);
INSERT INTO "address" ("org_id", "ip") SELECT DISTINCT "org_id", "ip" FROM "ip_actor_day";

CREATE TABLE "lookup_provider" (
    "org_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT false,
    "url" TEXT,
    "credentials" TEXT,
    "budget" INTEGER,

    CONSTRAINT "lookup_provider_pkey" PRIMARY KEY ("org_id","provider")
);
ALTER TABLE "lookup_provider" ADD CONSTRAINT "lookup_provider_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "okta_org"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "lookup_answer" (
    "org_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "ip" INET NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "answer" JSONB NOT NULL,

    CONSTRAINT "lookup_answer_pkey" PRIMARY KEY ("org_id","provider","ip","asked_at")
);
CREATE INDEX "lookup_answer_org_id_provider_asked_at_idx" ON "lookup_answer" ("org_id", "provider", "asked_at");
ALTER TABLE "lookup_answer" ADD CONSTRAINT "lookup_answer_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "okta_org"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Signals whose intelligence was withdrawn, and finding the open ones by address.
ALTER TABLE "signal" ADD COLUMN "intel_withdrawn_at" TIMESTAMPTZ(3);
CREATE INDEX "signal_active_ip_idx" ON "signal" ("org_id", "ip") WHERE "status" IN ('open', 'in_review');
