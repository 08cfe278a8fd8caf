import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import type { PosMode } from '../domain/trading/tradeMode.js'
import { Credentials } from '../okx/credentials.js'
import { createOkxAccount } from '../okx/okxAccount.js'
import { createOkxClient, type OkxPublic } from '../okx/okxClient.js'
import { playKey } from '../simulator/keys.js'
import { type Simulator, startSimulator } from '../simulator/server.js'
import { type ContractHouse, type Fact, facts, okxAccountContract } from './okxAccountContract.js'
import { openRecorded } from './okxAccountRecorded.js'

const logger = pino({ level: 'silent' })
const now = Date.UTC(2025, 2, 3, 10, 20, 30, 500)
const seed = 'contract'
const fees = { SPOT: { maker: '0.0008', taker: '0.001' }, SWAP: { maker: '0.0002', taker: '0.0005' } }
const posModes: readonly PosMode[] = ['net_mode', 'long_short_mode']
/** An account for each fact, in either mode. */
const uidOf = (fact: Fact, posMode: PosMode) => String(10 * (1 + facts.indexOf(fact)) + posModes.indexOf(posMode))

let simulator: Simulator
let okx: OkxPublic

beforeAll(async () => {
  const all = facts.flatMap((fact) => posModes.map((posMode) => ({ uid: uidOf(fact, posMode), posMode })))
  const terms = all.map(({ uid, posMode }) => [uid, { acctLv: '2', posMode, cash: { USDT: '10000' }, fees }] as const)
  simulator = await startSimulator({
    seed,
    clock: () => now,
    every: () => () => {},
    limits: 'off',
    keys: all.map(({ uid }) => playKey(seed, uid)),
    accounts: Object.fromEntries(terms),
    logger,
  })
  okx = createOkxClient({ baseUrl: simulator.restUrl, limitsScale: Number.POSITIVE_INFINITY, logger })
})
afterAll(() => simulator.close())

async function openSimulated(fact: Fact, posMode: PosMode): Promise<ContractHouse> {
  const key = playKey(seed, uidOf(fact, posMode))
  const accountOf = (passphrase: string) =>
    createOkxAccount({
      baseUrl: simulator.restUrl,
      credentials: new Credentials({ ...key, passphrase }),
      clock: () => now,
      limitsScale: Number.POSITIVE_INFINITY,
      logger,
    })
  const [spot] = await okx.instruments('SPOT')
  const [swap] = await okx.instruments('SWAP')
  return {
    account: accountOf(key.passphrase),
    stranger: accountOf('something else'),
    spot,
    swap,
    px: (await okx.ticker(spot.instId)).last,
    now,
    cutNextOrder: (when) =>
      simulator.faults.inject({ endpoint: 'POST /api/v5/trade/order', count: 1, fault: { kind: 'drop', when } }),
    end: async () => {},
  }
}

okxAccountContract('over the simulator', openSimulated)
okxAccountContract('over recorded shapes', openRecorded)
