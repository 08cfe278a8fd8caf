import { defineConfig } from 'vitest/config'

/** Tests of what keeps nothing in its modules: a file may find those of the one before it, and need not load them anew. */
const stateless = ['domain', 'okx', 'charts', 'commands', 'simulator'].map((floor) => `src/${floor}/**/*.test.ts`)
const common = {
  pool: 'forks',
  maxWorkers: 2,
  testTimeout: 20_000,
} as const

export default defineConfig({
  test: {
    ...common,
    globalSetup: ['src/testing/temporaryFolder.ts'],
    projects: [
      { test: { ...common, name: 'stateless', include: stateless, isolate: false } },
      { test: { ...common, name: 'isolated', include: ['src/**/*.test.ts'], exclude: stateless } },
    ],
  },
})
