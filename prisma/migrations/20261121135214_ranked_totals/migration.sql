-- AlterTable
ALTER TABLE "totals" ADD COLUMN     "expires_at" BIGINT;

-- CreateTable
CREATE TABLE "total_steps" (
    "guild_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "total" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "members" INTEGER NOT NULL,
    "expires_at" BIGINT,

    CONSTRAINT "total_steps_pkey" PRIMARY KEY ("guild_id","owner","total","step")
);

-- CreateIndex
CREATE INDEX "totals_guild_id_owner_total_value_key_idx" ON "totals"("guild_id", "owner", "total", "value" DESC, "key");
