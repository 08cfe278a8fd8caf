export const regions = ['global', 'eea', 'us'] as const
export type Region = (typeof regions)[number]

interface Hosts {
  /** Demo trading too: there `x-simulated-trading: 1` tells it apart. */
  rest: string
  /** What `socketUrls` takes. */
  ws: { live: string; demo: string }
}

/**
 * Where OKX is, by the region that an account was opened in: keys work nowhere else (50119, 60032). Sources: okx-facts
 * sections 1 and 7. Unsure are `rest` of global (documentation now says openapi.okx.com, every client www.okx.com) and of
 * us, which stands for Australia too (most clients us.okx.com, OKX's own app.okx.com): OKX_BASE_URL goes before. The
 * sockets' hosts outside global, and their port there, are told by clients alone.
 */
export const hosts: Readonly<Record<Region, Hosts>> = {
  global: {
    rest: 'https://www.okx.com',
    ws: { live: 'wss://ws.okx.com:8443', demo: 'wss://wspap.okx.com:8443' },
  },
  eea: {
    rest: 'https://eea.okx.com',
    ws: { live: 'wss://wseea.okx.com:8443', demo: 'wss://wseeapap.okx.com:8443' },
  },
  us: {
    rest: 'https://us.okx.com',
    ws: { live: 'wss://wsus.okx.com:8443', demo: 'wss://wsuspap.okx.com:8443' },
  },
}
