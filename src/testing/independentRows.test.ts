import type {
  AccountBalance,
  AccountBalanceDetail,
  AccountConfiguration,
  AccountFeeRate,
  AccountLeverage,
  AccountPosition,
  AlgoOrderDetailsResult,
  AlgoOrderListItem,
  AttachAlgoOrderDetail,
  HistoricAlgoOrder,
  HistoricOrder,
  Instrument,
  OrderDetails,
  OrderFill,
  OrderListItem,
  PublicFundingRate,
  Ticker,
} from 'okx-api'
import { describe, expectTypeOf, it } from 'vitest'
import type { toCurrentFunding, toInstrumentPayload, toTickerPayload } from '../simulator/publicRows.js'
import type { configRow, feeRow, leverRow } from '../simulator/venue/accountRows.js'
import type { algoRow } from '../simulator/venue/algoRows.js'
import type { balanceRow } from '../simulator/venue/balanceRow.js'
import type { attachedRow, fillRow, orderRow } from '../simulator/venue/orderRows.js'
import type { positionRow } from '../simulator/venue/positionRow.js'

/** The fields that okx-api says a row has, and ours has not. The type checker is what looks. */
type Lacks<Theirs, Row extends (...parameters: never[]) => object> = string extends keyof ReturnType<Row>
  ? 'anything: its type lets all fields be there'
  : Exclude<keyof Theirs, keyof ReturnType<Row>>

/** What a row has whatever it is about. */
type Always<Row> = { [Name in keyof Row as object extends Pick<Row, Name> ? never : Name]: Row[Name] }

describe('the simulator, as okx-api types what OKX answers, has every field of', () => {
  it('an order', () => {
    expectTypeOf<Lacks<OrderDetails & OrderListItem & HistoricOrder, typeof orderRow>>().toBeNever()
    expectTypeOf<Lacks<AttachAlgoOrderDetail, typeof attachedRow>>().toBeNever()
  })

  it('a fill', () => {
    expectTypeOf<Lacks<OrderFill, typeof fillRow>>().toBeNever()
  })

  it('an algo order', () => {
    type Theirs = AlgoOrderDetailsResult & AlgoOrderListItem & HistoricAlgoOrder
    expectTypeOf<Lacks<Theirs, typeof algoRow>>().toBeNever()
  })

  it('a position', () => {
    expectTypeOf<Lacks<AccountPosition, typeof positionRow>>().toBeNever()
  })

  it('a balance, whole and by currency', () => {
    expectTypeOf<Lacks<AccountBalance, typeof balanceRow>>().toBeNever()
    type Detail = () => ReturnType<typeof balanceRow>['details'][number]
    expectTypeOf<Lacks<AccountBalanceDetail, Detail>>().toBeNever()
  })

  it("an account's configuration, fees and leverage", () => {
    expectTypeOf<Lacks<AccountConfiguration, typeof configRow>>().toBeNever()
    expectTypeOf<Lacks<AccountFeeRate, typeof feeRow>>().toBeNever()
    expectTypeOf<Lacks<AccountLeverage, typeof leverRow>>().toBeNever()
  })

  it('an instrument, a ticker and a funding rate', () => {
    expectTypeOf<Lacks<Always<Instrument>, typeof toInstrumentPayload>>().toBeNever()
    expectTypeOf<Lacks<Ticker, typeof toTickerPayload>>().toBeNever()
    expectTypeOf<Lacks<Always<PublicFundingRate>, typeof toCurrentFunding>>().toBeNever()
  })
})
