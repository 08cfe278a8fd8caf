import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Datamodel {
  models: {
    name: string
    fields: {
      name: string
      kind: 'scalar' | 'enum' | 'object'
      type: string
      isRequired: boolean
      isId: boolean
      default?: string | number | boolean | { name: string }
      relationFromFields?: string[]
      relationToFields?: string[]
      relationOnDelete?: string
    }[]
    primaryKey: { fields: string[] } | null
  }[]
  indexes: { model: string; type: 'id' | 'unique' | 'normal'; fields: { name: string }[] }[]
}

/** The few names that are used of it: TypeScript has them among the browser's only. */
declare const WebAssembly: {
  Module: { new (bytes: Uint8Array): object; imports(module: object): { name: string }[] }
  Instance: new (module: object, imports: object) => { exports: unknown }
}

interface SchemaParser {
  memory: { buffer: ArrayBuffer }
  __wbindgen_externrefs: { get(index: number): unknown; grow(by: number): number }
  __wbindgen_start(): void
  __wbindgen_malloc(size: number, alignment: number): number
  /** Answers address and length of JSON, or an error's place in the table and 1. */
  get_dmmf(address: number, length: number): [number, number, number, 0 | 1]
}

/** What Prisma itself reads in a schema: the parser that comes with its command, called without the command around it. */
export function datamodelOf(schema: string): Datamodel {
  const parser = loadParser()
  const input = new TextEncoder().encode(JSON.stringify({ prismaSchema: [['schema.prisma', schema]] }))
  const address = parser.__wbindgen_malloc(input.length, 1)
  new Uint8Array(parser.memory.buffer, address, input.length).set(input)
  const [start, length, error, failed] = parser.get_dmmf(address, input.length)
  if (failed) throw parser.__wbindgen_externrefs.get(error)
  return JSON.parse(textAt(parser, start, length)).datamodel
}

function loadParser(): SchemaParser {
  const file = fileURLToPath(new URL('../../node_modules/prisma/build/prisma_schema_build_bg.wasm', import.meta.url))
  const module = new WebAssembly.Module(readFileSync(file))
  let parser: SchemaParser
  const fail = (start: number, length: number) => new Error(textAt(parser, start, length))
  const glue: Record<string, (start: number, length: number) => unknown> = {
    Error: fail,
    throw: (start, length) => {
      throw fail(start, length)
    },
    set_message: () => undefined,
    init_externref_table: () => parser.__wbindgen_externrefs.grow(4),
  }
  // Names look like `__wbg_Error_e83987f665cf5504`: the hash changes with every release.
  const placeholders = WebAssembly.Module.imports(module).map(({ name }) => {
    const key = Object.keys(glue).find((word) => name.includes(`_${word}_`) || name.endsWith(`_${word}`))
    if (key === undefined) throw new Error(`Prisma's schema parser wants "${name}", which is not known here`)
    return [name, glue[key]]
  })
  const imports = { __wbindgen_placeholder__: Object.fromEntries(placeholders) }
  parser = new WebAssembly.Instance(module, imports).exports as SchemaParser
  parser.__wbindgen_start()
  return parser
}

function textAt(parser: SchemaParser, start: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(parser.memory.buffer, start >>> 0, length))
}
