-- AlterTable
ALTER TABLE "decisions" ADD COLUMN     "exhausted" TEXT;

-- CreateTable
CREATE TABLE "spending" (
    "guild_id" TEXT NOT NULL,
    "day" BIGINT NOT NULL,
    "agent" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "tokens_in" BIGINT NOT NULL,
    "tokens_out" BIGINT NOT NULL,
    "microdollars" BIGINT NOT NULL,

    CONSTRAINT "spending_pkey" PRIMARY KEY ("guild_id","day","agent","prompt","model")
);
