-- Records of the house: what prisma/schema.prisma describes. Applied by store/migrate.ts; never edited once released.

CREATE TABLE "User" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "locale" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "theme" TEXT NOT NULL DEFAULT 'dark',
    "createdAt" BIGINT NOT NULL
);

CREATE TABLE "ChatIdentity" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" INTEGER NOT NULL,
    "platform" TEXT NOT NULL,
    "platformUserId" TEXT NOT NULL,
    "chatId" TEXT,
    "createdAt" BIGINT NOT NULL,
    CONSTRAINT "ChatIdentity_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "ExchangeAccount" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "credentials" BLOB,
    "createdAt" BIGINT NOT NULL,
    CONSTRAINT "ExchangeAccount_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "Symbol" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "instId" TEXT NOT NULL,
    "instType" TEXT NOT NULL,
    "baseCcy" TEXT NOT NULL,
    "quoteCcy" TEXT NOT NULL,
    "settleCcy" TEXT,
    "tickSz" TEXT NOT NULL,
    "lotSz" TEXT NOT NULL,
    "minSz" TEXT NOT NULL,
    "ctVal" TEXT,
    "ctMult" TEXT,
    "ctValCcy" TEXT,
    "maxLever" TEXT,
    "state" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL
);

CREATE TABLE "Strategy" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "currentVersion" INTEGER NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "deletedAt" BIGINT,
    CONSTRAINT "Strategy_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "StrategyVersion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "strategyId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    CONSTRAINT "StrategyVersion_strategyId_fkey" FOREIGN KEY ("strategyId") REFERENCES "Strategy" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "Backtest" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" INTEGER NOT NULL,
    "strategyVersionId" INTEGER,
    "strategyName" TEXT NOT NULL,
    "strategyJson" TEXT NOT NULL,
    "instId" TEXT NOT NULL,
    "bar" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "fromTs" BIGINT NOT NULL,
    "toTs" BIGINT NOT NULL,
    "costsJson" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "progress" REAL NOT NULL DEFAULT 0,
    "resultJson" TEXT,
    "errorId" TEXT,
    "errorArgsJson" TEXT,
    "createdAt" BIGINT NOT NULL,
    "startedAt" BIGINT,
    "finishedAt" BIGINT,
    CONSTRAINT "Backtest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Backtest_strategyVersionId_fkey" FOREIGN KEY ("strategyVersionId") REFERENCES "StrategyVersion" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE TABLE "BacktestTrade" (
    "backtestId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "entryTs" BIGINT NOT NULL,
    "entryPrice" REAL NOT NULL,
    "exitTs" BIGINT NOT NULL,
    "exitPrice" REAL NOT NULL,
    "size" REAL NOT NULL,
    "pnl" REAL NOT NULL,
    "pnlPct" REAL NOT NULL,
    "fees" REAL NOT NULL,
    "funding" REAL NOT NULL,
    "exitReason" TEXT NOT NULL,

    PRIMARY KEY ("backtestId", "number"),
    CONSTRAINT "BacktestTrade_backtestId_fkey" FOREIGN KEY ("backtestId") REFERENCES "Backtest" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "LiveRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" INTEGER NOT NULL,
    "exchangeAccountId" INTEGER NOT NULL,
    "strategyVersionId" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "instId" TEXT NOT NULL,
    "bar" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "originTs" BIGINT NOT NULL,
    "decidedTs" BIGINT,
    "startedAt" BIGINT NOT NULL,
    "stoppedAt" BIGINT,
    "stopReason" TEXT,
    CONSTRAINT "LiveRun_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LiveRun_exchangeAccountId_fkey" FOREIGN KEY ("exchangeAccountId") REFERENCES "ExchangeAccount" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LiveRun_strategyVersionId_fkey" FOREIGN KEY ("strategyVersionId") REFERENCES "StrategyVersion" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "OrderIntent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "liveRunId" INTEGER NOT NULL,
    "decisionTs" BIGINT NOT NULL,
    "purpose" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "clOrdId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "ordType" TEXT NOT NULL,
    "sz" TEXT NOT NULL,
    "px" TEXT,
    "status" TEXT NOT NULL,
    "ordId" TEXT,
    "fillSz" TEXT,
    "avgPx" TEXT,
    "fee" TEXT,
    "errorCode" TEXT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    CONSTRAINT "OrderIntent_liveRunId_fkey" FOREIGN KEY ("liveRunId") REFERENCES "LiveRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "LiveTrade" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "liveRunId" INTEGER NOT NULL,
    "entryIntentId" INTEGER NOT NULL,
    "exitIntentId" INTEGER,
    "side" TEXT NOT NULL,
    "sz" TEXT NOT NULL,
    "entryTs" BIGINT NOT NULL,
    "entryPx" TEXT NOT NULL,
    "exitTs" BIGINT,
    "exitPx" TEXT,
    "pnl" TEXT,
    "fees" TEXT NOT NULL,
    "funding" TEXT NOT NULL,
    "exitReason" TEXT,
    CONSTRAINT "LiveTrade_liveRunId_fkey" FOREIGN KEY ("liveRunId") REFERENCES "LiveRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LiveTrade_entryIntentId_fkey" FOREIGN KEY ("entryIntentId") REFERENCES "OrderIntent" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LiveTrade_exitIntentId_fkey" FOREIGN KEY ("exitIntentId") REFERENCES "OrderIntent" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE TABLE "AccountEquitySnapshot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "exchangeAccountId" INTEGER NOT NULL,
    "ts" BIGINT NOT NULL,
    "ccy" TEXT NOT NULL,
    "equity" TEXT NOT NULL,
    CONSTRAINT "AccountEquitySnapshot_exchangeAccountId_fkey" FOREIGN KEY ("exchangeAccountId") REFERENCES "ExchangeAccount" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "ActionToken" (
    "token" TEXT NOT NULL PRIMARY KEY,
    "ownerKey" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "argsJson" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "usedAt" BIGINT
);

CREATE TABLE "SeenDelivery" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "receivedAt" BIGINT NOT NULL
);

CREATE UNIQUE INDEX "ChatIdentity_platform_platformUserId_key" ON "ChatIdentity" ("platform", "platformUserId");

CREATE UNIQUE INDEX "ExchangeAccount_userId_name_key" ON "ExchangeAccount" ("userId", "name");

CREATE UNIQUE INDEX "Symbol_source_instId_key" ON "Symbol" ("source", "instId");

CREATE UNIQUE INDEX "Strategy_userId_name_key" ON "Strategy" ("userId", "name");

CREATE UNIQUE INDEX "StrategyVersion_strategyId_number_key" ON "StrategyVersion" ("strategyId", "number");

CREATE UNIQUE INDEX "OrderIntent_clOrdId_key" ON "OrderIntent" ("clOrdId");

CREATE UNIQUE INDEX "OrderIntent_liveRunId_decisionTs_purpose_attempt_key" ON "OrderIntent" ("liveRunId", "decisionTs", "purpose", "attempt");

CREATE UNIQUE INDEX "AccountEquitySnapshot_exchangeAccountId_ts_ccy_key" ON "AccountEquitySnapshot" ("exchangeAccountId", "ts", "ccy");

CREATE INDEX "ChatIdentity_userId_idx" ON "ChatIdentity" ("userId");

CREATE INDEX "Backtest_userId_createdAt_idx" ON "Backtest" ("userId", "createdAt");

CREATE INDEX "Backtest_status_idx" ON "Backtest" ("status");

CREATE INDEX "Backtest_strategyVersionId_idx" ON "Backtest" ("strategyVersionId");

CREATE INDEX "LiveRun_userId_idx" ON "LiveRun" ("userId");

CREATE INDEX "LiveRun_exchangeAccountId_idx" ON "LiveRun" ("exchangeAccountId");

CREATE INDEX "LiveRun_strategyVersionId_idx" ON "LiveRun" ("strategyVersionId");

CREATE INDEX "LiveRun_status_idx" ON "LiveRun" ("status");

CREATE INDEX "OrderIntent_status_idx" ON "OrderIntent" ("status");

CREATE INDEX "LiveTrade_liveRunId_entryTs_idx" ON "LiveTrade" ("liveRunId", "entryTs");

CREATE INDEX "LiveTrade_entryIntentId_idx" ON "LiveTrade" ("entryIntentId");

CREATE INDEX "LiveTrade_exitIntentId_idx" ON "LiveTrade" ("exitIntentId");

CREATE INDEX "ActionToken_expiresAt_idx" ON "ActionToken" ("expiresAt");

CREATE INDEX "SeenDelivery_receivedAt_idx" ON "SeenDelivery" ("receivedAt");
