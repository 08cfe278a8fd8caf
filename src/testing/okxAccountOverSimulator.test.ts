import pino from 'pino'
import { Credentials } from '../okx/credentials.js'
import { createOkxAccount } from '../okx/okxAccount.js'
import { createOkxClient } from '../okx/okxClient.js'
import { playKey } from '../simulator/keys.js'
import { startSimulator } from '../simulator/server.js'
import { type ContractExchange, okxAccountContract } from './okxAccountContract.js'

const logger = pino({ level: 'silent' })
const seed = 'contract'

async function open(): Promise<ContractExchange> {
  let now = Date.UTC(2026, 2, 3, 10, 20, 30)
  let beat = () => {}
  const key = playKey(seed, '1')
  const simulator = await startSimulator({
    seed,
    clock: () => now,
    every(_ms, run) {
      beat = run
      return () => {}
    },
    limits: 'off',
    keys: [key],
    accounts: {
      1: {
        acctLv: '2',
        posMode: 'net_mode',
        cash: { USDT: '100000' },
        fees: { SPOT: { maker: '0.0008', taker: '0.001' }, SWAP: { maker: '0.0002', taker: '0.0005' } },
      },
    },
    logger,
  })
  const options = { baseUrl: simulator.restUrl, limitsScale: Number.POSITIVE_INFINITY, logger }
  return {
    account: createOkxAccount({ ...options, credentials: new Credentials(key), clock: () => now }),
    okx: createOkxClient(options),
    run: 'one',
    async settle() {
      now += 2000
      beat()
    },
    close: () => simulator.close(),
  }
}

okxAccountContract('the simulator', open)
