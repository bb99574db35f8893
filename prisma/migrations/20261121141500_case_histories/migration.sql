-- AlterTable
ALTER TABLE "cases" ADD COLUMN     "evidence" TEXT COLLATE "C",
ADD COLUMN     "evidence_until" BIGINT,
ADD COLUMN     "until" BIGINT;

-- CreateTable
CREATE TABLE "case_entries" (
    "guild_id" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "entry" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "case_entries_pkey" PRIMARY KEY ("guild_id","number","ordinal")
);
