-- CreateTable
CREATE TABLE "vectors" (
    "guild_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "ordinal" BIGINT NOT NULL,
    "model" TEXT NOT NULL,
    "vector" REAL[],

    CONSTRAINT "vectors_pkey" PRIMARY KEY ("guild_id","source_id","part")
);

-- AddForeignKey
ALTER TABLE "vectors" ADD CONSTRAINT "vectors_guild_id_source_id_part_fkey" FOREIGN KEY ("guild_id", "source_id", "part") REFERENCES "passages"("guild_id", "source_id", "part") ON DELETE CASCADE ON UPDATE CASCADE;
