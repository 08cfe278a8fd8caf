import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs the `run(...args)` that a TypeScript module (path from the root) exports, in a process of its own. */
export function startChild(module: string, ...args: readonly (string | number)[]): ChildProcessWithoutNullStreams {
  const script = `
    const { createViteServer } = await import('vitest/node')
    const server = await createViteServer({
      configFile: false, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    })
    const { run } = await server.ssrLoadModule(${JSON.stringify(`/${module}`)})
    await run(...${JSON.stringify(args)})
    await server.close()`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
}

/** What a child said and how it ended. */
export async function endOf(child: ChildProcessWithoutNullStreams) {
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data) => (stdout += data))
  child.stderr.on('data', (data) => (stderr += data))
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal, stdout, stderr }
}
