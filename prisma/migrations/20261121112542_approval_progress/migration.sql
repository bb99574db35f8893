-- AlterTable
ALTER TABLE "approvals" ADD COLUMN     "progress" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0;
