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
    [CANDLECHAT_LOG_LEVEL] debug, info, warn, error or silent
    [CANDLECHAT_HEALTH_PORT] a port from 0 to 65535, or nothing
    [TELEGRAM_BOT_TOKEN] a token from BotFather such as 123456:ABC…
    [TELEGRAM_ALLOWED_IDS] numeric ids separated by commas
    [DISCORD_BOT_TOKEN] a bot token from the Discord developer portal
    [DISCORD_ALLOWED_IDS] numeric ids separated by commas
    [DATABASE_URL] file:PATH or libsql://HOST
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
error-argument-id = { $argument }: “{ $value }” is not an id. Allowed: letters, digits, - and _. Usage: { $usage }
error-argument-choice = { $argument }: “{ $value }” is not a choice. Allowed: { $choices }. Usage: { $usage }
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
error-strategy-unknown-param = { strategy-place }: { $indicator } has no parameter “{ $got }”.{ strategy-hint } { $indicator } { $signal } uses: { $allowed }.
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
command-new = Save a strategy, written as text or JSON
command-new-name = Its name, if the text has none
command-new-rules = The rules as text or JSON
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
backtest-warning-candles-changed = The stored candles have changed since: the figures are those of then, the curves are new.
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
error-backtest-swap = { $instId } is a perpetual swap. Backtests run on spot instruments for now, such as BTC-USDT.
error-backtest-direction = This strategy has direction { $direction }. Backtests run with direction long for now.
error-backtest-no-candles = There are no { $bar } candles of { $instId } in that time. Choose an earlier start or another instrument.

## Command line
cli-usage = Usage: npm run -s cli -- COMMAND
  { "" }
  backtest --strategy FILE|NAME (--candles CSV | --inst I --bar B --from D [--to D])
           { "[" }--cash 10000] [--fee 0.001] [--slippage-bps 0] [--fill next_open|close|next_mid]
           { "[" }--exact-sizes true|false] [--equity] [--json] [--chart OUT.png]
  indicators --candles CSV --indicator KDJ [--params JSON]
  signals --candles CSV --strategy FILE|NAME
  candles download --inst I --bar B --from D [--to D]
  candles import --candles CSV --inst I
  candles export --inst I --bar B [--from D [--to D]] [--source simulated|okx|demo|import]
  candles coverage [--inst I --bar B] [--source S]
  strategy list | show NAME|FILE | validate FILE | format FILE | parse FILE  [--json]
  simulator [--port N]
  { "" }
  Dates are 2024-01-31 (UTC, both ends included) or epoch ms. A file may be - for standard input.
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
error-cli-bar = --bar is "{ $got }", but takes a timeframe such as 1m, 15m, 1h, 4h, 1d (UTC) or 1d+8 (UTC+8).
error-cli-detail-candles = --detail-candles cannot be used yet: order within a candle is not taken from finer candles so far.
error-cli-strategy = { $got } is neither a file nor a ready-made strategy{ GIVEN($suggestion) ->
    [yes] ; did you mean { $suggestion }?
   *[no] .
  } npm run -s cli -- strategy list names them.
error-cli-equity = --equity only goes with --json.
error-cli-interrupted = Stopped.
error-port = Port { $port } cannot be served ({ $reason }).
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
