CREATE TABLE "Optimization" (
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
    "planJson" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "tried" INTEGER NOT NULL DEFAULT 0,
    "planned" INTEGER NOT NULL,
    "resultJson" TEXT,
    "errorId" TEXT,
    "errorArgsJson" TEXT,
    "createdAt" BIGINT NOT NULL,
    "finishedAt" BIGINT,
    CONSTRAINT "Optimization_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Optimization_strategyVersionId_fkey" FOREIGN KEY ("strategyVersionId") REFERENCES "StrategyVersion" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE TABLE "OptimizationTrial" (
    "optimizationId" INTEGER NOT NULL,
    "stage" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "pointJson" TEXT NOT NULL,
    "score" REAL,
    "shortfall" REAL,
    "figuresJson" TEXT,

    PRIMARY KEY ("optimizationId", "stage", "number"),
    CONSTRAINT "OptimizationTrial_optimizationId_fkey" FOREIGN KEY ("optimizationId") REFERENCES "Optimization" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "Optimization_userId_createdAt_idx" ON "Optimization" ("userId", "createdAt");

CREATE INDEX "Optimization_status_idx" ON "Optimization" ("status");

CREATE INDEX "Optimization_strategyVersionId_idx" ON "Optimization" ("strategyVersionId");
