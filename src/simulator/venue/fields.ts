import { Decimal } from 'decimal.js'
import { missing, type Refusal, wrong } from '../refusal.js'
import { no } from './codes.js'
import { isRecord } from './saved.js'

/** A request's parameters, of its body or its query. What is not given is ''; OKX takes `true` for "true" and 1 for "1". */
export interface Fields {
  text(name: string): string
  list(name: string): readonly unknown[]
}

/** Throws Refusal 51000 where the body is no JSON object. */
export function fieldsOf(body: unknown): Fields {
  if (!isRecord(body) || Array.isArray(body)) throw wrong('body')
  return {
    text(name) {
      const value = Object.hasOwn(body, name) ? body[name] : undefined
      if (value === undefined || value === null) return ''
      if (typeof value === 'string') return value
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      throw wrong(name)
    },
    list(name) {
      const value = Object.hasOwn(body, name) ? body[name] : undefined
      if (value === undefined || value === null || value === '') return []
      if (!Array.isArray(value)) throw wrong(name)
      return value
    },
  }
}

export function queryFields(parameters: URLSearchParams): Fields {
  return { text: (name) => parameters.get(name) ?? '', list: () => [] }
}

export function required(fields: Fields, name: string): string {
  const value = fields.text(name)
  if (value === '') throw missing(name)
  return value
}

/** One of the values; the first where it is not given. */
export function oneOf<T extends string>(fields: Fields, name: string, values: readonly T[], absent: T): T {
  const value = fields.text(name)
  if (value === '') return absent
  return values.find((known) => known === value) ?? refuse(wrong(name))
}

export function requiredOneOf<T extends string>(fields: Fields, name: string, values: readonly T[]): T {
  const value = required(fields, name)
  return values.find((known) => known === value) ?? refuse(wrong(name))
}

export function flag(fields: Fields, name: string): boolean {
  return oneOf(fields, name, ['false', 'true'], 'false') === 'true'
}

/** A number above 0; null where it is not given. */
export function positive(fields: Fields, name: string): Decimal | null {
  const value = fields.text(name)
  if (value === '') return null
  if (!/^\d{1,20}(\.\d{1,20})?$/.test(value)) throw wrong(name)
  const number = new Decimal(value)
  if (number.isZero()) throw wrong(name)
  return number
}

export function requiredPositive(fields: Fields, name: string): Decimal {
  return positive(fields, name) ?? refuse(missing(name))
}

/** 1-32 letters and digits, nothing else. */
export function clientId(fields: Fields, name: string): string {
  return ofAlphabet(fields, name, 32)
}

/** At most 16 of the same characters. */
export function tagOf(fields: Fields): string {
  return ofAlphabet(fields, 'tag', 16)
}

function ofAlphabet(fields: Fields, name: string, longest: number): string {
  const value = fields.text(name)
  if (value.length > longest || !/^[A-Za-z0-9]*$/.test(value)) throw wrong(name)
  return value
}

/** Epoch ms, or an id by which rows are paged; null where it is not given. */
export function digits(fields: Fields, name: string): string | null {
  const value = fields.text(name)
  if (value === '') return null
  if (!/^\d{1,20}$/.test(value)) throw wrong(name)
  return value
}

/** Between one and `largest`, which is what there is where it is not given. */
export function limitOf(fields: Fields, largest: number): number {
  const value = fields.text('limit')
  if (value === '') return largest
  if (!/^[1-9]\d{0,5}$/.test(value)) throw wrong('limit')
  return Math.min(largest, Number(value))
}

/** Throws 50015 where neither is given. */
export function eitherOf(fields: Fields, a: string, b: string): void {
  if (fields.text(a) === '' && fields.text(b) === '') throw no('50015', `${a} or ${b}`)
}

function refuse(refusal: Refusal): never {
  throw refusal
}
