-- CreateTable
CREATE TABLE "policies" (
    "guild_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("guild_id","version")
);
