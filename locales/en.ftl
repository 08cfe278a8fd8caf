## Settings
error-config-unknown = { $name } is not a setting{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }
   *[no] {""}
  }. .env.example lists them all.
error-config-bad = { $name } is "{ $got }", but takes { $name ->
    [CANDLECHAT_MODE] simulated or paper
    [CANDLECHAT_DATA_DIR] the path of a folder
    [CANDLECHAT_LOCALE] en or zh
    [CANDLECHAT_TIME_ZONE] an IANA time zone such as Asia/Shanghai
    [CANDLECHAT_SEED] 1 to 40 letters, digits, - or _
    [CANDLECHAT_LOG_LEVEL] trace, debug, info, warn, error or silent
    [CANDLECHAT_HEALTH_PORT] a port from 0 to 65535, or nothing
    [CANDLECHAT_SECRET] 16 characters or more, or nothing
    [CANDLECHAT_SECRET_OLD] 16 characters or more, or nothing
    [TELEGRAM_BOT_TOKEN] a token from BotFather such as 123456:ABC…
    [TELEGRAM_ALLOWED_IDS] numeric ids separated by commas
    [DISCORD_BOT_TOKEN] a bot token from the Discord developer portal
    [DISCORD_ALLOWED_IDS] numeric ids separated by commas
    [DATABASE_URL] file:PATH or libsql://HOST
    [OKX_REGION] global, eea or us
   *[other] a URL that begins with http:// or https://
  }.

## Chat frame
not-available = n/a
language-name = English
mode-simulated = SIMULATED DATA
mode-paper = PAPER TRADING
mode-demo = OKX DEMO
mode-live = LIVE

reply-not-allowed = Sorry, this bot talks only to people whom its operator has let in. Your id is { $id }: if you should be here, ask the operator to add it to the list of allowed ids.
reply-plain-text = { GIVEN($suggestion) ->
    [yes] Did you mean /{ $suggestion }? /help shows all commands.
   *[no] I understand commands, such as /backtest. /help shows them all.
  }
reply-cancelled = /{ $command } was cancelled.
reply-shut-down = /{ $command } was stopped because Candlechat is shutting down. Please send it again in a moment.
reply-failed = Sorry, something went wrong on our side. It has been logged under { $reference }.
reply-picture-failed = (The picture could not be drawn; the numbers above are complete.)
reply-start = I build rule-based trading strategies, backtest them and answer with a picture. Nothing here needs an account.
reply-start-try = Try: { $command }
reply-help-more = /help NAME explains one command.
reply-help-usage = Usage
reply-help-example = Example
reply-language-set = I speak English with you from now on.
reply-language-ask = Which language would you like?
reply-theme-ask = Light pictures or dark ones?
reply-theme-light = Pictures are light from now on.
reply-theme-dark = Pictures are dark from now on.
theme-light = Light
theme-dark = Dark
reply-cancel-one = Cancelling…
reply-cancel-over = That is over already: there is nothing to cancel.
reply-cancel-all = { $count ->
    [0] You have nothing running that could be cancelled.
    [one] Cancelling what you have running…
   *[other] Cancelling { $count } things that you have running…
  }
button-cancel = Cancel
button-help = All commands

column-command = Command
column-description = What it does
column-argument = Argument

command-start = Say hello and show what to try first
command-start-payload = What a link to the bot brought along
command-help = List the commands, or explain one
command-help-command = The command to explain
command-help-example = /help backtest
command-language = Choose the language: English or Chinese
command-language-locale = en or zh
command-language-example = /language zh
command-theme = Choose light or dark pictures
command-theme-theme = light or dark
command-theme-example = /theme light
command-cancel = Cancel what you have running
command-cancel-job = The id of one run; all of yours if left out

error-command-unknown = There is no command /{ $name }{ GIVEN($suggestion) ->
    [yes] . Did you mean /{ $suggestion }?
   *[no] .
  } /help shows all commands.
error-argument-missing = { $argument } is missing. Usage: { $usage }
error-argument-twice = { $argument } is given twice. Usage: { $usage }
error-argument-extra = “{ $value }” is one word too many. Usage: { $usage }
error-argument-unknown = There is no argument { $argument }{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } Usage: { $usage }
error-argument-strategy = { $argument }: “{ $value }” cannot be the name of a strategy. Allowed: 1 to 40 letters, digits, - or _, beginning with a letter or digit. Usage: { $usage }
error-argument-instrument = { $argument }: “{ $value }” is not an instrument. Allowed: BTC-USDT, BTC, BTC-USDT-SWAP, "BTC swap" and the like. Usage: { $usage }
error-argument-bar = { $argument }: “{ $value }” is not a timeframe. Allowed: { $bars }. Usage: { $usage }
error-argument-range = { $argument }: “{ $value }” is not a range of time. Allowed: 12h, 90d, 2w, 3mo, 1y, 2024-01, 2024-01-01..2024-06-30, 2024-01.. (UTC). Usage: { $usage }
error-argument-rest = { $argument } takes 1 to { $maximum } characters of text. Usage: { $usage }
error-argument-account = { $argument }: “{ $value }” cannot be the name of an account. Allowed: 1 to 20 letters, digits, - or _, beginning with a letter or digit. Usage: { $usage }
error-argument-secret = { $argument } takes 1 to { $maximum } characters. Usage: { $usage }
error-argument-id = { $argument }: “{ $value }” is not an id. Allowed: letters, digits, - and _. Usage: { $usage }
error-argument-choice = { $argument }: “{ $value }” is not a choice{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } Allowed: { $choices }. Usage: { $usage }
error-argument-integer = { $argument }: “{ $value }” does not fit. Allowed: a whole number from { $minimum } to { $maximum }. Usage: { $usage }
error-argument-number = { $argument }: “{ $value }” does not fit. Allowed: a number from { $minimum } to { $maximum }. Usage: { $usage }
error-argument-boolean = { $argument }: “{ $value }” is neither yes nor no. Usage: { $usage }
error-quote-open = The quotation mark before “{ $value }” is never closed.
error-range-form = “{ $value }” is not a range of time. Allowed: 12h, 90d, 2w, 3mo, 1y, 2024-01, 2024-01-01..2024-06-30, 2024-01.. (UTC).
error-range-reversed = The range { $value } ends before it begins.
error-range-future = The range { $value } lies in the future.
error-file-unexpected = I do not know what to do with the file { $name } here. A strategy's file goes with /new.
error-file-too-large = The file { $name } is too large: at most { $limit } kB are taken.
error-file-not-text = The file { $name } is not text (UTF-8).
error-file-lost = The file { $name } could not be fetched. Please send it again.
error-trade-not-yet = /{ $command } would trade, and trading is not available yet.
error-button-unknown = This button is too old. Please send the command again.
error-button-used = This button has been used already. Please send the command again.
error-button-expired = This button has expired. Please send the command again.
error-button-not-owner = This button belongs to somebody else.

## Terminal
terminal-welcome = Candlechat. Type a command such as /backtest, /help for all of them, Ctrl-D to leave.
terminal-picture = Picture: { $path }
terminal-file = File: { $path }
terminal-not-saved = { $name } could not be saved in { $path }.
terminal-button-unknown = There is no button #{ $number } here.
terminal-cancelling = Cancelling…

## Telegram
reply-continued = (continued in the attached file)
error-telegram-token = Telegram does not know this bot's token: get the right one from @BotFather and set TELEGRAM_BOT_TOKEN.
error-telegram-conflict = Another process is polling Telegram with the same bot token: stop it, then start this one again.

## Strategies: what is wrong with one
strategy-place = { $line ->
    [0] { $path }
   *[other] line { $line }, column { $column }
  }
strategy-hint = { GIVEN($suggestion) ->
    [yes] {" "}Did you mean { $suggestion }?
   *[no] {""}
  }
error-strategy-too-big = This is too long for a strategy: at most { $allowed } characters.
error-strategy-too-deep = { strategy-place }: nested too deeply, at most { $allowed } levels.
error-strategy-not-json = { strategy-place }: a value of type { $got } has no place in JSON.
error-strategy-not-finite = { strategy-place }: { $got } is not a number that can be used.
error-strategy-bad-key = { strategy-place }: there is no field { $got }.
error-strategy-json = { strategy-place }: this is not JSON; { $ended ->
    [1] it ends too early.
   *[other] “{ $got }” does not belong here.
  }
error-strategy-type = { GIVEN($path) ->
    [yes] { strategy-place }
   *[no] The strategy
  }: { $got } is not allowed; it takes { $allowed ->
    [object] an object { "{…}" }
    [array] a list { "[…]" }
    [string] text
    [boolean] true or false
   *[other] { $allowed }
  }.
error-strategy-unknown-field = { strategy-place }: there is no field “{ $got }”.{ strategy-hint } Allowed: { $allowed }.
error-strategy-missing-field = { strategy-place } is missing.
error-strategy-number = { strategy-place }: { $got } is not allowed; it takes a number { $allowed }.
error-strategy-integer = { strategy-place }: { $got } is not allowed; it takes a whole number { $allowed }.
error-strategy-choice = { strategy-place }: “{ $got }” is not allowed.{ strategy-hint } Allowed: { $allowed }.
error-strategy-name = { strategy-place }: “{ $got }” cannot be a name. Allowed: 1 to 40 letters, digits, - or _, beginning with a letter or digit.{ strategy-hint }
error-strategy-inst-id = { strategy-place }: “{ $got }” is not an instrument such as BTC-USDT or BTC-USDT-SWAP.{ strategy-hint }
error-strategy-too-long = { strategy-place }: too long, at most { $allowed } characters.
error-strategy-count = { strategy-place }: it has { $got } entries, allowed are { $allowed }.
error-strategy-param-value = { strategy-place }: { $got } is not allowed; a parameter is a number, a word or a list of numbers.
error-strategy-unknown-indicator = { strategy-place }: there is no indicator “{ $got }”.{ strategy-hint } Allowed: { $allowed }.
error-strategy-unknown-signal = { strategy-place }: { $indicator } has no signal “{ $got }”.{ strategy-hint } Allowed: { $allowed }.
error-strategy-unknown-param = { strategy-place }: { $indicator } has no parameter “{ $got }”.{ strategy-hint } { $indicator } { $signal } uses: { GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] none
  }.
error-strategy-unused-param = { strategy-place }: { $indicator } { $signal } does not use the parameter “{ $got }”. It uses: { $allowed }.
error-strategy-period-count = { strategy-place }: { $got } is not allowed; it takes a list of { $allowed } periods such as 5/10/20.
error-strategy-period-order = { strategy-place }: { $got } is not in order; the shortest period comes first, and none comes twice.
error-strategy-fast-slow = { strategy-place }: the fast period ({ $got }) must be shorter than the slow one ({ $slow }).
error-strategy-side = { strategy-place }: “{ $got }” stands in the list of the other side; here it is { $allowed } or left out.
error-strategy-higher-bar = { strategy-place }: { $got } is not a higher timeframe made of whole { $bar } bars. Allowed: { GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] none
  }.
error-strategy-risk-needs-stop = { strategy-place }: sizing by risk needs a stop loss (risk.stop_loss_pct, in text “stop: 3%”).
error-strategy-spot-short = { strategy-place }: { $instId } is spot, which cannot be traded { $got }; allowed is long, or an instrument such as { $suggestion }.
error-strategy-spot-leverage = { strategy-place }: { $instId } is spot and has no leverage ({ $got }); allowed is 1, or an instrument such as { $suggestion }.
error-strategy-no-entry = { strategy-place }: a strategy of direction { $direction } never opens a position without a group in { $allowed }.
error-strategy-no-rules = There is no rule. Give at least one line such as “buy: RSI oversold” or “sell: RSI overbought”.
error-strategy-no-colon = { strategy-place }: there is no “:” after “{ $got }”. A line reads like “buy: RSI oversold” or “bar: 15m”.
error-strategy-no-value = { strategy-place }: nothing stands after “{ $got }:”.
error-strategy-unknown-key = { strategy-place }: a line cannot begin with “{ $got }:”.{ strategy-hint } Allowed: { $allowed }.
error-strategy-twice = { strategy-place }: “{ $got }” is given twice.
error-strategy-unexpected = { strategy-place }: { $ended ->
    [1] the line ends too early.
   *[other] “{ $got }” does not belong here.{ strategy-hint }
  } Allowed: { $allowed }.
error-strategy-value-expected = { strategy-place }: { $ended ->
    [1] the line ends where a value should stand.
   *[other] “{ $got }” stands where a value should stand.
  }
error-strategy-mixed-logic = { strategy-place }: “and” and “or” cannot be mixed in one line. Put the conditions into two lines: any one of the buy (or sell) lines is enough.
error-strategy-unnamed-param = { strategy-place }: “{ $got }” has no name, but comes after a parameter that has one. Parameters without names come first.
error-strategy-too-many-params = { strategy-place }: “{ $got }” is one parameter too many. Allowed, in this order: { GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] none
  }.

## Strategies: rules in words
describe-long-buy = Buys when { $rules }.
describe-long-sell = Sells when { $rules }.
describe-short-sell = Opens a short when { $rules }.
describe-short-buy = Closes the short when { $rules }.
describe-both-buy = Goes long (and closes a short) when { $rules }.
describe-both-sell = Goes short (and closes a long) when { $rules }.
describe-exits = Other exits: { $exits }.
describe-stop = stop loss { $percent }%
describe-target = take profit { $percent }%
describe-trail = trailing stop { $percent }%
describe-hold = { $bars } bars held
describe-cooldown = After an exit it waits { $bars } bars.
describe-and = { $left } and { $right }
describe-list = { $left }, { $right }
describe-or = { $left } or { $right }
describe-group = ({ $group })
describe-within = { $condition } (on any of the last { $bars } bars)
describe-bar = { $condition } on the { $bar } chart
describe-not = not ({ $condition })

## Indicators
indicator-MA = Moving average: the mean of the last closes (SMA; EMA and WMA weigh the newest more)
indicator-MACD = MACD: the distance of a fast and a slow EMA (DIF), its own average (DEA), and the gap between the two (histogram)
indicator-RSI = RSI: how much of the recent movement was upward, from 0 to 100
indicator-KDJ = KDJ: where the close lies in the recent range, smoothed twice (K, D), and J = 3K - 2D
indicator-BOLL = Bollinger bands: a moving average with a band of k standard deviations on either side

## Signals
signal-MA-golden_cross = { $type }({ $fast }) crosses above { $type }({ $slow })
signal-MA-death_cross = { $type }({ $fast }) crosses below { $type }({ $slow })
signal-MA-price_cross_up = the price crosses above { $type }({ $period })
signal-MA-price_cross_down = the price crosses below { $type }({ $period })
signal-MA-price_above = the price is above { $type }({ $period })
signal-MA-price_below = the price is below { $type }({ $period })
signal-MA-rising = { $type }({ $period }) is rising
signal-MA-falling = { $type }({ $period }) is falling
signal-MA-bullish_alignment = { $type }({ $periods }) stand in bullish order, each above the next slower
signal-MA-bearish_alignment = { $type }({ $periods }) stand in bearish order, each below the next slower
signal-MACD-golden_cross = MACD({ $fast }, { $slow }, { $signal }) DIF crosses above DEA
signal-MACD-death_cross = MACD({ $fast }, { $slow }, { $signal }) DIF crosses below DEA
signal-MACD-golden_cross_above_zero = MACD({ $fast }, { $slow }, { $signal }) DIF crosses above DEA over the zero line
signal-MACD-golden_cross_below_zero = MACD({ $fast }, { $slow }, { $signal }) DIF crosses above DEA under the zero line
signal-MACD-death_cross_above_zero = MACD({ $fast }, { $slow }, { $signal }) DIF crosses below DEA over the zero line
signal-MACD-death_cross_below_zero = MACD({ $fast }, { $slow }, { $signal }) DIF crosses below DEA under the zero line
signal-MACD-dif_cross_up_zero = MACD({ $fast }, { $slow }, { $signal }) DIF crosses above zero
signal-MACD-dif_cross_down_zero = MACD({ $fast }, { $slow }, { $signal }) DIF crosses below zero
signal-MACD-bullish = MACD({ $fast }, { $slow }, { $signal }) DIF is above DEA
signal-MACD-bearish = MACD({ $fast }, { $slow }, { $signal }) DIF is below DEA
signal-MACD-above_zero = MACD({ $fast }, { $slow }, { $signal }) DIF and DEA are above zero
signal-MACD-below_zero = MACD({ $fast }, { $slow }, { $signal }) DIF and DEA are below zero
signal-MACD-hist_rising = MACD({ $fast }, { $slow }, { $signal }) histogram is rising
signal-MACD-hist_falling = MACD({ $fast }, { $slow }, { $signal }) histogram is falling
signal-MACD-bullish_divergence = the price makes a lower low but MACD({ $fast }, { $slow }, { $signal }) DIF a higher one within { $lookback } bars
signal-MACD-bearish_divergence = the price makes a higher high but MACD({ $fast }, { $slow }, { $signal }) DIF a lower one within { $lookback } bars
signal-RSI-overbought = RSI({ $period }) is above { $overbought }
signal-RSI-oversold = RSI({ $period }) is below { $oversold }
signal-RSI-exit_overbought = RSI({ $period }) falls back below { $overbought }
signal-RSI-exit_oversold = RSI({ $period }) climbs back above { $oversold }
signal-RSI-cross_up_mid = RSI({ $period }) crosses above { $mid }
signal-RSI-cross_down_mid = RSI({ $period }) crosses below { $mid }
signal-RSI-bullish = RSI({ $period }) is above { $mid }
signal-RSI-bearish = RSI({ $period }) is below { $mid }
signal-RSI-golden_cross = RSI({ $fast }) crosses above RSI({ $slow })
signal-RSI-death_cross = RSI({ $fast }) crosses below RSI({ $slow })
signal-RSI-bullish_divergence = the price makes a lower low but RSI({ $period }) a higher one within { $lookback } bars
signal-RSI-bearish_divergence = the price makes a higher high but RSI({ $period }) a lower one within { $lookback } bars
signal-KDJ-golden_cross = KDJ({ $n }, { $m1 }, { $m2 }) K crosses above D
signal-KDJ-death_cross = KDJ({ $n }, { $m1 }, { $m2 }) K crosses below D
signal-KDJ-golden_cross_oversold = KDJ({ $n }, { $m1 }, { $m2 }) K crosses above D with D below { $oversold }
signal-KDJ-death_cross_overbought = KDJ({ $n }, { $m1 }, { $m2 }) K crosses below D with D above { $overbought }
signal-KDJ-overbought = KDJ({ $n }, { $m1 }, { $m2 }) K and D are above { $overbought }
signal-KDJ-oversold = KDJ({ $n }, { $m1 }, { $m2 }) K and D are below { $oversold }
signal-KDJ-j_overbought = KDJ({ $n }, { $m1 }, { $m2 }) J is above 100
signal-KDJ-j_oversold = KDJ({ $n }, { $m1 }, { $m2 }) J is below 0
signal-KDJ-bullish = KDJ({ $n }, { $m1 }, { $m2 }) K is above D
signal-KDJ-bearish = KDJ({ $n }, { $m1 }, { $m2 }) K is below D
signal-KDJ-bullish_divergence = the price makes a lower low but KDJ({ $n }, { $m1 }, { $m2 }) K a higher one within { $lookback } bars
signal-KDJ-bearish_divergence = the price makes a higher high but KDJ({ $n }, { $m1 }, { $m2 }) K a lower one within { $lookback } bars
signal-BOLL-break_upper = the price breaks above the upper band of BOLL({ $period }, { $k })
signal-BOLL-break_lower = the price breaks below the lower band of BOLL({ $period }, { $k })
signal-BOLL-return_from_upper = the price falls back below the upper band of BOLL({ $period }, { $k })
signal-BOLL-rebound_from_lower = the price climbs back above the lower band of BOLL({ $period }, { $k })
signal-BOLL-cross_mid_up = the price crosses above the middle band of BOLL({ $period }, { $k })
signal-BOLL-cross_mid_down = the price crosses below the middle band of BOLL({ $period }, { $k })
signal-BOLL-above_upper = the price is above the upper band of BOLL({ $period }, { $k })
signal-BOLL-below_lower = the price is below the lower band of BOLL({ $period }, { $k })
signal-BOLL-above_mid = the price is above the middle band of BOLL({ $period }, { $k })
signal-BOLL-below_mid = the price is below the middle band of BOLL({ $period }, { $k })
signal-BOLL-touch_upper = the high touches the upper band of BOLL({ $period }, { $k })
signal-BOLL-touch_lower = the low touches the lower band of BOLL({ $period }, { $k })
signal-BOLL-squeeze = BOLL({ $period }, { $k }) bands are at their narrowest of { $lookback } bars
signal-BOLL-expansion = BOLL({ $period }, { $k }) bands are wider than on average and widening

## Indicators of trend, range and volume
indicator-BBI = BBI: the mean of four moving averages, from fast to slow
indicator-CCI = CCI: how far the typical price lies from its mean, in multiples of its usual distance
indicator-VOL = Volume: each bar's volume over the mean of the last bars
indicator-ATR = Average true range: how far the price goes in a bar on average, gaps included
indicator-ADX = ADX: how strong a trend is, from 0 to 100, and whether movement up (+DI) or down (-DI) prevails
indicator-SUPERTREND = Supertrend: a line that trails the price at a multiple of ATR, and changes sides when the trend turns
indicator-DONCHIAN = Donchian channel: the highest high and the lowest low of the bars before
signal-BBI-price_cross_up = the price crosses above BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-price_cross_down = the price crosses below BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-price_above = the price is above BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-price_below = the price is below BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-rising = BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 }) is rising
signal-BBI-falling = BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 }) is falling
signal-CCI-overbought = CCI({ $period }) is above { $overbought }
signal-CCI-oversold = CCI({ $period }) is below { $oversold }
signal-CCI-enter_overbought = CCI({ $period }) crosses above { $overbought }
signal-CCI-exit_overbought = CCI({ $period }) falls back below { $overbought }
signal-CCI-enter_oversold = CCI({ $period }) crosses below { $oversold }
signal-CCI-exit_oversold = CCI({ $period }) climbs back above { $oversold }
signal-CCI-cross_up_zero = CCI({ $period }) crosses above zero
signal-CCI-cross_down_zero = CCI({ $period }) crosses below zero
signal-CCI-bullish_divergence = the price makes a lower low but CCI({ $period }) a higher one within { $lookback } bars
signal-CCI-bearish_divergence = the price makes a higher high but CCI({ $period }) a lower one within { $lookback } bars
signal-VOL-surge = the volume is over { $multiple } times its mean of { $period } bars
signal-VOL-dry_up = the volume is under 1/{ $multiple } of its mean of { $period } bars
signal-ATR-atr_rising = ATR({ $period }) is rising
signal-ATR-atr_falling = ATR({ $period }) is falling
signal-ADX-trending = ADX({ $period }) is above { $level }
signal-ADX-ranging = ADX({ $period }) is below { $level }
signal-ADX-di_golden_cross = ADX({ $period }) +DI crosses above -DI
signal-ADX-di_death_cross = ADX({ $period }) +DI crosses below -DI
signal-SUPERTREND-flip_up = SUPERTREND({ $period }, { $multiplier }) turns up
signal-SUPERTREND-flip_down = SUPERTREND({ $period }, { $multiplier }) turns down
signal-SUPERTREND-up = SUPERTREND({ $period }, { $multiplier }) points up
signal-SUPERTREND-down = SUPERTREND({ $period }, { $multiplier }) points down
signal-DONCHIAN-break_high = the price closes above the highest high of the { $period } bars before
signal-DONCHIAN-break_low = the price closes below the lowest low of the { $period } bars before

## Building a strategy by buttons
builder-title = New strategy
builder-title-named = Strategy { $name }
builder-welcome = Build the rules by pressing buttons; nothing is saved before you press Save. (To write them instead: /help new)
builder-when-long-buy = When should it buy? Choose an indicator:
builder-when-long-sell = When should it sell? Choose an indicator:
builder-when-short-sell = When should it open a short? Choose an indicator:
builder-when-short-buy = When should it close the short? Choose an indicator:
builder-when-both-buy = When should it go long (and close a short)? Choose an indicator:
builder-when-both-sell = When should it go short (and close a long)? Choose an indicator:
builder-goes-on-AND = What else must be true on the same bar? Choose an indicator:
builder-goes-on-OR = What else is enough on its own? Choose an indicator:
builder-besides-OR = (Another { $side } rule: any one of them is enough.)
builder-besides-AND = (Another { $side } rule: all of them must hold.)
builder-ask-signal = Which signal of { $indicator }? Its numbers can be changed afterwards.
builder-next = What next? Make the rule longer (and, or), add another rule, or save.
builder-current = “and” and “or” go on from { $rule }
builder-joined-AND = This rule is joined by “and”. One rule has one joint: for an “or”, add another { $side } rule, for any of them is enough.
builder-joined-OR = This rule is joined by “or”. One rule has one joint: for an “and”, add another { $side } rule, then require all of them.
builder-no-entry = Nothing opens a position yet: it needs a { $side } rule.
builder-no-exit = Nothing closes a position yet: add a { $side } rule, or a stop under “Stops and settings”.
builder-full = That is as much as buttons build: { $count } conditions. /new takes more as text.
builder-ask-condition = { $condition } means: { $words }.
    What should be different?
builder-ask-param = { $condition } means: { $words }.
    { $name }: by default { $byDefault }, allowed { $allowed }. These are the usual values:
builder-ask-choice = { $condition } means: { $words }.
    { $name }: by default { $byDefault }. Choose one:
builder-ask-within = { $condition } means: { $words }.
    How far back does it still count? 1: only on the bar (candle) that has just closed; 3: on any of the last three.
builder-ask-timeframe = { $condition } means: { $words }.
    On which chart? { $bar } is the strategy's own; on a higher one, the last closed bar counts.
builder-ask-conditions = Which condition?
builder-ask-settings = What should be different?
builder-spot = Spot can only be bought and sold again. For shorts and leverage choose a swap as the instrument.
builder-ask-stop = Stop loss: how far may the price go against the position before it is closed?
builder-ask-target = Take profit: at what gain in price is the position closed?
builder-ask-trail = Trailing stop: how far may the price fall back from its best before the position is closed?
builder-ask-hold = Longest hold: after how many bars is the position closed in any case?
builder-ask-inst = On which instrument? Another one than these can be given to /backtest later.
builder-ask-bar = Which timeframe?
builder-ask-direction = Which direction? Long gains when the price rises, short when it falls; both turns from one into the other.
builder-ask-leverage = How much leverage? It multiplies losses as well as gains.
builder-ask-size = How much of the equity goes into one position?
builder-ask-cooldown = Cooldown: how many bars does it wait after an exit before it may open again?
builder-setting-stop = Stop loss
builder-setting-target = Take profit
builder-setting-trail = Trailing stop
builder-setting-hold = Longest hold
builder-setting-inst = Instrument
builder-setting-bar = Timeframe
builder-setting-direction = Direction
builder-setting-leverage = Leverage
builder-setting-size = Size
builder-setting-cooldown = Cooldown
builder-direction-long = long
builder-direction-short = short
builder-direction-both = long and short
builder-none = none
builder-bars = { $bars ->
    [0] none
    [one] 1 bar
   *[other] { $bars } bars
  }
builder-saved = For another name send /new NAME and the lines below as you want them. /edit changes it by hand.
button-new = Build a strategy
button-builder-AND = and …
button-builder-OR = or …
button-builder-rule-buy = + buy rule
button-builder-rule-sell = + sell rule
button-builder-logic-AND = Require all { $side } rules
button-builder-logic-OR = Any { $side } rule is enough
button-builder-adjust = Adjust { $condition }
button-builder-remove = Remove { $condition }
button-builder-conditions = Other conditions
button-builder-settings = Stops and settings
button-builder-setting = { $setting }: { $value }
button-builder-save = Save as { $name }
button-builder-back = « Back
button-builder-rules = « To the rules
button-builder-previous = « Previous
button-builder-more = More »
button-builder-within = { $bars ->
    [one] Within 1 bar
   *[other] Within { $bars } bars
  }
button-builder-timeframe = Chart: { $bar }
button-builder-negate = { $isOn ->
    [yes] Without “not”
   *[no] Not (the opposite)
  }
button-builder-defaults = Default numbers
button-builder-keep = Keep building

## Candlestick patterns
indicator-PATTERN = Candlestick patterns: shapes of one to five candles, by the definitions of TA-Lib
signal-PATTERN-doji = a doji forms
signal-PATTERN-dragonfly_doji = a dragonfly doji forms
signal-PATTERN-gravestone_doji = a gravestone doji forms
signal-PATTERN-hammer = a hammer forms
signal-PATTERN-inverted_hammer = an inverted hammer forms
signal-PATTERN-hanging_man = a hanging man forms
signal-PATTERN-shooting_star = a shooting star forms
signal-PATTERN-bullish_engulfing = a bullish engulfing forms
signal-PATTERN-bearish_engulfing = a bearish engulfing forms
signal-PATTERN-bullish_harami = a bullish harami forms
signal-PATTERN-bearish_harami = a bearish harami forms
signal-PATTERN-piercing_line = a piercing line forms
signal-PATTERN-dark_cloud_cover = a dark cloud cover forms
signal-PATTERN-morning_star = a morning star forms
signal-PATTERN-evening_star = an evening star forms
signal-PATTERN-morning_doji_star = a morning doji star forms
signal-PATTERN-evening_doji_star = an evening doji star forms
signal-PATTERN-three_white_soldiers = three white soldiers form
signal-PATTERN-three_black_crows = three black crows form
signal-PATTERN-three_inside_up = a three inside up forms
signal-PATTERN-three_inside_down = a three inside down forms
signal-PATTERN-three_outside_up = a three outside up forms
signal-PATTERN-three_outside_down = a three outside down forms
signal-PATTERN-bullish_marubozu = a bullish marubozu forms
signal-PATTERN-bearish_marubozu = a bearish marubozu forms
signal-PATTERN-rising_three_methods = rising three methods form
signal-PATTERN-falling_three_methods = falling three methods form
signal-PATTERN-bullish_kicking = a bullish kicking forms
signal-PATTERN-bearish_kicking = a bearish kicking forms
signal-PATTERN-bullish_abandoned_baby = a bullish abandoned baby forms
signal-PATTERN-bearish_abandoned_baby = a bearish abandoned baby forms
signal-PATTERN-spinning_top = a spinning top forms
error-cli-no-lines = { $indicator } has no lines to print: its signals read the candles themselves. Ask for them in a strategy, with the command signals.

## Ready-made strategies
template-rsi-dip = Buys dips: RSI was oversold lately and MACD turns up; sells when RSI or KDJ is overheated.
template-ma-cross = The classic: buys when the 10-bar average crosses above the 30-bar one, sells on the way back.
template-ema-trend = Rides trends: four EMAs in bullish order and a rising slow EMA; a trailing stop lets profits run.
template-macd-zero = Buys when MACD's DIF climbs through zero, sells when it turns down.
template-kdj-swing = Swings: buys a KDJ golden cross in the oversold zone, sells the death cross in the overbought zone.
template-boll-rebound = Buys when the price climbs back into the Bollinger bands from below, sells at the middle or upper band.
template-boll-breakout = Buys a break of the upper Bollinger band while the bands widen, leaves at the middle band.
template-rsi-exit = Buys when RSI climbs out of the oversold zone, sells when it falls out of the overbought zone.
template-triple-confirm = Careful: buys only when the trend, MACD and RSI all agree; leaves when two of them turn.
template-divergence-hunter = Hunts bottoms: a bullish divergence of RSI or MACD, confirmed by a rising histogram.
template-squeeze-break = Waits for a Bollinger squeeze and buys the upward break that follows it.
template-higher-trend = Buys 15-minute pullbacks only while the 4-hour trend points up.

## Strategies, backtests and prices
source-simulated = simulated market
source-okx = OKX
source-demo = OKX demo
source-import = imported file

command-strategies = List your strategies and the ready-made ones
command-strategy = Show a strategy's rules
command-strategy-name = The strategy's name
command-strategy-example = /strategy rsi-dip
command-new = Build a strategy by buttons, or save one written as text or JSON
command-new-name = Its name, if the text has none
command-new-rules = The rules as text or JSON; left out, buttons ask for them
command-new-example = /new my-dip stop: 3%; buy: RSI oversold; sell: RSI overbought
command-delete = Delete one of your strategies
command-delete-name = The strategy's name
command-delete-example = /delete my-dip
command-backtest = Test a strategy on past prices
command-backtest-strategy = The strategy's name
command-backtest-inst = Instrument, such as BTC or ETH-USDT
command-backtest-bar = Timeframe, such as 15m, 1h or 1d
command-backtest-range = How far back, such as 90d, or 2024-01-01..2024-06-30
command-backtest-cash = Start equity (10000)
command-backtest-fee = Fee as a fraction (spot 0.001)
command-backtest-slippage = Slippage in basis points (0)
command-backtest-fill = When a decision is filled (next_open)
command-backtest-detail = Finer candles for the order of events, such as 1m
command-backtest-example = /backtest rsi-dip BTC-USDT 15m 90d
command-backtests = List your backtests, or open one again
command-backtests-number = The backtest's number
command-backtests-example = /backtests 12
command-price = The latest price
command-price-inst = Instrument, such as BTC or ETH-USDT
command-price-example = /price BTC
command-candles = Candles as a table and a picture
command-candles-inst = Instrument, such as BTC or ETH-USDT
command-candles-bar = Timeframe, such as 15m, 1h or 1d
command-candles-range = How far back, such as 7d
command-candles-example = /candles ETH 1h 7d

strategies-title = Strategies
strategies-hint = /strategy NAME shows the rules, /backtest NAME tests them, /new saves your own.
strategy-ready-made = ready-made
strategy-version = version { $version }
strategy-outdated = ⚠ no longer valid: /strategy tells why
strategy-created = Saved { $name }.
strategy-saved = { $name } is now at version { $version }.
strategy-deleted = Deleted { $name }.
backtests-title = Backtests
backtests-none = You have no backtests yet. Try /backtest rsi-dip BTC-USDT 15m 90d
backtest-status-queued = waiting
backtest-status-running = running { $progress }
backtest-status-done = done
backtest-status-failed = failed
backtest-window = { $from } to { $to } ({ $zone }), { $bars } bars, { $source }
backtest-warning-look-ahead = A signal looks into the future: do not believe these figures.
backtest-warning-tick = This strategy decides within candles but was tested on closes only: live results will differ.
backtest-warning-warm-up = Only { $bars } of the { $wanted } bars wanted for warm-up exist: the first signals may be off.
backtest-warning-gaps = { $count } candles are missing, the first at { $first }.
backtest-warning-few-trades = Fewer than 30 trades: too few to say much.
backtest-warning-halves = Good in the first half ({ $first }), bad in the second ({ $second }).
backtest-costs = Start { $cash }, fee { $fee }, slippage { $slippage } bp, filled at { $fill ->
    [close] the close
    [next_mid] the middle of the next candle
   *[next_open] the next open
  }
backtest-warning-no-curves = The candles of this result cannot be had just now: the figures are the stored ones, without a picture.
backtest-warning-candles-changed = The stored market data, or the program, have changed since: the figures are those of then, the curves are new.
backtest-refused-no_equity = { $count ->
    [one] One entry was
   *[other] { $count } entries were
  } skipped: no equity was left.
backtest-refused-more_than_equity = { $count ->
    [one] One entry was
   *[other] { $count } entries were
  } skipped: the amount was more than the equity.
backtest-refused-no_stop = { $count ->
    [one] One entry was
   *[other] { $count } entries were
  } skipped: sizing by risk needs a stop.
backtest-refused-above_tier = { $count ->
    [one] One entry was
   *[other] { $count } entries were
  } skipped: the exchange does not take so large a position at this leverage.
backtest-refused-below_min_size = { $count ->
    [one] One entry was
   *[other] { $count } entries were
  } skipped: smaller than the exchange takes.
candles-window = { $count } candles, { $from } to { $to } ({ $zone }), { $source }
candles-none = There are no candles in that stretch of time.

figure-return = Return
figure-hold = Buy & hold
figure-final-equity = Final equity
figure-drawdown = Max drawdown
figure-trades = Trades
figure-win-rate = Win rate
figure-profit-factor = Profit factor
figure-expectancy = Per trade
figure-sharpe = Sharpe
figure-sortino = Sortino
figure-hold-time = Average hold
figure-exposure = Time in market
figure-fees = Fees
figure-number = Backtest
figure-change-24h = 24 h
figure-high-24h = High 24 h
figure-low-24h = Low 24 h
figure-volume-24h = Volume 24 h
figure-bid = Bid
figure-ask = Ask
figure-time = Time ({ $zone })

column-strategy = Strategy
column-version = Version
column-series = Runs on
column-opened = Opened
column-open = Open
column-high = High
column-low = Low
column-close = Close
column-volume = Volume

chart-window = { $from } – { $to } · { $source }
chart-price = Price
chart-equity = Equity ({ $quote })
chart-drawdown = Drawdown
chart-strategy = Strategy
chart-hold = Buy & hold
chart-long-entry = Buy
chart-short-entry = Sell short
chart-winning-exit = Exit with gain
chart-losing-exit = Exit with loss

button-open = Open #{ $number }
button-rules = Rules
button-undo = Undo
button-refresh = Refresh
button-candles = Candles { $bar }
button-backtest = Backtest { $range }

progress-download = Fetching { $inst } { $bar } candles
progress-funding = Fetching funding rates of { $inst }
progress-waiting = Waiting for another download of { $inst } { $bar }
progress-backtest = Testing on { $bars } bars

error-strategy-unknown = There is no strategy { $name }{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } /strategies lists them all.
error-strategy-ready-made = { $name } is a ready-made strategy and stays as it is. Give yours another name.
error-instrument-unknown = { $instId } is not traded here{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  }
error-backtest-unknown = You have no backtest #{ $id }. /backtests lists them.
error-backtest-not-done = Backtest #{ $id } is not done yet. /backtests shows how far it is.
error-backtest-cancelled = That backtest was cancelled before it was done.
error-backtest-failed = That backtest failed for a reason of ours. Please run it again.
error-exchange-refused = The exchange refused the request (code { $code }).
error-exchange-retry = The exchange cannot be reached just now (code { $code }). Please try again in a moment.
error-exchange-resyncClock = This machine's clock is off from the exchange's (code { $code }). Please set it right.
error-exchange-config = The exchange does not take this configuration (code { $code }).
error-exchange-outcomeUnknown = The exchange has not said what became of the request (code { $code }).

## Backtest engine
error-backtest-inverse = { $instId } is settled in its own coin. Backtests run on spot and on swaps settled in USDT or USDC.
error-backtest-no-candles = There are no { $bar } candles of { $instId } in that time. Choose another time or another instrument.

## Backtests of swaps, and on finer candles
backtest-swap = Perpetual swap, { $direction ->
    [long] long only
    [short] short only
   *[both] long and short
  }, { $leverage }x, { $margin ->
    [isolated] isolated
   *[cross] cross
  } margin, sizes in { GIVEN($contract) ->
    [yes] contracts of { $contract } { $base }
   *[no] { $base }
  }
backtest-detail = Order of events within a candle from { $bar } candles
backtest-detail-tick = Decides within candles: tested at the close of every { $bar } candle
backtest-warning-detail = In { $count } candles the order of events is assumed: { $bar } candles are missing.
backtest-assumed-sizes = Sizes are fractional: the exchange's size rules were not applied.
backtest-assumed-tiers = Maintenance margin is assumed to be { $rate } at every size.
backtest-assumed-funding = { $count ->
    [one] One funding payment is
   *[other] { $count } funding payments are
  } assumed at { $rate } each 8 h: no rate is recorded.
chart-swap = { $leverage }x { $margin ->
    [isolated] isolated
   *[cross] cross
  }, { $direction ->
    [long] long
    [short] short
   *[both] long and short
  }
figure-funding = Funding
figure-liquidations = Liquidations
figure-largest-position = Largest position
figure-contracts = { $count } contracts ({ $coins })
error-backtest-leverage = { $instId } takes at most { $allowed }x leverage; the strategy asks for { $got }x.
error-backtest-detail-bar = { $detail } candles do not make up { $bar } candles. Allowed as finer candles: { GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] none, { $bar } is the finest there is
  }.
error-cli-detail-missing = --detail-candles does not cover the window: { $missing } of its { $bar } candles are missing, the first at { $first } UTC.
error-cli-detail-file = --detail-candles { $path }: { $fault }

## Command line
cli-usage = Usage: npm run -s cli -- COMMAND
  { "" }
  backtest --strategy FILE|NAME
           (--candles CSV [--detail-candles CSV] | --inst I --bar B --from D [--to D] [--detail-bar B])
           { "[" }--cash 10000] [--fee 0.001] [--slippage-bps 0] [--fill next_open|close|next_mid]
           { "[" }--exact-sizes true|false] [--equity] [--json] [--chart OUT.png]
  optimize --strategy FILE|NAME (--candles CSV | --inst I --bar B --from D [--to D]) [--space TEXT]
           { "[" }--search grid|random|tpe] [--objective robust] [--trials 300] [--seed 1] [--constraints TEXT]
           { "[" }--walk-forward N] [--cash 10000] [--fee 0.001] [--slippage-bps 0] [--fill next_open] [--json]
  indicators --candles CSV --indicator KDJ [--params JSON]
  indicators --list [--json]
  signals --candles CSV --strategy FILE|NAME
  candles download --inst I --bar B --from D [--to D]
  candles import --candles CSV --inst I
  candles export --inst I --bar B [--from D [--to D]] [--source simulated|okx|demo|import]
  candles coverage [--inst I --bar B] [--source S]
  strategy list | show NAME|FILE | validate FILE | format FILE | parse FILE  [--json]
  account add [--name main] [--mode demo|live] [--user telegram:ID]   (asks for key, secret and passphrase, hidden)
  account list | use NAME | remove NAME  [--user telegram:ID]
  secret set NAME | list | remove NAME | rotate
  simulator [--mode simulated|paper] [--port N] [--seed S] [--state FILE] [--limits documented|off] [--faults]
  { "" }
  Dates are 2024-01-31 (UTC, both ends included) or epoch ms. A file may be - for standard input.
cli-okx-lost = { $host } cannot be reached: nothing is quoted or traded until it can be.
cli-okx-found = { $host } can be reached.
cli-strategy-valid = { $name } is valid.
error-cli-command = There is no command { $got }{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } Allowed: { $allowed }.
error-cli-action = The word "{ $got }" does not fit here{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } Allowed: { $allowed }.
error-cli-option = There is no option --{ $got } here{ GIVEN($suggestion) ->
    [yes] ; did you mean --{ $suggestion }?
   *[no] .
  } Allowed: { $allowed }.
error-cli-twice = --{ $name } is given twice.
error-cli-value = --{ $name } needs a value.
error-cli-flag = --{ $name } takes no value.
error-cli-word = "{ $got }" is one word too many.
error-cli-word-missing = strategy { $action } needs the name of a strategy or of a file.
error-cli-missing = --{ $name } is missing. npm run -s cli -- help shows the usage.
error-cli-number = --{ $name } is "{ $got }", but takes a number from { $minimum } to { $maximum }.
error-cli-choice = --{ $name } is "{ $got }", but takes one of { $choices }.
error-cli-either = --{ $name } does not go with --candles: a file has its own timeframe and time.
error-cli-params = --params is { $got }, but takes a JSON object such as {"{"}"period": 14{"}"}.
error-cli-inst = --inst is "{ $got }", but takes an instrument such as BTC-USDT or BTC-USDT-SWAP.
error-cli-bar = --{ $name } is "{ $got }", but takes a timeframe such as 1m, 15m, 1h, 4h, 1d (UTC) or 1d+8 (UTC+8).
error-cli-detail-candles = --detail-candles only goes with --candles; with --inst, --detail-bar 1m takes the finer candles from the market.
error-cli-strategy = { $got } is neither a file nor a ready-made strategy{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } npm run -s cli -- strategy list names them.
error-cli-name-missing = { $command } needs a name.
error-cli-lines = The input ends where this was expected: { $missing }. It takes one line each.
error-cli-user = --user is "{ $got }", but takes telegram:ID, discord:ID or terminal:local.
cli-ask-key = API key
cli-ask-secret = Secret key
cli-ask-passphrase = Passphrase
cli-ask-value = { $name }
error-cli-equity = --equity only goes with --json.
error-cli-interrupted = Stopped.
error-port = Port { $port } cannot be served ({ $reason }).
error-simulator-state = { $path } { $found ->
    [nothing] holds no state of a simulated exchange.
   *[other] holds the state of another exchange ({ $found }; this one is { $expected }).
  } Name another file, or remove it.
error-folder = The folder { $path } cannot be used ({ $reason }).
error-file-unreadable = { $path } cannot be read ({ $reason }).
error-file-unwritable = { $path } cannot be written ({ $reason }).

## store
error-store-server = The database server { $host } cannot be used ({ $reason }). Is DATABASE_URL right, and DATABASE_AUTH_TOKEN?
error-store-open = The database { $file } cannot be opened: { $reason }
error-store-newer = The database is newer than this Candlechat: it has the migration { $migration }, which is not known here. Start the newer version, or name another DATABASE_URL. Nothing was changed.
error-store-changed = The migration { $migration } is not the one that the database was made with. Put the original file back, or name another DATABASE_URL. Nothing was changed.
error-backtest-interrupted = Candlechat was stopped before this backtest ended. Run it again.
error-candles-newer = The candle file { $file } was made by a newer Candlechat. Start the newer version, or move the file away. Nothing was changed.
error-candles-damaged = The stored { $bar } candles of { $instId } ({ $source }) for { $month } are damaged. Move the candle file away (candles.db in the data folder) and download or import them again.
error-candles-csv-header = Line 1: the header must be "{ $header }"; found "{ $got }".
error-candles-csv-empty = There is no candle after the header.
error-candles-csv-short = One candle alone does not tell its timeframe: at least two are needed.
error-candles-csv-fields = Line { $line }: { $wanted } fields are needed; found { $got }.
error-candles-csv-number = Line { $line }: { $column } must be { $column ->
    [ts] a time in whole milliseconds
   *[other] a plain number
  }; found "{ $got }".
error-candles-csv-price = Line { $line }: prices must be above 0.
error-candles-csv-volume = Line { $line }: the volume must not be below 0.
error-candles-csv-range = Line { $line }: open and close must lie between low and high.
error-candles-csv-order = Line { $line }: the time must be later than that of the line before; candles go from old to new.
error-candles-csv-duplicate = Line { $line }: there is a candle of this time already.
error-candles-csv-step = Line { $line }: { $stepMs } ms after the line before is { GIVEN($bar) ->
    [yes] no multiple of { $bar }
   *[no] no timeframe; there are { $bars }
  }.
error-candles-csv-grid = Line { $line }: no { $bar } candle opens at this time.
error-candles-csv-bar = These are { $found } candles, not { $bar }.

## Discord
discord-choose = Choose…
discord-stopping = Candlechat is shutting down. Please ask again in a moment.
discord-later = This takes longer than Discord lets an answer wait: it will come as a message of its own.
error-discord-token = Discord does not know this bot's token: get it on the Bot page of the application in the Discord developer portal and set DISCORD_BOT_TOKEN.
error-discord-intents = Discord refuses to send this bot the events that it asks for (intents). Check on the Bot page of the application in the Discord developer portal that DISCORD_BOT_TOKEN belongs to it. No privileged intent is needed: if it goes on, install the newest Candlechat.

## Managing strategies
describe-periods = { $count } lengths of { $range }, shortest first

command-templates = List the ready-made strategies
command-strategy-version = An older version's number
command-why = Why the rules hold or do not, condition by condition
command-why-name = The strategy's name
command-why-inst = Another instrument than its own, such as ETH
command-why-bar = Another timeframe than its own, such as 1h
command-why-time = A time in the candle to look at, such as 2024-01-31T18:05 or 18:05 (UTC)
command-why-example = /why rsi-dip
command-edit = Change one of your strategies, whole or in parts
command-edit-name = The strategy's name
command-edit-text = What changes, such as “stop: 5%”, or the whole strategy
command-edit-example = /edit my-dip stop: 5%; sell: RSI overbought
command-versions = List the versions of a strategy
command-versions-name = The strategy's name
command-versions-example = /versions my-dip
command-restore = Make an older version of a strategy the newest
command-restore-name = The strategy's name
command-restore-version = The version's number
command-restore-example = /restore my-dip 1
command-export = Get a strategy as a JSON file
command-export-name = The strategy's name
command-export-version = An older version's number
command-export-example = /export rsi-dip
command-indicators = Explain the indicators and their signals
command-indicators-type = One indicator, such as MACD
command-indicators-example = /indicators RSI

templates-title = Ready-made strategies
templates-hint = They stay as they are. Copy makes one of your own from one of them, /edit then changes it.
strategy-unchanged = Nothing changed: { $name } stays at version { $version }.
strategy-restored = { $name } is now at version { $version }, with the rules of version { $restored }.
edit-text = Copy this, change it and send it. A text with “name:” is the whole strategy; without it only its lines change, as in /edit { $name } stop: 5%
edit-copy = As { $copy } it can be yours, with these rules:
versions-hint = Times are { $zone }. /restore { $name } with a number brings an older version back; none is ever lost.
versions-ready-made = A ready-made strategy has one version and stays as it is.
version-first = first version
version-outdated = ⚠ no longer valid
version-lines = { $added } lines added, { $removed } taken away
export-hint = Send this file to me and /new saves the strategy as it is here.
export-ready-made = Send this file with /new and a name of your own to make it yours: { $name } is a ready-made strategy and stays as it is.

signals-none = none in { $count } candles
signals-no-picture = No picture of its last signals: { $reason }
why-candle = { $newest ->
    [yes] The newest closed candle
   *[no] The candle
  }: { $from } to { $to } ({ $zone }), close { $close }
why-side = { $mark } { $side ->
    [buy] Buy
   *[sell] Sell
  }: { $holds ->
    [yes] the rules hold
   *[no] the rules do not hold
  }{ $needs ->
    [AND] {" "}(all of these must)
    [OR] {" "}(any of these is enough)
    [groups-AND] {" "}(all groups must)
    [groups-OR] {" "}(any group is enough)
   *[one] {""}
  }
why-group = { $mark } Group { $number }{ $needs ->
    [AND] {" "}(all of these must)
    [OR] {" "}(any of these is enough)
   *[one] {""}
  }
why-higher = { $bar } candle of { $at }
why-fired = fired at { $at }
why-unknown = { $mark } not known yet: there were too few candles before. It counts as no.

indicators-title = Indicators
indicators-hint = /indicators NAME tells an indicator's signals, with lines to copy into a strategy.
catalog-lines = Lines
catalog-warm-up = Warm-up
catalog-bars = { $count ->
    [one] first value at the first candle
   *[other] first value at candle { $count }
  } (by default)
catalog-fact = { $label }: { $value }
catalog-params = Parameters
catalog-param = { $default } (allowed: { $range })
catalog-page = Every indicator that a strategy may use. Written by `npm run docs` from the catalog in src/domain/indicators: change it there.
catalog-signals = Signals, with every parameter at its default. Write sell: in place of buy: for the other side; parameters may be left out.

figure-last-buy = Last buy signal ({ $zone })
figure-last-sell = Last sell signal ({ $zone })
column-saved = Saved
column-change = Change
column-line = Line
column-meaning = Holds when
chart-buy-signal = Buy signal
chart-sell-signal = Sell signal
button-why = Why?
button-edit = Edit
button-copy = Copy
button-copy-as = Copy as { $copy }
button-versions = Versions
button-export = Export
button-version = Version { $version }
button-restore = Restore version { $version }
button-candle-before = ◀ Candle before
button-candle-after = Candle after ▶
button-newest = Newest
button-indicators = All indicators

error-strategy-version = { $name } has no version { $version }. Allowed: { $newest ->
    [one] 1
   *[other] 1 to { $newest }
  }.
error-strategy-other-name = This is a strategy named { $got }, not { $name }. /new saves it under its own name.
error-signals-far = it takes { $count } candles, which is too long to wait for here. /why and /backtest fetch them.
error-signals-slow = fetching the candles takes too long just now.
error-candle-open = The { $bar } candle of that time has not closed yet. Leave the time out for the newest one that has.
error-argument-time = { $argument }: “{ $value }” is not a time. Allowed: 2024-01-31T18:05, 2024-01-31, 18:05 (UTC). Usage: { $usage }
error-moment-form = “{ $value }” is not a time. Allowed: 2024-01-31T18:05, 2024-01-31, 18:05 (UTC).
error-moment-future = { $value } (UTC) lies in the future.
error-cli-list = --json only goes with --list here, and --list with nothing else.

## Pages and pictures of a backtest
command-backtests-page = Its trades, its months, or everything as a file: trades, months, json
command-compare = Compare two to six backtests in one picture
command-compare-numbers = Their numbers, such as 12 15 18
command-compare-example = /compare 12 15
command-montecarlo = What else might have come of a backtest's trades
command-montecarlo-number = The backtest's number
command-montecarlo-method = bootstrap draws trades anew, shuffle changes their order
command-montecarlo-example = /montecarlo 12

page-trades = Trades
page-months = Months
page-montecarlo = Monte Carlo
button-page-trades = Trades
button-page-months = Months
button-page-json = JSON
button-montecarlo = Monte Carlo
button-montecarlo-bootstrap = Draw anew
button-montecarlo-shuffle = Change the order only
button-compare = Compare { $numbers }
json-hint = Everything of backtest #{ $number }: figures, trades, checks and costs. Money is in quote currency, times are epoch ms (UTC).
trades-none = Backtest #{ $number } has no trades.
trades-exits = Exits: { $exits }
trades-side = { $side ->
    [long] Long
   *[short] Short
  }: { $count ->
    [one] 1 trade
   *[other] { $count } trades
  }, { $wins } won, { $pnl }
trades-count = { $count } ({ $wins } won, { $losses } lost)
trades-streaks = { $wins } won, { $losses } lost
exit-signal = signal
exit-stop_loss = stop loss
exit-take_profit = take profit
exit-trailing_stop = trailing stop
exit-max_hold = longest hold
exit-liquidation = liquidation
exit-end_of_data = end of data
months-hint = Calendar months, UTC; the first and the last may be parts of months.
months-of = { $count } of { $all }
montecarlo-bootstrap = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
  }, drawn anew { $runs } times in blocks of { $block }: some more than once, some not at all. How much of the result was this very set of trades?
montecarlo-shuffle = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
  }, in { $runs } other orders: each ends where it ended. How much of the drawdown was their order?
montecarlo-compounded = Each trade earns a part of the equity before it, as sizes follow equity.
montecarlo-fixed = Each trade earns a fixed amount, as sizes do not follow equity.
montecarlo-part = { $percent }% at or under
compare-title = Comparison { $numbers }
compare-one = #{ $number }: { $name } version { $version } · { $series } · { $from } to { $to }
compare-windows = They do not cover the same time: their figures are of different markets.
compare-changed = The stored market data, or the program, have changed since { $numbers }: figures are those of then, curves are new.
compare-no-curves = No curve of { $numbers }: the candles cannot be had just now. The figures are the stored ones.
error-compare-number = “{ $value }” is not the number of a backtest. /backtests lists them; /compare 12 15 compares two.
error-compare-count = { $count ->
    [one] One backtest is
   *[other] { $count } backtests are
  } not to be compared: name { $fewest } to { $most } different ones, such as /compare 12 15
error-backtests-number = Of which backtest? Give its number, such as /backtests 12 { $page }

figure-cagr = Return a year
figure-calmar = Calmar
figure-average-trade = Average trade
figure-best-trade = Best trade
figure-worst-trade = Worst trade
figure-payoff = Payoff ratio
figure-sqn = SQN
figure-longest-hold = Longest hold
figure-streaks = Longest streaks
figure-months-gain = Months with a gain
figure-average-month = Average month
figure-best-month = Best month
figure-worst-month = Worst month
figure-loss-probability = Ends in a loss
figure-ruin-probability = Ever down { $percent }%
figure-likely-drawdown = Middle drawdown
figure-bad-drawdown = Drawdown, 1 in 20
column-figure = Figure
column-month = Month
column-year = Year
column-final-equity = Final ({ $quote })
column-part = Of the runs
chart-trades = Return of each trade
chart-trades-shared = Best and worst of every { $count } trades
chart-gain = Gain
chart-loss = Loss
chart-distribution = How often which return
chart-average = Average { $value }
chart-holds = Return by time held
chart-months = Return of each month (%)
chart-year-total = Year
chart-compared = Equity, start = 100
chart-fan = Equity by number of trades ({ $quote })
chart-final-equity = Final equity ({ $quote }), runs
chart-band-most = 9 of 10 runs
chart-band-half = Middle half
chart-median = Median
chart-own = As it happened
chart-own-value = As it happened: { $value }
chart-liquidation = Liquidation
badge-fine = Checked: nothing was found
badge-more = { $finding } · +{ $count } more
badge-look-ahead = Not to be believed: a signal knows the future
badge-ledger = Not to be believed: cash and trades disagree
badge-tick = Decided at closes only: live will differ
badge-few-trades = { $count ->
    [0] No trade
    [one] Only 1 trade
   *[other] Only { $count } trades
  }
badge-halves = Gain in the first half, loss in the second
badge-slippage = No gain left with more slippage
badge-gaps = { $count ->
    [one] 1 candle
   *[other] { $count } candles
  } missing
badge-warm-up = Short warm-up
badge-detail = Order within some candles assumed
badge-assumed-sizes = Fractional sizes
badge-assumed-tiers = Maintenance margin assumed
badge-assumed-funding = Funding assumed
badge-refused = { $count ->
    [one] 1 entry
   *[other] { $count } entries
  } skipped
backtest-warning-ledger = The cash ledger and the trades do not agree, by our own fault: do not believe these figures.
backtest-warning-slippage = With { $slippage } bp of slippage the return is { $return }: the gain is within what trading costs.

## Optimisation: what varies, and within what limits
error-space-empty = Nothing varies yet. Say what does, such as “RSI.period=7..21 step 2” or “stop_loss_pct=1..5 step 0.5; take_profit_pct=none,2,4”.
error-space-too-long = This is too long for a parameter space: at most { $allowed } characters.
error-space-unknown-name = { strategy-place }: the strategy has no “{ $got }” that could vary.{ strategy-hint } Allowed: { $allowed }.
error-space-no-condition = { strategy-place }: no condition is meant by “{ $got }”. Allowed: { $allowed }.
error-space-overlap = { strategy-place }: “{ $got }” sets something that “{ $other }” already sets.
error-space-range = { strategy-place }: “{ $got }” is not a range. A range goes from a number up to a larger one, in steps over 0, such as 7..21 step 2.
error-space-names = { strategy-place }: “{ $got }” cannot be a range here. Give the values one by one, such as a,b,c.
error-space-needs-step = { strategy-place }: the range “{ $got }” stands among other values and needs a step, such as “{ $got } step 0.5”.
error-space-too-many = { strategy-place }: these are more than { $allowed } values. Take a larger step.
error-space-no-grid = { $name } is a range without a step and has no end of values: give it a step, or search at random or by tpe.
error-constraint-form = { strategy-place }: “{ $got }” is not a constraint. One reads like trades>=30 or max_drawdown<=25.
error-constraint-figure = { strategy-place }: a result has no figure “{ $got }”.{ strategy-hint } Allowed: { $allowed }.
error-constraint-bound = { strategy-place }: { $name } is compared with a number, and “{ $got }” is none.
error-walk-forward-short = The range has { $days } days. A window of { $inSampleDays } days to choose parameters in and one of { $outOfSampleDays } days to test them in do not fit: take a longer range or shorter windows.

## Searching for parameters
command-optimize = Search for good parameters of a strategy, and see how far they can be trusted
command-optimize-strategy = Name of the strategy
command-optimize-inst = Instrument, if another than the strategy's own
command-optimize-bar = Timeframe, if another than the strategy's own
command-optimize-range = How far back: 90d (the default), 1y, 2024, 2024-01-01..2024-06-30
command-optimize-search = How points are chosen: all of them (grid), at random, or learning from those before (tpe)
command-optimize-objective = What is to be best; robust, the default, believes few trades little and counts the worst fall
command-optimize-trials = How many points to try
command-optimize-walk = Walk-forward test: in how many windows what was chosen before is traded
command-optimize-seed = Another number makes another random order
command-optimize-cash = Start equity in quote currency
command-optimize-fee = Fee of a fill as a fraction, such as 0.001
command-optimize-slippage = Slippage of a fill in basis points
command-optimize-fill = When decisions are filled: next_open, close or next_mid
command-optimize-detail = Finer candles that tell the order of events within a bar
command-optimize-space = What varies and what must hold: RSI.period=7..21 step 2; stop=1,2,none where trades>=30
command-optimize-example = /optimize rsi-dip BTC-USDT 1h 90d RSI.period=7..21 step 2; RSI.oversold=20,25,30,35 where trades>=5
command-optimizations = List your searches for parameters, or open one again
command-optimizations-number = The search's number
command-optimizations-example = /optimizations 3
button-resume-search = Resume
button-save-plateau = Save the plateau
button-save-best = Save the best
button-test-plateau = Backtest the plateau
button-search-parameters = Optimize
button-back-to-search = Back to the search
progress-optimize = Tried { $tried } of { $planned } points{ $left ->
    [unknown] { "" }
    [0] { "" }
   *[other] , about { optimize-left }
 }
optimize-left = { $left } s left
optimize-title = { $name } · { $series } · parameters
optimize-window = { $from } to { $to } ({ $zone }), { $source }
optimize-search = { $method ->
    [grid] Every point of the grid
    [random] Points at random
   *[other] Points chosen by what was learnt from those before (tpe)
 }, for { $objective ->
    [robust] a robust result (growth less the worst fall; few trades count little)
   *[other] { $objective }
 }: { $tried } tried{ $impossible ->
    [0] { "" }
   *[other] , { $impossible } of them impossible
 }.
optimize-space = Varies: { $space }
optimize-constraints = Must hold: { $constraints }
optimize-stopped = Stopped after { $tried } of { $planned } points: this is what was found so far. Resume goes on to the same end.
optimize-running = Still running, { $tried } of { $planned } points: this is what was found so far.
optimize-none-found = No point has a score: none traded, or none kept what must hold.
optimize-plateau = ★ Plateau: { $values }. Points around it score { $mean } on average ({ $count } tried), itself { $score }.
optimize-peak = The single best, { $values }, scores { $score }, but those around it { $mean } on average: more of it is luck.
optimize-peak-is-plateau = The single best point and the best neighbourhood are the same place here.
optimize-own = As the strategy is now: return { $return }, drawdown { $drawdown }, { $trades } trades.
optimize-seen-data = These figures are of the very candles that the parameters were chosen on: expect less. A walk-forward test (walk=5) shows how much less.
optimize-walk = Walk-forward, { $windows } windows: out-of-sample return { $return }, { $trades } trades, { $profitable } windows with a profit, worst window { $worst }, worst drawdown { $drawdown }.
optimize-walk-efficiency = It kept { $efficiency } of the growth that it had in-sample{ $verdict ->
    [good] : the choice carries over well.
    [some] : some of the choice carries over.
   *[none] : what was found in-sample was mostly luck.
 }
optimize-walk-no-growth = Nothing grew in-sample, so nothing can be said of how much carries over.
optimize-walk-stability = Steadiness of what was chosen: { $stability } (1 always the same, 0 as if drawn at random).
optimize-walk-window = { $from } to { $to }: { $values }, in-sample { $inside }, out-of-sample { $outside }, { $trades } trades
optimize-walk-nothing = nothing chosen
optimize-no-value = none
optimize-saved = Saved as version { $version } of { $name }: { $values }.
optimize-tested = With { $values }, which no version of the strategy holds yet.
chart-score = Score
chart-peak = Best point
chart-plateau = Plateau
chart-peak-plateau = Best point and plateau
column-parameters = Parameters
column-score = Score
column-status = State
optimizations-none = You have no searches yet. Try /optimize rsi-dip
optimizations-title = Your searches for parameters
optimization-status-running = running, { $tried } of { $planned }
optimization-status-stopped = stopped, { $tried } of { $planned }
optimization-status-done = done, { $tried }
optimization-status-failed = failed
error-optimize-nothing = { $name } has nothing that could vary by itself. Say what does, such as “stop_loss_pct=1..5 step 0.5”.
error-optimize-too-many = These are { $count } points to try, and at most { $allowed } are allowed. Take larger steps, fewer windows, or search=random trials=500.
error-optimization-unknown = There is no search or trial number { $id } of yours. /optimizations lists them.
error-optimization-failed = This search failed by our own fault.
error-optimization-not-stopped = Search { $id } cannot be resumed: it is { $status ->
    [running] still running
    [done] done
   *[other] over
 }.
error-optimization-source = Search { $id } was on { $source } prices: it can only go on where those are traded.

## Accounts and keys
command-account = Your OKX accounts: list them, add a key (privately), choose one, remove one
command-account-action = list, add, use or remove
command-account-name = The account's name, such as main
command-account-mode = What the key is for: demo (OKX's demo trading) or live
command-account-key = The API key
command-account-secret = The secret key
command-account-passphrase = The passphrase that you chose for the key
command-account-example = /account list
column-account = Account
column-mode = Mode
column-key = Key
column-default = Default
accounts-title = Your accounts
accounts-hint = Add one: /account add NAME demo|live. Choose the default: /account use NAME. Forget a key: /account remove NAME.
accounts-none = You have no account here yet. At OKX make an API key with the permissions Read and Trade, never Withdraw, bound to this machine's IP address. Then, in a private chat: /account add NAME demo|live KEY SECRET PASSPHRASE (on Discord without the last three: a form asks for them).
account-no-key = none
account-added = Account { $name } added
account-chosen = { $name } is the default now.
account-removed = { $name } is removed, and its key forgotten here. If nothing else uses the key, delete it at OKX too.
account-perm = Permissions
account-ip = Bound to
account-ip-none = no address
account-acct-lv = Account mode
account-acct-lv-1 = spot
account-acct-lv-2 = futures
account-acct-lv-3 = multi-currency margin
account-acct-lv-4 = portfolio margin
account-pos-mode = Position mode
account-pos-mode-net = net
account-pos-mode-long-short = long/short
account-warning-not-bound = The key is bound to no IP address: whoever gets hold of it can trade with it from anywhere, and OKX deletes such a key after 14 days without use. Better bind it to this machine's address at OKX.
account-warning-no-swaps = The account is in spot mode, in which no swaps can be traded. Another mode can be chosen at OKX (Trade, Settings, Account mode).
button-account-use = Use { $name }
secret-removed = 🔒 I deleted your message with the key.
secret-still-there = ⚠️ Your message with the key could not be deleted: please delete it yourself, now.
error-secret-shared = /{ $command } works in a private chat with me only.
error-key-shared = Keys belong in a private chat with me only. Others may have read this one, and it was not used: delete it at OKX (revoke it), make a new one and send me that privately.
error-key-form-better = On Discord a key is only taken by a form, which leaves nothing behind: type the slash command /account with action add, a name and a mode. Direct messages stay where they are: best delete the key that you sent at OKX, and make a new one.
error-key-loose = That looks like a key. It was neither used nor kept. To add one: /account add NAME demo|live KEY SECRET PASSPHRASE
error-account-incomplete = To add an account I need all of this, in this order: /account add NAME demo|live KEY SECRET PASSPHRASE (on Discord without the last three: a form asks for them).
error-account-nameless = Which account? /account { $action } NAME
error-account-name = An account's name has 1 to 20 letters, digits, - or _, and begins with a letter or digit.
error-account-name-taken = There is an account { $name } already. Choose another name, or remove it first: /account remove { $name }
error-account-same = This is the OKX account that you have here as { $name }. Two names for one account would trade against each other; to change its key, remove it first: /account remove { $name }
error-account-unknown = There is no account { $name }{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  }
error-key-form = The { $part ->
    [apiKey] API key
    [secretKey] secret key
   *[other] passphrase
  } has not the form of one. Copy it once more from OKX, without anything around it.
error-key-withdraw = This key may withdraw. Candlechat takes no such key: make one at OKX with the permissions Read and Trade only, and delete this one.
error-key-read-only = This key may not trade. Make one at OKX with the permissions Read and Trade.
error-key-unknown = OKX does not know this key ({ $code }). Was it copied whole, and not deleted since? A key only works in the region that it was made in (OKX_REGION: global, eea or us), and a demo key only as demo.
error-key-wrong-mode = OKX says that the key belongs to the other environment ({ $code }): { $mode ->
    [live] it was made in Demo Trading. Add it as demo, or make a key outside Demo Trading.
   *[other] it was not made in Demo Trading. Add it as live, or make a key inside Demo Trading.
  }
error-key-unreachable = OKX could not be asked about the key ({ $code }), so it was not kept. Try again in a moment.
error-secret-key = { $what } was encrypted with another key than those that are here. Put the right CANDLECHAT_SECRET or secret.key back; if it is lost for good, remove { $what } and add it again.
error-secret-damaged = What is kept of { $what } was damaged or tampered with. Remove it and add it again.
error-secret-mode = { $path } may be read by others, so it is not used. Take their rights away: chmod 600 { $path }
error-secret-file = { $path } is no key file: it must have 32 bytes. Put the right one back from a backup.
error-secret-name = This cannot be kept encrypted{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } Allowed: { $allowed }.
error-secret-unknown = No such secret is kept. secret list names them.

## What OKX answers, and what that means
okx-refused = OKX refused this (code { $code }).
okx-busy = OKX is busy or asks us to slow down (code { $code }). Nothing was done; it can be tried again in a moment.
okx-settling = OKX is settling accounts right now. Nothing was done; it can be tried again in a few minutes.
okx-expired = The request reached OKX too late, so it was not carried out.
okx-clock = OKX finds the time of this request wrong. Please check the clock of this machine.
okx-unreachable = OKX cannot be reached right now (code { $code }).
okx-limits = So much is being asked of OKX at the moment that this would come too late. Nothing was sent.
okx-late = This had to wait so long that it would come too late. Nothing was sent.
okx-outcome-unknown = OKX did not say for certain whether this was done (code { $code }). It will be looked up, and not sent again.
okx-duplicate = OKX has an order with this id already.
okx-order-over = That order is filled, cancelled or unknown: it cannot be changed any more.
okx-environment = This key belongs to the other environment: a demo key works in demo trading only, a live key in live trading only.
okx-not-in-demo = OKX does not offer this in demo trading.
okx-key = OKX does not know this API key (code { $code }). A key works only in the region that it was made in.
okx-passphrase = OKX says that the passphrase of this API key is wrong.
okx-signature = OKX says that the signature is wrong: the secret does not belong to this API key.
okx-address = OKX does not accept this API key from the address of this machine. Please check the addresses that the key is bound to.
okx-permission = This API key may not do that. Please check its permissions at OKX.
okx-frozen = OKX has blocked or restricted this account (code { $code }). Please ask OKX for the reason.
okx-region = OKX does not offer this in the region of this account, or asks for its identity to be verified first (code { $code }).
okx-channel = OKX does not offer this stream here (code { $code }).
okx-login = OKX did not accept the login of the connection (code { $code }).
okx-blocked = OKX does not let this account trade this at the moment.
okx-account-mode = The account mode or position mode set at OKX does not allow this (code { $code }).
okx-settings-blocked = This setting cannot be changed while there are open positions or orders. Please close or cancel them first.
okx-leverage = The leverage is higher than OKX allows here.
okx-parameters = OKX finds something in this request wrong (code { $code }).
okx-instrument = OKX has no such instrument.
okx-tier = The position would be larger than OKX allows at this leverage.
okx-price-limit = The price is outside the limits that OKX sets at the moment.
okx-funds = There is not enough balance or margin for this.
okx-too-small = The size is below the smallest that OKX takes.
okx-lot-size = The size is not a whole number of lots.
okx-too-large = The size is above the largest that OKX takes.
okx-not-tradable = This instrument cannot be traded at the moment.
okx-no-position = There is no position that this could close.
okx-stop-side = The stop or target is on the wrong side of the price.
okx-one-stop = There is a stop or target for the whole position already, and OKX allows one.
okx-stop-on-close = An order that closes or reduces cannot carry a stop or target.
okx-reduce-only = This order would open or enlarge a position, but it may only reduce one.
okx-close-pending = There are pending orders that close this position. They have to be cancelled first.
okx-callback = The distance of the trailing stop is outside what OKX allows.
okx-slippage = The price moved further than the order allows.
error-okx-credentials = { $part ->
    [key] The API key
    [secret] The secret
   *[passphrase] The passphrase
  } is empty or holds characters that OKX does not use. Please copy it again.
