import { Refusal } from '../refusal.js'

/** OKX's words for the codes that the venue uses. */
const messages = {
  '50015': 'Either parameter {0} is required',
  '50072': 'Isolated margin is not available in this account mode',
  '51004': 'Order failed. The size exceeds the position limit of the current leverage',
  '51006': 'Order price is not within the price limit',
  '51008': 'Order failed. Insufficient {0} balance in account',
  '51010': 'Operation is not supported under the current account mode',
  '51016': 'Client order ID already exists.',
  '51020': 'Your order should meet or exceed the minimum order amount.',
  '51021': 'The pair or contract is not yet listed',
  '51022': 'Contract suspended',
  '51023': "Position doesn't exist.",
  '51046': 'The take profit trigger price must be higher than the order price',
  '51047': 'The stop loss trigger price must be lower than the order price',
  '51048': 'The take profit trigger price must be lower than the order price',
  '51049': 'The stop loss trigger price must be higher than the order price',
  '51050': 'The take profit trigger price must be higher than the best ask price',
  '51051': 'The stop loss trigger price must be lower than the best ask price',
  '51052': 'The take profit trigger price must be lower than the best bid price',
  '51053': 'The stop loss trigger price must be higher than the best bid price',
  '51065': 'algoClOrdId already exists.',
  '51088': 'You can only place 1 TP/SL order to close an entire position',
  '51100': 'Unable to place order. Take profit/Stop loss conditions cannot be added to reduce-only orders.',
  '51115': 'Cancel all pending close-orders before liquidation.',
  '51121': 'Order quantity must be a multiple of the lot size.',
  '51169': "Order failed because you don't have any positions in this direction for this contract to reduce or close.",
  '51170':
    "Failed to place order because a reduce-only order can't be the same trading direction as your existing positions.",
  '51202': 'Market order amount exceeds the max amount.',
  '51203': 'Limit order amount exceeds the max amount.',
  '51277': 'TP trigger price can not be higher than the last price',
  '51278': 'SL trigger price can not be lower than the last price',
  '51279': 'TP trigger price can not be lower than the last price',
  '51280': 'SL trigger price can not be higher than the last price',
  '51281': 'Trigger orders do not support the tgtCcy parameter',
  '51298': 'Trigger orders are not available in net mode',
  '51311': 'Failed to place trailing stop order. Callback rate should be within the range',
  '51333': "Close position order or reverse position order doesn't support attaching algo orders",
  '51400': 'Cancellation failed as the order has been filled, canceled or does not exist.',
  '51503': "Order modification failed as the order doesn't exist.",
  '51509': 'Modification failed as the order has been canceled.',
  '51510': 'Modification failed as the order has been completed.',
  '51603': 'Order does not exist',
  '59000': 'Settings failed. Close any open positions or orders before modifying settings.',
  '59102': 'Leverage exceeds the maximum limit. Please lower the leverage.',
  '59107': 'Cancel all pending orders of this instrument before adjusting the leverage.',
} as const

type Code = keyof typeof messages

/** The venue's refusal for this reason; `detail` is the parameter or currency that its words name. */
export function no(code: Code, detail = ''): Refusal {
  return new Refusal(code, messages[code].replace('{0}', detail))
}
