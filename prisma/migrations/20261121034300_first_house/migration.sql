-- By hand, after Prisma's draft: every text sorts by its bytes (ids and keys, never prose, are what is sorted); journal and
-- decisions are partitioned by month, and the partitions are made by the code as they are needed; tables whose rows change
-- often keep room on their pages, so that an update touches no index; two partial indexes serve the outbox.

-- CreateTable
CREATE TABLE "organisations" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "organisations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guilds" (
    "id" TEXT COLLATE "C" NOT NULL,
    "organisation_id" TEXT COLLATE "C",
    "opted_in" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "member_count" INTEGER NOT NULL DEFAULT 0,
    "directory" JSONB,
    "cases" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "guilds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seen" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" BIGINT NOT NULL,
    "received_at" BIGINT NOT NULL,

    CONSTRAINT "seen_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "at" BIGINT NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "subject_id" TEXT COLLATE "C",
    "received_at" BIGINT NOT NULL,
    "payload" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C",
    "silent" TEXT COLLATE "C",
    "tallies" TEXT COLLATE "C",
    "poison" TEXT COLLATE "C",

    CONSTRAINT "journal_pkey" PRIMARY KEY ("guild_id","at","id")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "bodies" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "subject_id" TEXT COLLATE "C",
    "sealed" TEXT COLLATE "C" NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "bodies_pkey" PRIMARY KEY ("guild_id","hash")
);

-- CreateTable
CREATE TABLE "decisions" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "at" BIGINT NOT NULL,
    "event_id" TEXT COLLATE "C" NOT NULL,
    "agent" TEXT COLLATE "C" NOT NULL,
    "phase" TEXT COLLATE "C" NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "config_hash" TEXT COLLATE "C" NOT NULL,
    "effects" TEXT COLLATE "C" NOT NULL,
    "verdicts" TEXT COLLATE "C" NOT NULL,
    "reads" TEXT COLLATE "C",
    "about" TEXT COLLATE "C",
    "error" TEXT COLLATE "C",
    "shed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("guild_id","event_id","agent","phase","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "records" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "record" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "records_pkey" PRIMARY KEY ("guild_id","record","key")
);

-- CreateTable
CREATE TABLE "totals" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C" NOT NULL,
    "total" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "totals_pkey" PRIMARY KEY ("guild_id","owner","total","key")
) WITH (fillfactor = 80);

-- CreateTable
CREATE TABLE "timers" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C" NOT NULL,
    "timer" TEXT COLLATE "C" NOT NULL,
    "at" BIGINT NOT NULL,
    "payload" TEXT COLLATE "C",

    CONSTRAINT "timers_pkey" PRIMARY KEY ("guild_id","owner","timer")
);

-- CreateTable
CREATE TABLE "cases" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "proposal_id" TEXT COLLATE "C" NOT NULL,
    "event_id" TEXT COLLATE "C" NOT NULL,
    "verb" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "user_name" TEXT COLLATE "C" NOT NULL,
    "decided_by" TEXT COLLATE "C" NOT NULL,
    "rule" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "opened_at" BIGINT NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("guild_id","number")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" TEXT COLLATE "C" NOT NULL,
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "event_id" TEXT COLLATE "C" NOT NULL,
    "agent" TEXT COLLATE "C" NOT NULL,
    "verdict" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "asked_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "answered_by" TEXT COLLATE "C",
    "answered_at" BIGINT,
    "note" TEXT COLLATE "C",

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT COLLATE "C" NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "proposal_id" TEXT COLLATE "C" NOT NULL,
    "event_id" TEXT COLLATE "C" NOT NULL,
    "agent" TEXT COLLATE "C" NOT NULL,
    "step" INTEGER NOT NULL,
    "action" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "priority" SMALLINT NOT NULL,
    "on_failure" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "previous" TEXT COLLATE "C",
    "not_before" BIGINT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "attempted_at" BIGINT,
    "holder" TEXT COLLATE "C",
    "leased_until" BIGINT,
    "case_number" INTEGER,
    "evidence" TEXT COLLATE "C",
    "settled_at" BIGINT,
    "result" TEXT COLLATE "C",

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 80);

-- CreateTable
CREATE TABLE "pending" (
    "event_id" TEXT COLLATE "C" NOT NULL,
    "agent" TEXT COLLATE "C" NOT NULL,
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "about" TEXT COLLATE "C",
    "priority" SMALLINT NOT NULL,
    "at" BIGINT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "holder" TEXT COLLATE "C",
    "leased_until" BIGINT,

    CONSTRAINT "pending_pkey" PRIMARY KEY ("event_id","agent")
) WITH (fillfactor = 80);

-- CreateTable
CREATE TABLE "inbox" (
    "id" TEXT COLLATE "C" NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "event" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leases" (
    "name" TEXT COLLATE "C" NOT NULL,
    "holder" TEXT COLLATE "C",
    "epoch" BIGINT NOT NULL,
    "until" BIGINT NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("name")
) WITH (fillfactor = 80);

-- CreateTable
CREATE TABLE "checkpoints" (
    "shard_id" INTEGER NOT NULL,
    "shard_count" INTEGER NOT NULL,
    "intents" INTEGER NOT NULL,
    "session_id" TEXT COLLATE "C" NOT NULL,
    "resume_url" TEXT COLLATE "C" NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "checkpoints_pkey" PRIMARY KEY ("shard_id")
) WITH (fillfactor = 80);

-- CreateTable
CREATE TABLE "rollups" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "hour" BIGINT NOT NULL,
    "metric" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "by" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "rollups_pkey" PRIMARY KEY ("guild_id","hour","metric","key")
) WITH (fillfactor = 80);

-- CreateIndex
CREATE INDEX "guilds_organisation_id_idx" ON "guilds"("organisation_id");

-- CreateIndex
CREATE INDEX "bodies_guild_id_subject_id_idx" ON "bodies"("guild_id", "subject_id");

-- CreateIndex
CREATE INDEX "bodies_expires_at_idx" ON "bodies"("expires_at");

-- CreateIndex
CREATE INDEX "decisions_guild_id_at_idx" ON "decisions"("guild_id", "at");

-- CreateIndex
CREATE INDEX "timers_at_idx" ON "timers"("at");

-- CreateIndex
CREATE INDEX "cases_guild_id_user_id_number_idx" ON "cases"("guild_id", "user_id", "number");

-- CreateIndex
CREATE INDEX "cases_guild_id_event_id_idx" ON "cases"("guild_id", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "cases_guild_id_proposal_id_key" ON "cases"("guild_id", "proposal_id");

-- CreateIndex
CREATE INDEX "approvals_guild_id_status_asked_at_idx" ON "approvals"("guild_id", "status", "asked_at");

-- CreateIndex
CREATE INDEX "approvals_guild_id_event_id_idx" ON "approvals"("guild_id", "event_id");

-- CreateIndex
CREATE INDEX "orders_guild_id_ordinal_idx" ON "orders"("guild_id", "ordinal");

-- CreateIndex
CREATE INDEX "orders_guild_id_proposal_id_step_idx" ON "orders"("guild_id", "proposal_id", "step");

-- CreateIndex
CREATE INDEX "orders_guild_id_event_id_idx" ON "orders"("guild_id", "event_id");

-- CreateIndex
CREATE INDEX "pending_priority_at_idx" ON "pending"("priority", "at");

-- AddForeignKey
ALTER TABLE "guilds" ADD CONSTRAINT "guilds_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What is due, and what is in a hand: both stay small however long the outbox grows.
CREATE INDEX "orders_due" ON "orders"("priority", "not_before", "ordinal") WHERE "status" = 'waiting';
CREATE INDEX "orders_leased" ON "orders"("attempted_at") WHERE "status" = 'leased';
