ALTER TABLE "ExchangeAccount" ADD COLUMN "keyTail" TEXT;

ALTER TABLE "ExchangeAccount" ADD COLUMN "uid" TEXT;

ALTER TABLE "ExchangeAccount" ADD COLUMN "chosenAt" BIGINT;

ALTER TABLE "ExchangeAccount" ADD COLUMN "removedAt" BIGINT;

CREATE TABLE "Secret" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "sealed" BLOB NOT NULL,
    "tail" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL
);
