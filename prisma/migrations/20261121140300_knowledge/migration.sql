-- Trigrams find what is misspelt, and parts of compounds. Whoever owns a database may install it (Postgres trusts it).
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "passages" (
    "guild_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT,
    "channel_id" TEXT,
    "message_id" TEXT,
    "author_id" TEXT,
    "by" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "language" TEXT,
    "asks" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "words" tsvector NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,

    CONSTRAINT "passages_pkey" PRIMARY KEY ("guild_id","source_id","part")
);
