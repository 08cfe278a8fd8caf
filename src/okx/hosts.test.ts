import { expect, it } from 'vitest'
import { hosts, regions } from './hosts.js'
import { socketUrls } from './okxStreams.js'

it('sends keys over TLS, to OKX, and those of demo to sockets of its own', () => {
  const all = regions.flatMap((region) => {
    const { rest, ws } = hosts[region]
    return [rest, ws.live, ws.demo]
  })
  expect(new Set(all).size).toBe(9)
  for (const host of all) expect(host).toMatch(/^(https|wss):\/\/\w+\.okx\.com(:8443)?$/)
  expect(socketUrls(hosts.global.ws.demo).private).toBe('wss://wspap.okx.com:8443/ws/v5/private')
  expect(socketUrls(hosts.eea.ws.live).business).toBe('wss://wseea.okx.com:8443/ws/v5/business')
})
