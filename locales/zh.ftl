## 设置
error-config-unknown = 没有 { $name } 这个设置{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }
   *[no] {""}
  }。全部设置见 .env.example。
error-config-bad = { $name } 的值是“{ $got }”，但它只接受{ $name ->
    [CANDLECHAT_MODE] {" "}simulated 或 paper
    [CANDLECHAT_DATA_DIR] 文件夹路径
    [CANDLECHAT_LOCALE] {" "}en 或 zh
    [CANDLECHAT_TIME_ZONE] {" "}IANA 时区，例如 Asia/Shanghai
    [CANDLECHAT_SEED] {" "}1 到 40 个字母、数字、- 或 _
    [CANDLECHAT_LOG_LEVEL] {" "}trace、debug、info、warn、error 或 silent
    [CANDLECHAT_HEALTH_PORT] {" "}0 到 65535 的端口，或留空
    [CANDLECHAT_SECRET] {" "}16 个或更多字符，或留空
    [CANDLECHAT_SECRET_OLD] {" "}16 个或更多字符，或留空
    [TELEGRAM_BOT_TOKEN] {" "}BotFather 给出的令牌，例如 123456:ABC…
    [TELEGRAM_ALLOWED_IDS] 以逗号分隔的数字 ID
    [DISCORD_BOT_TOKEN] {" "}Discord 开发者平台给出的机器人令牌
    [DISCORD_ALLOWED_IDS] 以逗号分隔的数字 ID
    [DATABASE_URL] {" "}file:路径 或 libsql://主机
    [OKX_REGION] {" "}global、eea 或 us
   *[other] 以 http:// 或 https:// 开头的网址
  }。


## 聊天框架
not-available = 无
language-name = 中文
mode-simulated = 模拟数据
mode-paper = 纸上交易
mode-demo = OKX 模拟盘
mode-live = 实盘

reply-not-allowed = 抱歉，本机器人只与经运营者允许的人对话。您的 ID 是 { $id }：如需使用，请让运营者把它加入允许名单。
reply-plain-text = { GIVEN($suggestion) ->
    [yes] 您是不是想用 /{ $suggestion }？发送 /help 可查看全部命令。
   *[no] 我能听懂命令，例如 /backtest。发送 /help 可查看全部命令。
  }
reply-cancelled = /{ $command } 已取消。
reply-shut-down = Candlechat 正在关闭，/{ $command } 已中止。请稍后重新发送。
reply-failed = 抱歉，我们这边出了问题，已记入日志，编号 { $reference }。
reply-picture-failed = （图片未能绘制，以上数字完整无缺。）
reply-start = 我可以构建规则交易策略、进行回测，并用图片回答。这一切都不需要账户。
reply-start-try = 试试：{ $command }
reply-help-more = 发送 /help 加命令名，可查看该命令的说明。
reply-help-usage = 用法
reply-help-example = 示例
reply-language-set = 从现在起我和您说中文。
reply-language-ask = 您想使用哪种语言？
reply-theme-ask = 图片要浅色还是深色？
reply-theme-light = 从现在起图片为浅色。
reply-theme-dark = 从现在起图片为深色。
theme-light = 浅色
theme-dark = 深色
reply-cancel-one = 正在取消…
reply-cancel-over = 它已经结束，没有可取消的内容。
reply-cancel-all = { $count ->
    [0] 您没有正在运行、可以取消的任务。
   *[other] 正在取消您的 { $count } 个任务…
  }
button-cancel = 取消
button-help = 全部命令

column-command = 命令
column-description = 作用
column-argument = 参数

command-start = 打个招呼，看看先试什么
    .name = 开始
command-start-payload = 机器人链接附带的内容
command-help = 列出全部命令，或说明其中一个
    .name = 帮助
command-help-command = 要说明的命令
command-help-example = /help backtest
command-language = 选择语言：英文或中文
    .name = 语言
command-language-locale = en 或 zh
command-language-example = /language en
command-theme = 选择浅色或深色图片
    .name = 主题
command-theme-theme = light 或 dark
command-theme-example = /theme light
command-cancel = 取消您正在运行的任务
    .name = 取消
command-cancel-job = 某个任务的编号；省略则取消您的全部任务

error-command-unknown = 没有 /{ $name } 这个命令{ GIVEN($suggestion) ->
    [yes] 。您是不是想用 /{ $suggestion }？
   *[no] 。
  }发送 /help 可查看全部命令。
error-argument-missing = 缺少 { $argument }。用法：{ $usage }
error-argument-twice = { $argument } 给了两次。用法：{ $usage }
error-argument-extra = “{ $value }”是多余的。用法：{ $usage }
error-argument-unknown = 没有 { $argument } 这个参数{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }？
   *[no] 。
  }用法：{ $usage }
error-argument-strategy = { $argument }：“{ $value }”不能作为策略名。允许：1 到 40 个字母（含汉字）、数字、- 或 _，以字母或数字开头。用法：{ $usage }
error-argument-instrument = { $argument }：“{ $value }”不是交易品种。允许：BTC-USDT、BTC、BTC-USDT-SWAP、"BTC swap" 之类。用法：{ $usage }
error-argument-bar = { $argument }：“{ $value }”不是K线周期。允许：{ $bars }。用法：{ $usage }
error-argument-range = { $argument }：“{ $value }”不是时间范围。允许：12h、90d、2w、3mo、1y、2024-01、2024-01-01..2024-06-30、2024-01..（UTC）。用法：{ $usage }
error-argument-rest = { $argument } 需要 1 到 { $maximum } 个字符的文字。用法：{ $usage }
error-argument-account = { $argument }：“{ $value }”不能用作账户名称。允许：1 到 20 个字母、数字、- 或 _，以字母或数字开头。用法：{ $usage }
error-argument-secret = { $argument } 需要 1 到 { $maximum } 个字符。用法：{ $usage }
error-argument-id = { $argument }：“{ $value }”不是编号。允许：字母、数字、- 和 _。用法：{ $usage }
error-argument-choice = { $argument }：“{ $value }”不在选项之中{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }？
   *[no] 。
  }允许：{ $choices }。用法：{ $usage }
error-argument-integer = { $argument }：“{ $value }”不合适。允许：{ $minimum } 到 { $maximum } 的整数。用法：{ $usage }
error-argument-number = { $argument }：“{ $value }”不合适。允许：{ $minimum } 到 { $maximum } 的数。用法：{ $usage }
error-argument-boolean = { $argument }：“{ $value }”既不是“是”也不是“否”。用法：{ $usage }
error-quote-open = “{ $value }”前面的引号没有闭合。
error-range-form = “{ $value }”不是时间范围。允许：12h、90d、2w、3mo、1y、2024-01、2024-01-01..2024-06-30、2024-01..（UTC）。
error-range-reversed = 时间范围 { $value } 的终点早于起点。
error-range-future = 时间范围 { $value } 在未来。
error-file-unexpected = 这里用不到文件 { $name }。策略文件请与 /new 一起发送。
error-file-too-large = 文件 { $name } 太大：最多接受 { $limit } kB。
error-file-not-text = 文件 { $name } 不是文本（UTF-8）。
error-file-lost = 未能取得文件 { $name }。请重新发送。
error-trade-not-yet = /{ $command } 会进行交易，而交易功能尚未开放。
error-button-unknown = 这个按钮太旧了。请重新发送命令。
error-button-used = 这个按钮已经用过了。请重新发送命令。
error-button-expired = 这个按钮已过期。请重新发送命令。
error-button-not-owner = 这个按钮属于别人。

## 终端
terminal-welcome = Candlechat。请输入命令，例如 /backtest；/help 列出全部命令；Ctrl-D 退出。
terminal-picture = 图片：{ $path }
terminal-file = 文件：{ $path }
terminal-not-saved = 无法把 { $name } 保存到 { $path }。
terminal-button-unknown = 这里没有 #{ $number } 号按钮。
terminal-cancelling = 正在取消…

## Telegram 界面
reply-continued = （其余内容见附件）
error-telegram-token = Telegram 不认识这个机器人令牌：请向 @BotFather 取得正确的令牌，并设置 TELEGRAM_BOT_TOKEN。
error-telegram-conflict = 另一个进程正在用同一个机器人令牌轮询 Telegram：请先停止它，再启动本程序。

## 策略：哪里有问题
strategy-place = { $line ->
    [0] { $path }
   *[other] 第 { $line } 行第 { $column } 列
  }
strategy-hint = { GIVEN($suggestion) ->
    [yes] 您是不是想写 { $suggestion }？
   *[no] {""}
  }
error-strategy-too-big = 内容太长：一个策略最多 { $allowed } 个字符。
error-strategy-too-deep = { strategy-place }：嵌套太深，最多 { $allowed } 层。
error-strategy-not-json = { strategy-place }：JSON 中不能有 { $got } 类型的值。
error-strategy-not-finite = { strategy-place }：{ $got } 不是可用的数字。
error-strategy-bad-key = { strategy-place }：没有 { $got } 这个字段。
error-strategy-json = { strategy-place }：不是合法的 JSON，{ $ended ->
    [1] 内容提前结束了。
   *[other] 此处不该出现“{ $got }”。
  }
error-strategy-type = { GIVEN($path) ->
    [yes] { strategy-place }
   *[no] 策略
  }：不能是 { $got }，应为{ $allowed ->
    [object] 对象 { "{…}" }
    [array] 列表 { "[…]" }
    [string] 文本
    [boolean] {" "}true 或 false
   *[other] {" "}{ $allowed }
  }。
error-strategy-unknown-field = { strategy-place }：没有“{ $got }”这个字段。{ strategy-hint }可用：{ $allowed }。
error-strategy-missing-field = 缺少 { strategy-place }。
error-strategy-number = { strategy-place }：不能是 { $got }，应为数字，范围 { $allowed }。
error-strategy-integer = { strategy-place }：不能是 { $got }，应为整数，范围 { $allowed }。
error-strategy-choice = { strategy-place }：不能是“{ $got }”。{ strategy-hint }可用：{ $allowed }。
error-strategy-name = { strategy-place }：“{ $got }”不能作为名称。名称为 1 到 40 个字母、数字、- 或 _，以字母或数字开头。{ strategy-hint }
error-strategy-inst-id = { strategy-place }：“{ $got }”不是交易品种，应形如 BTC-USDT 或 BTC-USDT-SWAP。{ strategy-hint }
error-strategy-too-long = { strategy-place }：太长，最多 { $allowed } 个字符。
error-strategy-count = { strategy-place }：有 { $got } 项，允许 { $allowed } 项。
error-strategy-param-value = { strategy-place }：不能是 { $got }；参数应为数字、单词或数字列表。
error-strategy-unknown-indicator = { strategy-place }：没有“{ $got }”这个指标。{ strategy-hint }可用：{ $allowed }。
error-strategy-unknown-signal = { strategy-place }：{ $indicator } 没有“{ $got }”这个信号。{ strategy-hint }可用：{ $allowed }。
error-strategy-unknown-param = { strategy-place }：{ $indicator } 没有“{ $got }”这个参数。{ strategy-hint }{ $indicator } { $signal } 使用：{ GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] 无
  }。
error-strategy-unused-param = { strategy-place }：{ $indicator } { $signal } 不使用参数“{ $got }”。它使用：{ $allowed }。
error-strategy-period-count = { strategy-place }：不能是 { $got }，应为 { $allowed } 个周期的列表，例如 5/10/20。
error-strategy-period-order = { strategy-place }：{ $got } 顺序不对；周期应由短到长，不能重复。
error-strategy-fast-slow = { strategy-place }：快线周期（{ $got }）必须小于慢线周期（{ $slow }）。
error-strategy-side = { strategy-place }：“{ $got }”放在了另一方向的列表里；此处应为 { $allowed }，也可以不写。
error-strategy-higher-bar = { strategy-place }：{ $got } 不是由完整的 { $bar } K 线组成的更大周期。可用：{ GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] 无
  }。
error-strategy-risk-needs-stop = { strategy-place }：按风险确定仓位时必须设置止损（risk.stop_loss_pct，文本写法“stop: 3%”）。
error-strategy-spot-short = { strategy-place }：{ $instId } 是现货，不能以 { $got } 方向交易；请用 long，或改用 { $suggestion } 这样的合约。
error-strategy-spot-leverage = { strategy-place }：{ $instId } 是现货，没有杠杆（{ $got }）；请用 1，或改用 { $suggestion } 这样的合约。
error-strategy-no-entry = { strategy-place }：方向为 { $direction } 的策略在 { $allowed } 中没有规则组，永远不会开仓。
error-strategy-no-rules = 没有任何规则。至少要有一行，例如“buy: RSI oversold”或“sell: RSI overbought”。
error-strategy-no-colon = { strategy-place }：“{ $got }”之后缺少冒号。每行的写法如“buy: RSI oversold”或“bar: 15m”。
error-strategy-no-value = { strategy-place }：“{ $got }:”之后没有内容。
error-strategy-unknown-key = { strategy-place }：一行不能以“{ $got }:”开头。{ strategy-hint }可用：{ $allowed }。
error-strategy-twice = { strategy-place }：“{ $got }”写了两次。
error-strategy-unexpected = { strategy-place }：{ $ended ->
    [1] 这一行提前结束了。
   *[other] 此处不该出现“{ $got }”。{ strategy-hint }
  }可用：{ $allowed }。
error-strategy-value-expected = { strategy-place }：此处应为一个值，{ $ended ->
    [1] 但这一行已经结束。
   *[other] 而不是“{ $got }”。
  }
error-strategy-mixed-logic = { strategy-place }：同一行里不能混用 and 和 or。请把条件分成两行：多行 buy（或 sell）满足任意一行即可。
error-strategy-unnamed-param = { strategy-place }：“{ $got }”没有写参数名，却排在写了名字的参数之后。不写名字的参数要放在前面。
error-strategy-too-many-params = { strategy-place }：“{ $got }”是多余的参数。依次可用：{ GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] 无
  }。

## 策略：用文字说明规则
describe-long-buy = 买入条件：{ $rules }。
describe-long-sell = 卖出条件：{ $rules }。
describe-short-sell = 开空条件：{ $rules }。
describe-short-buy = 平空条件：{ $rules }。
describe-both-buy = 做多（并平掉空仓）条件：{ $rules }。
describe-both-sell = 做空（并平掉多仓）条件：{ $rules }。
describe-exits = 其他离场条件：{ $exits }。
describe-stop = 止损 { $percent }%
describe-target = 止盈 { $percent }%
describe-trail = 移动止损 { $percent }%
describe-hold = 持仓满 { $bars } 根 K 线
describe-cooldown = 平仓后等待 { $bars } 根 K 线。
describe-and = { $left }，且 { $right }
describe-list = { $left }、{ $right }
describe-or = { $left }，或 { $right }
describe-group = （{ $group }）
describe-within = { $condition }（最近 { $bars } 根 K 线内出现过）
describe-bar = { $condition }（{ $bar } 图）
describe-not = 并非（{ $condition }）

## 指标
indicator-MA = 移动平均线：最近若干收盘价的平均（SMA；EMA 和 WMA 更看重较新的价格）
indicator-MACD = 平滑异同移动平均线：快慢两条 EMA 之差（DIF）、DIF 的均线（DEA）以及二者之差（柱）
indicator-RSI = 相对强弱指标：近期涨跌中上涨所占的比重，0 到 100
indicator-KDJ = 随机指标：收盘价在近期高低区间中的位置，经两次平滑得到 K、D，J = 3K - 2D
indicator-BOLL = 布林带：一条均线，上下各 k 个标准差为上轨和下轨

## 信号
signal-MA-golden_cross = { $type }({ $fast }) 上穿 { $type }({ $slow })
signal-MA-death_cross = { $type }({ $fast }) 下穿 { $type }({ $slow })
signal-MA-price_cross_up = 价格上穿 { $type }({ $period })
signal-MA-price_cross_down = 价格下穿 { $type }({ $period })
signal-MA-price_above = 价格高于 { $type }({ $period })
signal-MA-price_below = 价格低于 { $type }({ $period })
signal-MA-rising = { $type }({ $period }) 上升
signal-MA-falling = { $type }({ $period }) 下降
signal-MA-bullish_alignment = { $type }({ $periods }) 多头排列
signal-MA-bearish_alignment = { $type }({ $periods }) 空头排列
signal-MACD-golden_cross = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 上穿 DEA（金叉）
signal-MACD-death_cross = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 下穿 DEA（死叉）
signal-MACD-golden_cross_above_zero = MACD({ $fast }, { $slow }, { $signal }) 在零轴上方金叉
signal-MACD-golden_cross_below_zero = MACD({ $fast }, { $slow }, { $signal }) 在零轴下方金叉
signal-MACD-death_cross_above_zero = MACD({ $fast }, { $slow }, { $signal }) 在零轴上方死叉
signal-MACD-death_cross_below_zero = MACD({ $fast }, { $slow }, { $signal }) 在零轴下方死叉
signal-MACD-dif_cross_up_zero = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 上穿零轴
signal-MACD-dif_cross_down_zero = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 下穿零轴
signal-MACD-bullish = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 高于 DEA
signal-MACD-bearish = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 低于 DEA
signal-MACD-above_zero = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 和 DEA 都在零轴上方
signal-MACD-below_zero = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 和 DEA 都在零轴下方
signal-MACD-hist_rising = MACD({ $fast }, { $slow }, { $signal }) 柱上升
signal-MACD-hist_falling = MACD({ $fast }, { $slow }, { $signal }) 柱下降
signal-MACD-bullish_divergence = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 底背离（{ $lookback } 根 K 线内）
signal-MACD-bearish_divergence = MACD({ $fast }, { $slow }, { $signal }) 的 DIF 顶背离（{ $lookback } 根 K 线内）
signal-RSI-overbought = RSI({ $period }) 高于 { $overbought }
signal-RSI-oversold = RSI({ $period }) 低于 { $oversold }
signal-RSI-exit_overbought = RSI({ $period }) 跌回 { $overbought } 以下
signal-RSI-exit_oversold = RSI({ $period }) 升回 { $oversold } 以上
signal-RSI-cross_up_mid = RSI({ $period }) 上穿 { $mid }
signal-RSI-cross_down_mid = RSI({ $period }) 下穿 { $mid }
signal-RSI-bullish = RSI({ $period }) 高于 { $mid }
signal-RSI-bearish = RSI({ $period }) 低于 { $mid }
signal-RSI-golden_cross = RSI({ $fast }) 上穿 RSI({ $slow })
signal-RSI-death_cross = RSI({ $fast }) 下穿 RSI({ $slow })
signal-RSI-bullish_divergence = RSI({ $period }) 底背离（{ $lookback } 根 K 线内）
signal-RSI-bearish_divergence = RSI({ $period }) 顶背离（{ $lookback } 根 K 线内）
signal-KDJ-golden_cross = KDJ({ $n }, { $m1 }, { $m2 }) 的 K 上穿 D（金叉）
signal-KDJ-death_cross = KDJ({ $n }, { $m1 }, { $m2 }) 的 K 下穿 D（死叉）
signal-KDJ-golden_cross_oversold = KDJ({ $n }, { $m1 }, { $m2 }) 在 D 低于 { $oversold } 时金叉
signal-KDJ-death_cross_overbought = KDJ({ $n }, { $m1 }, { $m2 }) 在 D 高于 { $overbought } 时死叉
signal-KDJ-overbought = KDJ({ $n }, { $m1 }, { $m2 }) 的 K、D 都高于 { $overbought }
signal-KDJ-oversold = KDJ({ $n }, { $m1 }, { $m2 }) 的 K、D 都低于 { $oversold }
signal-KDJ-j_overbought = KDJ({ $n }, { $m1 }, { $m2 }) 的 J 高于 100
signal-KDJ-j_oversold = KDJ({ $n }, { $m1 }, { $m2 }) 的 J 低于 0
signal-KDJ-bullish = KDJ({ $n }, { $m1 }, { $m2 }) 的 K 高于 D
signal-KDJ-bearish = KDJ({ $n }, { $m1 }, { $m2 }) 的 K 低于 D
signal-KDJ-bullish_divergence = KDJ({ $n }, { $m1 }, { $m2 }) 的 K 底背离（{ $lookback } 根 K 线内）
signal-KDJ-bearish_divergence = KDJ({ $n }, { $m1 }, { $m2 }) 的 K 顶背离（{ $lookback } 根 K 线内）
signal-BOLL-break_upper = 价格向上突破 BOLL({ $period }, { $k }) 上轨
signal-BOLL-break_lower = 价格向下跌破 BOLL({ $period }, { $k }) 下轨
signal-BOLL-return_from_upper = 价格从 BOLL({ $period }, { $k }) 上轨上方跌回
signal-BOLL-rebound_from_lower = 价格从 BOLL({ $period }, { $k }) 下轨下方升回
signal-BOLL-cross_mid_up = 价格上穿 BOLL({ $period }, { $k }) 中轨
signal-BOLL-cross_mid_down = 价格下穿 BOLL({ $period }, { $k }) 中轨
signal-BOLL-above_upper = 价格高于 BOLL({ $period }, { $k }) 上轨
signal-BOLL-below_lower = 价格低于 BOLL({ $period }, { $k }) 下轨
signal-BOLL-above_mid = 价格高于 BOLL({ $period }, { $k }) 中轨
signal-BOLL-below_mid = 价格低于 BOLL({ $period }, { $k }) 中轨
signal-BOLL-touch_upper = 最高价触及 BOLL({ $period }, { $k }) 上轨
signal-BOLL-touch_lower = 最低价触及 BOLL({ $period }, { $k }) 下轨
signal-BOLL-squeeze = BOLL({ $period }, { $k }) 收窄到最近 { $lookback } 根 K 线的最窄处
signal-BOLL-expansion = BOLL({ $period }, { $k }) 比平均更宽且仍在扩张

## 趋势、波幅与成交量指标
indicator-BBI = 多空指标：四条由快到慢的移动平均线的平均值
indicator-CCI = 顺势指标：典型价格偏离其均值多少，以平均偏差的倍数衡量
indicator-VOL = 成交量（量比）：每根 K 线的成交量与近期均量之比
indicator-ATR = 平均真实波幅：每根 K 线平均波动多少，跳空也计算在内
indicator-ADX = 平均趋向指数：趋势有多强，0 到 100，以及上升动向（+DI）与下降动向（-DI）哪个占优
indicator-SUPERTREND = 超级趋势：以若干倍 ATR 的距离跟随价格的线，趋势反转时换到价格的另一侧
indicator-DONCHIAN = 唐奇安通道：此前若干根 K 线的最高价与最低价
signal-BBI-price_cross_up = 价格上穿 BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-price_cross_down = 价格下穿 BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-price_above = 价格高于 BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-price_below = 价格低于 BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 })
signal-BBI-rising = BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 }) 上升
signal-BBI-falling = BBI({ $p1 }, { $p2 }, { $p3 }, { $p4 }) 下降
signal-CCI-overbought = CCI({ $period }) 高于 { $overbought }
signal-CCI-oversold = CCI({ $period }) 低于 { $oversold }
signal-CCI-enter_overbought = CCI({ $period }) 上穿 { $overbought }
signal-CCI-exit_overbought = CCI({ $period }) 跌回 { $overbought } 以下
signal-CCI-enter_oversold = CCI({ $period }) 下穿 { $oversold }
signal-CCI-exit_oversold = CCI({ $period }) 升回 { $oversold } 以上
signal-CCI-cross_up_zero = CCI({ $period }) 上穿零轴
signal-CCI-cross_down_zero = CCI({ $period }) 下穿零轴
signal-CCI-bullish_divergence = CCI({ $period }) 底背离（{ $lookback } 根 K 线内）
signal-CCI-bearish_divergence = CCI({ $period }) 顶背离（{ $lookback } 根 K 线内）
signal-VOL-surge = 成交量超过 { $period } 根 K 线均量的 { $multiple } 倍
signal-VOL-dry_up = 成交量不足 { $period } 根 K 线均量的 1/{ $multiple }
signal-ATR-atr_rising = ATR({ $period }) 上升
signal-ATR-atr_falling = ATR({ $period }) 下降
signal-ADX-trending = ADX({ $period }) 高于 { $level }
signal-ADX-ranging = ADX({ $period }) 低于 { $level }
signal-ADX-di_golden_cross = ADX({ $period }) 的 +DI 上穿 -DI（金叉）
signal-ADX-di_death_cross = ADX({ $period }) 的 +DI 下穿 -DI（死叉）
signal-SUPERTREND-flip_up = SUPERTREND({ $period }, { $multiplier }) 由跌转涨
signal-SUPERTREND-flip_down = SUPERTREND({ $period }, { $multiplier }) 由涨转跌
signal-SUPERTREND-up = SUPERTREND({ $period }, { $multiplier }) 处于上升趋势
signal-SUPERTREND-down = SUPERTREND({ $period }, { $multiplier }) 处于下降趋势
signal-DONCHIAN-break_high = 收盘价高于此前 { $period } 根 K 线的最高价
signal-DONCHIAN-break_low = 收盘价低于此前 { $period } 根 K 线的最低价

## 用按钮创建策略
builder-title = 新策略
builder-title-named = 策略 { $name }
builder-welcome = 按按钮即可搭建规则；按下“保存”之前不会保存任何内容。（也可以直接书写规则：/help new）
builder-when-long-buy = 什么时候买入？请选择指标：
builder-when-long-sell = 什么时候卖出？请选择指标：
builder-when-short-sell = 什么时候开空？请选择指标：
builder-when-short-buy = 什么时候平空？请选择指标：
builder-when-both-buy = 什么时候做多（并平掉空仓）？请选择指标：
builder-when-both-sell = 什么时候做空（并平掉多仓）？请选择指标：
builder-goes-on-AND = 同一根 K 线上还必须满足什么？请选择指标：
builder-goes-on-OR = 还有什么条件单独满足就够了？请选择指标：
builder-besides-OR = （再加一条{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则：任意一条满足即可。）
builder-besides-AND = （再加一条{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则：全部都要满足。）
builder-ask-signal = 选择 { $indicator } 的哪个信号？其中的数值之后可以修改。
builder-next = 接下来做什么？可以加长这条规则（且、或）、再加一条规则，或者保存。
builder-current = “且”和“或”接在这条规则后面：{ $rule }
builder-joined-AND = 这条规则用“且”连接。一条规则只能用一种连接：想用“或”，请再加一条{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则，任意一条满足即可。
builder-joined-OR = 这条规则用“或”连接。一条规则只能用一种连接：想用“且”，请再加一条{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则，然后要求全部满足。
builder-no-entry = 还没有任何开仓条件：需要一条{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则。
builder-no-exit = 还没有任何平仓条件：请加一条{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则，或在“止损与设置”里设置止损。
builder-full = 按钮最多搭建 { $count } 个条件。更多条件请用 /new 以文本书写。
builder-ask-condition = { $condition } 的意思是：{ $words }。
    要改什么？
builder-ask-param = { $condition } 的意思是：{ $words }。
    { $name }：默认 { $byDefault }，允许 { $allowed }。常用值如下：
builder-ask-choice = { $condition } 的意思是：{ $words }。
    { $name }：默认 { $byDefault }。请选择：
builder-ask-within = { $condition } 的意思是：{ $words }。
    多久以前出现的还算数？1：只看刚收盘的那根 K 线；3：最近三根中任意一根。
builder-ask-timeframe = { $condition } 的意思是：{ $words }。
    看哪个周期的图？{ $bar } 是策略本身的周期；更大的周期以最近一根已收盘的 K 线为准。
builder-ask-conditions = 哪一个条件？
builder-ask-settings = 要改什么？
builder-spot = 现货只能先买后卖。要做空或加杠杆，请选择永续合约（SWAP）。
builder-ask-stop = 止损：价格朝不利方向走多远就平仓？
builder-ask-target = 止盈：价格获利多少就平仓？
builder-ask-trail = 移动止损：价格从最有利处回撤多少就平仓？
builder-ask-hold = 最长持仓：满多少根 K 线无论如何都平仓？
builder-ask-inst = 交易哪个品种？其他品种之后可以在 /backtest 里指定。
builder-ask-bar = 用哪个周期？
builder-ask-direction = 哪个方向？做多在上涨时获利，做空在下跌时获利；双向则在两者之间反手。
builder-ask-leverage = 用多少倍杠杆？盈利和亏损都会放大。
builder-ask-size = 每次开仓用多少比例的权益？
builder-ask-cooldown = 冷却：平仓之后等多少根 K 线才能再开仓？
builder-setting-stop = 止损
builder-setting-target = 止盈
builder-setting-trail = 移动止损
builder-setting-hold = 最长持仓
builder-setting-inst = 品种
builder-setting-bar = 周期
builder-setting-direction = 方向
builder-setting-leverage = 杠杆
builder-setting-size = 仓位
builder-setting-cooldown = 冷却
builder-direction-long = 做多
builder-direction-short = 做空
builder-direction-both = 双向
builder-none = 无
builder-bars = { $bars ->
    [0] 无
   *[other] { $bars } 根 K 线
  }
builder-saved = 想换个名字，请发送 /new 名称，再附上改好的下列各行；手工修改用 /edit。
button-new = 创建策略
button-builder-AND = 且 …
button-builder-OR = 或 …
button-builder-rule-buy = ＋买入规则
button-builder-rule-sell = ＋卖出规则
button-builder-logic-AND = 要求全部{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则满足
button-builder-logic-OR = 任意一条{ $side ->
    [sell] 卖出
   *[buy] 买入
  }规则即可
button-builder-adjust = 调整 { $condition }
button-builder-remove = 删除 { $condition }
button-builder-conditions = 其他条件
button-builder-settings = 止损与设置
button-builder-setting = { $setting }：{ $value }
button-builder-save = 保存为 { $name }
button-builder-back = « 返回
button-builder-rules = « 回到规则
button-builder-previous = « 上一页
button-builder-more = 更多 »
button-builder-within = 最近 { $bars } 根内
button-builder-timeframe = 图表：{ $bar }
button-builder-negate = { $isOn ->
    [yes] 去掉“非”
   *[no] 非（取反）
  }
button-builder-defaults = 默认数值
button-builder-keep = 继续修改

## K 线形态
indicator-PATTERN = K 线形态：由一到五根 K 线组成的图形，采用 TA-Lib 的定义
signal-PATTERN-doji = 形成十字星
signal-PATTERN-dragonfly_doji = 形成蜻蜓十字（T 字线）
signal-PATTERN-gravestone_doji = 形成墓碑十字（倒 T 字线）
signal-PATTERN-hammer = 形成锤子线
signal-PATTERN-inverted_hammer = 形成倒锤子线
signal-PATTERN-hanging_man = 形成上吊线
signal-PATTERN-shooting_star = 形成流星线（射击之星）
signal-PATTERN-bullish_engulfing = 形成看涨吞没形态
signal-PATTERN-bearish_engulfing = 形成看跌吞没形态
signal-PATTERN-bullish_harami = 形成看涨孕线
signal-PATTERN-bearish_harami = 形成看跌孕线
signal-PATTERN-piercing_line = 形成刺透形态（曙光初现）
signal-PATTERN-dark_cloud_cover = 形成乌云盖顶
signal-PATTERN-morning_star = 形成早晨之星（启明星）
signal-PATTERN-evening_star = 形成黄昏之星
signal-PATTERN-morning_doji_star = 形成早晨十字星
signal-PATTERN-evening_doji_star = 形成黄昏十字星
signal-PATTERN-three_white_soldiers = 形成红三兵
signal-PATTERN-three_black_crows = 形成三只乌鸦
signal-PATTERN-three_inside_up = 形成三内部上涨形态
signal-PATTERN-three_inside_down = 形成三内部下跌形态
signal-PATTERN-three_outside_up = 形成三外部上涨形态
signal-PATTERN-three_outside_down = 形成三外部下跌形态
signal-PATTERN-bullish_marubozu = 形成光头光脚阳线
signal-PATTERN-bearish_marubozu = 形成光头光脚阴线
signal-PATTERN-rising_three_methods = 形成上升三法
signal-PATTERN-falling_three_methods = 形成下降三法
signal-PATTERN-bullish_kicking = 形成看涨反冲形态
signal-PATTERN-bearish_kicking = 形成看跌反冲形态
signal-PATTERN-bullish_abandoned_baby = 形成看涨弃婴形态
signal-PATTERN-bearish_abandoned_baby = 形成看跌弃婴形态
signal-PATTERN-spinning_top = 形成纺锤线
error-cli-no-lines = { $indicator } 没有可输出的指标线：它的信号直接由 K 线得出。请在策略中使用这些信号，并用 signals 命令输出。

## 现成策略
template-rsi-dip = 逢低买入：RSI 近期超卖且 MACD 转强时买入；RSI 或 KDJ 过热时卖出。
template-ma-cross = 经典均线：10 均线上穿 30 均线买入，下穿卖出。
template-ema-trend = 顺势而为：四条 EMA 多头排列且慢线上升时买入，用移动止损让利润奔跑。
template-macd-zero = MACD 的 DIF 上穿零轴买入，死叉卖出。
template-kdj-swing = 波段：KDJ 在超卖区金叉买入，在超买区死叉卖出。
template-boll-rebound = 价格从布林下轨下方升回时买入，到中轨或上轨卖出。
template-boll-breakout = 布林带扩张且价格突破上轨时买入，跌破中轨离场。
template-rsi-exit = RSI 走出超卖区时买入，跌出超买区时卖出。
template-triple-confirm = 谨慎：趋势、MACD 和 RSI 一致看多才买入；其中两项转弱时离场。
template-divergence-hunter = 寻找底部：RSI 或 MACD 底背离，并由上升的 MACD 柱确认。
template-squeeze-break = 等待布林带收窄，买入随后的向上突破。
template-higher-trend = 仅当 4 小时趋势向上时，买入 15 分钟级别的回调。

## 策略、回测与行情
source-simulated = 模拟行情
source-okx = OKX
source-demo = OKX 模拟盘
source-import = 导入的文件

command-strategies = 列出您的策略和现成策略
    .name = 策略列表
command-strategy = 查看策略的规则
    .name = 策略
command-strategy-name = 策略名称
command-strategy-example = /strategy rsi-dip
command-new = 用按钮创建策略，或保存用文本或 JSON 写好的策略
    .name = 新建策略
command-new-name = 策略名称（文本里没有时）
command-new-rules = 规则，文本或 JSON；省略则用按钮一步步询问
command-new-example = /new my-dip stop: 3%; buy: RSI oversold; sell: RSI overbought
command-delete = 删除您的一个策略
    .name = 删除策略
command-delete-name = 策略名称
command-delete-example = /delete my-dip
command-backtest = 用历史行情检验策略
    .name = 回测
command-backtest-strategy = 策略名称
command-backtest-inst = 交易品种，例如 BTC 或 ETH-USDT
command-backtest-bar = 周期，例如 15m、1h 或 1d
command-backtest-range = 时间范围，例如 90d 或 2024-01-01..2024-06-30
command-backtest-cash = 起始资金（10000）
command-backtest-fee = 手续费率，小数（现货 0.001）
command-backtest-slippage = 滑点，基点（0）
command-backtest-fill = 决策的成交时机（next_open）
command-backtest-detail = 用更细的 K 线判断先后，例如 1m
command-backtest-example = /backtest rsi-dip BTC-USDT 15m 90d
command-backtests = 列出您的回测，或重新打开一个
    .name = 回测记录
command-backtests-number = 回测编号
command-backtests-example = /backtests 12
command-price = 最新价格
    .name = 价格
command-price-inst = 交易品种，例如 BTC 或 ETH-USDT
command-price-example = /price BTC
command-candles = K 线的表格和图片
    .name = k线
command-candles-inst = 交易品种，例如 BTC 或 ETH-USDT
command-candles-bar = 周期，例如 15m、1h 或 1d
command-candles-range = 时间范围，例如 7d
command-candles-example = /candles ETH 1h 7d

strategies-title = 策略
strategies-hint = /strategy 名称 查看规则，/backtest 名称 进行回测，/new 保存自己的策略。
strategy-ready-made = 现成
strategy-version = 第 { $version } 版
strategy-outdated = ⚠ 已不再有效：/strategy 会说明原因
strategy-created = 已保存 { $name }。
strategy-saved = { $name } 已更新为第 { $version } 版。
strategy-deleted = 已删除 { $name }。
backtests-title = 回测
backtests-none = 您还没有回测。可以试试 /backtest rsi-dip BTC-USDT 15m 90d
backtest-status-queued = 等待中
backtest-status-running = 进行中 { $progress }
backtest-status-done = 完成
backtest-status-failed = 失败
backtest-window = { $from } 至 { $to }（{ $zone }），{ $bars } 根 K 线，{ $source }
backtest-warning-look-ahead = 有信号用到了未来的数据：这些数字不可信。
backtest-warning-tick = 该策略在 K 线内决策，但这里只按收盘价检验：实盘结果会不同。
backtest-warning-warm-up = 预热需要 { $wanted } 根 K 线，只有 { $bars } 根：最初的信号可能不准。
backtest-warning-gaps = 缺少 { $count } 根 K 线，第一处在 { $first }。
backtest-warning-few-trades = 交易不足 30 笔：样本太少，说明不了什么。
backtest-warning-halves = 前半段好（{ $first }），后半段差（{ $second }）。
backtest-costs = 起始资金 { $cash }，手续费 { $fee }，滑点 { $slippage } 基点，成交于{ $fill ->
    [close] 收盘价
    [next_mid] 下一根 K 线的中间价
   *[next_open] 下一根 K 线的开盘价
  }
backtest-warning-no-curves = 暂时取不到这个结果的 K 线：数字是存储的，没有图片。
backtest-warning-candles-changed = 存储的行情数据或程序此后有变化：数字是当时的，曲线是新的。
backtest-refused-no_equity = { $count } 次开仓被跳过：资金已经用完。
backtest-refused-more_than_equity = { $count } 次开仓被跳过：金额超过权益。
backtest-refused-no_stop = { $count } 次开仓被跳过：按风险计算仓位需要止损。
backtest-refused-above_tier = { $count } 次开仓被跳过：交易所在此杠杆下不接受这么大的仓位。
backtest-refused-below_min_size = { $count } 次开仓被跳过：小于交易所的最小下单量。
candles-window = { $count } 根 K 线，{ $from } 至 { $to }（{ $zone }），{ $source }
candles-none = 这段时间里没有 K 线。

figure-return = 收益率
figure-hold = 买入持有
figure-final-equity = 最终权益
figure-drawdown = 最大回撤
figure-trades = 交易数
figure-win-rate = 胜率
figure-profit-factor = 盈利因子
figure-expectancy = 每笔盈亏
figure-sharpe = 夏普比率
figure-sortino = 索提诺比率
figure-hold-time = 平均持仓
figure-exposure = 持仓时间占比
figure-fees = 手续费
figure-number = 回测
figure-change-24h = 24 小时
figure-high-24h = 24 小时最高
figure-low-24h = 24 小时最低
figure-volume-24h = 24 小时成交量
figure-bid = 买一
figure-ask = 卖一
figure-time = 时间（{ $zone }）

column-strategy = 策略
column-version = 版本
column-series = 品种与周期
column-opened = 开盘时间
column-open = 开
column-high = 高
column-low = 低
column-close = 收
column-volume = 量

chart-window = { $from } – { $to } · { $source }
chart-price = 价格
chart-equity = 权益（{ $quote }）
chart-drawdown = 回撤
chart-strategy = 策略
chart-hold = 买入持有
chart-long-entry = 买入
chart-short-entry = 做空
chart-winning-exit = 盈利平仓
chart-losing-exit = 亏损平仓

button-open = 打开 #{ $number }
button-rules = 规则
button-undo = 撤销
button-refresh = 刷新
button-candles = K 线 { $bar }
button-backtest = 回测 { $range }

progress-download = 正在获取 { $inst } { $bar } K 线
progress-funding = 正在获取 { $inst } 资金费率
progress-waiting = 正在等待另一个 { $inst } { $bar } 下载完成
progress-backtest = 正在用 { $bars } 根 K 线回测

error-strategy-unknown = 没有名为 { $name } 的策略{ GIVEN($suggestion) ->
    [yes] ；您是不是想找 { $suggestion }？
   *[no] 。
  }/strategies 会列出全部策略。
error-strategy-ready-made = { $name } 是现成策略，不能改动。请给您的策略换个名字。
error-instrument-unknown = 这里没有 { $instId }{ GIVEN($suggestion) ->
    [yes] ；您是不是想找 { $suggestion }？
   *[no] 。
  }
error-backtest-unknown = 您没有编号为 { $id } 的回测。/backtests 会列出全部回测。
error-backtest-not-done = 回测 #{ $id } 还没有完成。/backtests 显示进度。
error-backtest-cancelled = 这次回测在完成之前被取消了。
error-backtest-failed = 这次回测因我们的原因失败了，请再运行一次。
error-exchange-refused = 交易所拒绝了请求（代码 { $code }）。
error-exchange-retry = 暂时连不上交易所（代码 { $code }），请稍后再试。
error-exchange-resyncClock = 本机时钟与交易所不一致（代码 { $code }），请校准。
error-exchange-config = 交易所不接受当前配置（代码 { $code }）。
error-exchange-outcomeUnknown = 交易所没有说明请求的结果（代码 { $code }）。

## Backtest engine
error-backtest-inverse = { $instId } 以币结算，回测只支持现货以及用 USDT 或 USDC 结算的永续合约。
error-backtest-no-candles = 该时间段内没有 { $instId } 的 { $bar } K 线。请选择其他时间或其他交易品种。

## 回测：合约与更细的 K 线
backtest-swap = 永续合约，{ $direction ->
    [long] 只做多
    [short] 只做空
   *[both] 多空双向
  }，{ $leverage } 倍杠杆，{ $margin ->
    [isolated] 逐仓
   *[cross] 全仓
  }，数量单位：{ GIVEN($contract) ->
    [yes] 张（每张 { $contract } { $base }）
   *[no] { $base }
  }
backtest-detail = K 线内的先后顺序取自 { $bar } K 线
backtest-detail-tick = 在 K 线内决策：按每根 { $bar } K 线的收盘检验
backtest-warning-detail = 有 { $count } 根 K 线内的先后顺序是假定的：缺少 { $bar } K 线。
backtest-assumed-sizes = 数量可以是任意小数：没有采用交易所的下单数量规则。
backtest-assumed-tiers = 维持保证金率按 { $rate } 假定，不随仓位大小变化。
backtest-assumed-funding = { $count } 次资金费没有费率记录，按每 8 小时 { $rate } 假定。
chart-swap = { $leverage } 倍{ $margin ->
    [isolated] 逐仓
   *[cross] 全仓
  }，{ $direction ->
    [long] 做多
    [short] 做空
   *[both] 多空双向
  }
figure-funding = 资金费
figure-liquidations = 强平次数
figure-largest-position = 最大仓位
figure-contracts = { $count } 张（{ $coins }）
error-backtest-leverage = { $instId } 最高 { $allowed } 倍杠杆，策略要求 { $got } 倍。
error-backtest-detail-bar = { $detail } K 线不能组成 { $bar } K 线。可用的更细周期：{ GIVEN($allowed) ->
    [yes] { $allowed }
   *[no] 没有，{ $bar } 已经是最细的
  }。
error-cli-detail-missing = --detail-candles 没有覆盖整个回测区间：缺少 { $missing } 根 { $bar } K 线，第一根在 { $first }（UTC）。
error-cli-detail-file = --detail-candles { $path }：{ $fault }

## 命令行
cli-usage = 用法：npm run -s cli -- 命令
  { "" }
  backtest --strategy 文件|名称
           (--candles CSV [--detail-candles CSV] | --inst 品种 --bar 周期 --from 日期 [--to 日期] [--detail-bar 周期])
           { "[" }--cash 10000] [--fee 0.001] [--slippage-bps 0] [--fill next_open|close|next_mid]
           { "[" }--exact-sizes true|false] [--equity] [--json] [--chart 图片.png]
  optimize --strategy FILE|NAME (--candles CSV | --inst I --bar B --from D [--to D]) [--space TEXT]
           { "[" }--search grid|random|tpe] [--objective robust] [--trials 300] [--seed 1] [--constraints TEXT]
           { "[" }--walk-forward N] [--cash 10000] [--fee 0.001] [--slippage-bps 0] [--fill next_open] [--json]
  indicators --candles CSV --indicator KDJ [--params JSON]
  indicators --list [--json]
  signals --candles CSV --strategy 文件|名称
  candles download --inst 品种 --bar 周期 --from 日期 [--to 日期]
  candles import --candles CSV --inst 品种
  candles export --inst 品种 --bar 周期 [--from 日期 [--to 日期]] [--source simulated|okx|demo|import]
  candles coverage [--inst 品种 --bar 周期] [--source 来源]
  strategy list | show 名称|文件 | validate 文件 | format 文件 | parse 文件  [--json]
  account add [--name main] [--mode demo|live] [--user telegram:ID]   （询问 key、secret、passphrase，输入不显示）
  account list | use 名称 | remove 名称  [--user telegram:ID]
  secret set 名称 | list | remove 名称 | rotate
  simulator [--mode simulated|paper] [--port N] [--seed S] [--state FILE] [--limits documented|off] [--faults]
  { "" }
  日期写作 2024-01-31（UTC，首尾都包含）或毫秒时间戳。文件可以写 - 表示标准输入。
cli-okx-lost = 无法连接 { $host }：恢复之前不报价，也不成交。
cli-okx-found = 已能连接 { $host }。
cli-strategy-valid = { $name } 有效。
error-cli-command = 没有 { $got } 这个命令{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }？
   *[no] 。
  }可用：{ $allowed }。
error-cli-action = “{ $got }”在这里不适用{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }？
   *[no] 。
  }可用：{ $allowed }。
error-cli-option = 这里没有选项 --{ $got }{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 --{ $suggestion }？
   *[no] 。
  }可用：{ $allowed }。
error-cli-twice = --{ $name } 写了两次。
error-cli-value = --{ $name } 需要一个值。
error-cli-flag = --{ $name } 不带值。
error-cli-word = “{ $got }”是多余的词。
error-cli-word-missing = strategy { $action } 需要策略名称或文件名。
error-cli-missing = 缺少 --{ $name }。npm run -s cli -- help 显示用法。
error-cli-number = --{ $name } 的值是“{ $got }”，但它只接受 { $minimum } 到 { $maximum } 的数字。
error-cli-choice = --{ $name } 的值是“{ $got }”，但它只接受：{ $choices }。
error-cli-either = --{ $name } 不能与 --candles 同用：文件自带周期和时间。
error-cli-params = --params 的值是 { $got }，但它只接受 JSON 对象，例如 {"{"}"period": 14{"}"}。
error-cli-inst = --inst 的值是“{ $got }”，但它只接受 BTC-USDT 或 BTC-USDT-SWAP 这样的品种。
error-cli-bar = --{ $name } 的值是“{ $got }”，但它只接受 1m、15m、1h、4h、1d（UTC）或 1d+8（UTC+8）这样的周期。
error-cli-detail-candles = --detail-candles 只能与 --candles 一起使用；使用 --inst 时，可用 --detail-bar 1m 从行情中取更细的 K 线。
error-cli-strategy = { $got } 既不是文件，也不是现成策略{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }？
   *[no] 。
  }npm run -s cli -- strategy list 会列出它们。
error-cli-name-missing = { $command } 后面需要一个名称。
error-cli-lines = 输入在这里结束了，而此处还需要：{ $missing }。每项各占一行。
error-cli-user = --user 的值是“{ $got }”，但它只接受 telegram:ID、discord:ID 或 terminal:local。
cli-ask-key = API key
cli-ask-secret = Secret key
cli-ask-passphrase = Passphrase（口令）
cli-ask-value = { $name }
error-cli-equity = --equity 只能与 --json 同用。
error-cli-interrupted = 已停止。
error-port = 无法使用端口 { $port }（{ $reason }）。
error-simulator-state = { $path } { $found ->
    [nothing] 不是模拟交易所的状态文件。
   *[other] 是另一个交易所的状态（{ $found }；本交易所为 { $expected }）。
  }请换一个文件，或删除它。
error-folder = 无法使用文件夹 { $path }（{ $reason }）。
error-file-unreadable = 无法读取 { $path }（{ $reason }）。
error-file-unwritable = 无法写入 { $path }（{ $reason }）。

## store
error-store-server = 无法使用数据库服务器 { $host }（{ $reason }）。DATABASE_URL 和 DATABASE_AUTH_TOKEN 是否正确？
error-store-open = 无法打开数据库 { $file }：{ $reason }
error-store-newer = 数据库比当前的 Candlechat 更新：其中的迁移 { $migration } 在这里不存在。请使用更新的版本启动，或在 DATABASE_URL 中指定另一个数据库。数据未作任何更改。
error-store-changed = 迁移 { $migration } 与建立数据库时所用的不一致。请恢复原来的文件，或在 DATABASE_URL 中指定另一个数据库。数据未作任何更改。
error-backtest-interrupted = 回测尚未结束，Candlechat 就已停止。请重新运行。
error-candles-newer = K 线文件 { $file } 由更新版本的 Candlechat 建立。请使用更新的版本启动，或移走该文件。数据未作任何更改。
error-candles-damaged = 已保存的 { $instId } { $bar } K 线（{ $source }，{ $month }）已损坏。请移走 K 线文件（数据目录中的 candles.db），然后重新下载或导入。
error-candles-csv-header = 第 1 行：表头应为 "{ $header }"，实际为 "{ $got }"。
error-candles-csv-empty = 表头之后没有任何 K 线。
error-candles-csv-short = 只有一根 K 线时无法判断周期：至少需要两根。
error-candles-csv-fields = 第 { $line } 行：应有 { $wanted } 个字段，实际有 { $got } 个。
error-candles-csv-number = 第 { $line } 行：{ $column } 应为{ $column ->
    [ts] 整数毫秒时间戳
   *[other] 普通数字
  }，实际为 "{ $got }"。
error-candles-csv-price = 第 { $line } 行：价格必须大于 0。
error-candles-csv-volume = 第 { $line } 行：成交量不能小于 0。
error-candles-csv-range = 第 { $line } 行：开盘价和收盘价必须介于最低价与最高价之间。
error-candles-csv-order = 第 { $line } 行：时间必须晚于上一行；K 线应按从旧到新排列。
error-candles-csv-duplicate = 第 { $line } 行：该时间的 K 线已经存在。
error-candles-csv-step = 第 { $line } 行：与上一行相隔 { $stepMs } 毫秒，{ GIVEN($bar) ->
    [yes] 不是 { $bar } 的整数倍
   *[no] 不是任何周期；可用的周期为 { $bars }
  }。
error-candles-csv-grid = 第 { $line } 行：没有在该时间开盘的 { $bar } K 线。
error-candles-csv-bar = 这些是 { $found } K 线，而不是 { $bar }。

## Discord 界面
discord-choose = 请选择…
discord-stopping = Candlechat 正在关闭，请稍后再试。
discord-later = 这项任务所需的时间超过了 Discord 允许的等待时间，结果稍后会另发一条消息。
error-discord-token = Discord 不认识这个机器人令牌：请在 Discord 开发者平台该应用的 Bot 页面取得正确的令牌，并设置 DISCORD_BOT_TOKEN。
error-discord-intents = Discord 拒绝向这个机器人发送它所请求的事件（intents）。请在 Discord 开发者平台该应用的 Bot 页面确认 DISCORD_BOT_TOKEN 属于这个应用。本程序不需要任何特权 intent：若问题仍在，请安装最新版 Candlechat。

## 策略管理
describe-periods = { $count } 个周期，每个 { $range }，由短到长

command-templates = 列出现成策略
    .name = 现成策略
command-strategy-version = 旧版本的编号
command-why = 逐条说明规则为何成立或不成立
    .name = 为什么
command-why-name = 策略名称
command-why-inst = 换一个交易品种，例如 ETH
command-why-bar = 换一个周期，例如 1h
command-why-time = 要查看的 K 线内的时间，例如 2024-01-31T18:05 或 18:05（UTC）
command-why-example = /why rsi-dip
command-edit = 修改您的一个策略，可改全部或部分
    .name = 修改策略
command-edit-name = 策略名称
command-edit-text = 要改的内容，例如“stop: 5%”，或整个策略
command-edit-example = /edit my-dip stop: 5%; sell: RSI overbought
command-versions = 列出一个策略的各个版本
    .name = 版本
command-versions-name = 策略名称
command-versions-example = /versions my-dip
command-restore = 把策略的旧版本恢复为最新版本
    .name = 恢复版本
command-restore-name = 策略名称
command-restore-version = 版本编号
command-restore-example = /restore my-dip 1
command-export = 把策略导出为 JSON 文件
    .name = 导出策略
command-export-name = 策略名称
command-export-version = 旧版本的编号
command-export-example = /export rsi-dip
command-indicators = 说明各个指标及其信号
    .name = 指标
command-indicators-type = 某个指标，例如 MACD
command-indicators-example = /indicators RSI

templates-title = 现成策略
templates-hint = 现成策略不能改动。点“复制”可以得到一份自己的，再用 /edit 修改。
strategy-unchanged = 没有变化：{ $name } 仍是第 { $version } 版。
strategy-restored = { $name } 现在是第 { $version } 版，规则与第 { $restored } 版相同。
edit-text = 复制这段文字，修改后发给我。带有“name:”的文字视为整个策略；没有时只改其中写到的行，例如 /edit { $name } stop: 5%
edit-copy = 可以用 { $copy } 这个名字另存一份，规则如下：
versions-hint = 时间为 { $zone }。发送 /restore { $name } 加编号可恢复旧版本；任何版本都不会丢失。
versions-ready-made = 现成策略只有一个版本，不能改动。
version-first = 第一版
version-outdated = ⚠ 已不再有效
version-lines = 增加 { $added } 行，删去 { $removed } 行
export-hint = 把这个文件发给我，/new 就会原样保存这个策略。
export-ready-made = { $name } 是现成策略，不能改动。把这个文件连同 /new 和您自己起的名字一起发来，就能存成您的策略。

signals-none = 最近 { $count } 根 K 线内没有
signals-no-picture = 没有最近信号的图片：{ $reason }
why-candle = { $newest ->
    [yes] 最新收盘的 K 线
   *[no] 该 K 线
  }：{ $from } 至 { $to }（{ $zone }），收盘价 { $close }
why-side = { $mark } { $side ->
    [buy] 买入
   *[sell] 卖出
  }规则{ $holds ->
    [yes] 成立
   *[no] 不成立
  }{ $needs ->
    [AND] （须全部满足）
    [OR] （满足任意一条即可）
    [groups-AND] （各组须全部满足）
    [groups-OR] （满足任意一组即可）
   *[one] {""}
  }
why-group = { $mark } 第 { $number } 组{ $needs ->
    [AND] （须全部满足）
    [OR] （满足任意一条即可）
   *[one] {""}
  }
why-higher = { $at } 的 { $bar } K 线
why-fired = 出现于 { $at }
why-unknown = { $mark } 尚不可知：之前的 K 线太少。按不满足处理。

indicators-title = 指标
indicators-hint = 发送 /indicators 加指标名，可查看它的信号，以及可以直接复制到策略中的写法。
catalog-lines = 指标线
catalog-warm-up = 预热
catalog-bars = 默认参数下，第 { $count } 根 K 线起有数值
catalog-fact = { $label }：{ $value }
catalog-params = 参数
catalog-param = { $default }（可用：{ $range }）
catalog-page = 策略可以使用的全部指标。本页由 `npm run docs` 根据 src/domain/indicators 中的目录生成，请在那里修改。
catalog-signals = 信号如下，参数均为默认值。要用于卖出，把 buy: 换成 sell:；参数可以省略。

figure-last-buy = 最近买入信号（{ $zone }）
figure-last-sell = 最近卖出信号（{ $zone }）
column-saved = 保存时间
column-change = 改动
column-line = 写法
column-meaning = 成立条件
chart-buy-signal = 买入信号
chart-sell-signal = 卖出信号
button-why = 为什么？
button-edit = 修改
button-copy = 复制
button-copy-as = 复制为 { $copy }
button-versions = 版本
button-export = 导出
button-version = 第 { $version } 版
button-restore = 恢复第 { $version } 版
button-candle-before = ◀ 前一根
button-candle-after = 后一根 ▶
button-newest = 最新
button-indicators = 全部指标

error-strategy-version = { $name } 没有第 { $version } 版。允许：{ $newest ->
    [1] 1
   *[other] 1 到 { $newest }
  }。
error-strategy-other-name = 这是名为 { $got } 的策略，不是 { $name }。用 /new 可以按它自己的名字保存。
error-signals-far = 需要 { $count } 根 K 线，在这里等待太久。/why 和 /backtest 会获取它们。
error-signals-slow = 目前获取 K 线的时间太长。
error-candle-open = 该时间所在的 { $bar } K 线还没有收盘。省略时间即可查看最新收盘的一根。
error-argument-time = { $argument }：“{ $value }”不是时间。允许：2024-01-31T18:05、2024-01-31、18:05（UTC）。用法：{ $usage }
error-moment-form = “{ $value }”不是时间。允许：2024-01-31T18:05、2024-01-31、18:05（UTC）。
error-moment-future = { $value }（UTC）在未来。
error-cli-list = 这里 --json 只能与 --list 同用，--list 不与其他选项同用。

## 回测的分页与图片
command-backtests-page = 交易、月度，或全部内容的文件：trades、months、json
command-compare = 在一张图里比较两到六个回测
    .name = 比较
command-compare-numbers = 回测编号，例如 12 15 18
command-compare-example = /compare 12 15
command-montecarlo = 同样的交易还可能有怎样的结果
    .name = 蒙特卡洛
command-montecarlo-number = 回测编号
command-montecarlo-method = bootstrap 重新抽取交易，shuffle 只改变顺序
command-montecarlo-example = /montecarlo 12

page-trades = 交易
page-months = 月度
page-montecarlo = 蒙特卡洛
button-page-trades = 交易
button-page-months = 月度
button-page-json = JSON
button-montecarlo = 蒙特卡洛
button-montecarlo-bootstrap = 重新抽取
button-montecarlo-shuffle = 只改变顺序
button-compare = 比较 { $numbers }
json-hint = 回测 #{ $number } 的全部内容：数字、交易、检查和成本。金额以计价货币表示，时间为毫秒时间戳（UTC）。
trades-none = 回测 #{ $number } 没有交易。
trades-exits = 离场原因：{ $exits }
trades-side = { $side ->
    [long] 做多
   *[short] 做空
  }：{ $count } 笔，胜率 { $wins }，{ $pnl }
trades-count = { $count }（盈 { $wins }，亏 { $losses }）
trades-streaks = 连盈 { $wins }，连亏 { $losses }
exit-signal = 信号
exit-stop_loss = 止损
exit-take_profit = 止盈
exit-trailing_stop = 移动止损
exit-max_hold = 最长持仓
exit-liquidation = 强平
exit-end_of_data = 数据结束
months-hint = 按 UTC 自然月计算；首月和末月可能不完整。
months-of = { $all } 个月中 { $count } 个
montecarlo-bootstrap = { $trades } 笔交易，按每块 { $block } 笔重新抽取 { $runs } 次：有的重复出现，有的没有抽到。结果有多少取决于恰好是这些交易？
montecarlo-shuffle = { $trades } 笔交易，换成 { $runs } 种其他顺序：终点都不变。回撤有多少取决于先后顺序？
montecarlo-compounded = 仓位随权益变化，因此每笔交易按当时权益的比例盈亏。
montecarlo-fixed = 仓位不随权益变化，因此每笔交易盈亏固定金额。
montecarlo-part = { $percent }% 的结果不高于
compare-title = 比较 { $numbers }
compare-one = #{ $number }：{ $name } 第 { $version } 版 · { $series } · { $from } 至 { $to }
compare-windows = 它们的时间段不同：这些数字来自不同的行情。
compare-changed = { $numbers } 之后存储的行情数据或程序有变化：数字是当时的，曲线是新的。
compare-no-curves = { $numbers } 没有曲线：暂时取不到 K 线。数字是存储的。
error-compare-number = “{ $value }”不是回测编号。/backtests 列出全部回测；/compare 12 15 比较其中两个。
error-compare-count = 不能比较 { $count } 个回测：请给出 { $fewest } 到 { $most } 个不同的编号，例如 /compare 12 15
error-backtests-number = 哪一个回测？请给出编号，例如 /backtests 12 { $page }

figure-cagr = 年化收益率
figure-calmar = 卡玛比率
figure-average-trade = 平均每笔
figure-best-trade = 最好一笔
figure-worst-trade = 最差一笔
figure-payoff = 盈亏额比
figure-sqn = SQN
figure-longest-hold = 最长持仓
figure-streaks = 最长连续
figure-months-gain = 盈利月份
figure-average-month = 平均每月
figure-best-month = 最好月份
figure-worst-month = 最差月份
figure-loss-probability = 最终亏损
figure-ruin-probability = 曾亏损 { $percent }%
figure-likely-drawdown = 回撤中位数
figure-bad-drawdown = 二十分之一的回撤
column-figure = 指标
column-month = 月份
column-year = 年份
column-final-equity = 最终权益 ({ $quote })
column-part = 各次结果
chart-trades = 每笔交易的收益率
chart-trades-shared = 每 { $count } 笔中最好与最差的收益率
chart-gain = 盈利
chart-loss = 亏损
chart-distribution = 收益率分布
chart-average = 平均 { $value }
chart-holds = 收益率与持仓时间
chart-months = 每月收益率 (%)
chart-year-total = 全年
chart-compared = 权益（起点 = 100）
chart-fan = 权益随交易笔数的变化 ({ $quote })
chart-final-equity = 最终权益 ({ $quote })，次数
chart-band-most = 十分之九的结果
chart-band-half = 中间一半
chart-median = 中位数
chart-own = 实际结果
chart-own-value = 实际结果：{ $value }
chart-liquidation = 强平
badge-fine = 检查通过：没有发现问题
badge-more = { $finding } · 另有 { $count } 项
badge-look-ahead = 不可信：有信号用到了未来的数据
badge-ledger = 不可信：现金账与交易记录不符
badge-tick = 只按收盘价决策：实盘结果会不同
badge-few-trades = { $count ->
    [0] 没有交易
   *[other] 只有 { $count } 笔交易
  }
badge-halves = 前半段盈利，后半段亏损
badge-slippage = 滑点稍大就没有盈利
badge-gaps = 缺少 { $count } 根 K 线
badge-warm-up = 预热不足
badge-detail = 部分 K 线内的先后顺序是假定的
badge-assumed-sizes = 数量为任意小数
badge-assumed-tiers = 维持保证金率为假定值
badge-assumed-funding = 资金费率为假定值
badge-refused = { $count } 次开仓被跳过
backtest-warning-ledger = 现金账与交易记录不符，这是程序的错误：这些数字不可信。
backtest-warning-slippage = 滑点为 { $slippage } 基点时收益率是 { $return }：这点盈利抵不过交易成本。

## 优化：变动什么，限制在哪里
error-space-empty = 还没有要变动的参数。请写明，例如“RSI.period=7..21 step 2”或“stop_loss_pct=1..5 step 0.5; take_profit_pct=none,2,4”。
error-space-too-long = 参数空间太长：最多 { $allowed } 个字符。
error-space-unknown-name = { strategy-place }：策略中没有可以变动的“{ $got }”。{ strategy-hint }可用：{ $allowed }。
error-space-no-condition = { strategy-place }：没有与“{ $got }”对应的条件。可用：{ $allowed }。
error-space-overlap = { strategy-place }：“{ $got }”与“{ $other }”设置的是同一个参数。
error-space-range = { strategy-place }：“{ $got }”不是合适的范围。范围由小到大，步长大于 0，例如 7..21 step 2。
error-space-names = { strategy-place }：“{ $got }”在这里不能是范围。请逐个列出，例如 a,b,c。
error-space-needs-step = { strategy-place }：范围“{ $got }”与其他值写在一起时需要步长，例如“{ $got } step 0.5”。
error-space-too-many = { strategy-place }：超过 { $allowed } 个值。请加大步长。
error-space-no-grid = { $name } 的范围没有步长，取值无穷无尽：请给出步长，或改用 random 或 tpe 搜索。
error-constraint-form = { strategy-place }：“{ $got }”不是限制条件。写法如 trades>=30 或 max_drawdown<=25。
error-constraint-figure = { strategy-place }：回测结果中没有“{ $got }”这个指标。{ strategy-hint }可用：{ $allowed }。
error-constraint-bound = { strategy-place }：{ $name } 要与数字比较，而“{ $got }”不是数字。
error-walk-forward-short = 时间范围只有 { $days } 天，放不下 { $inSampleDays } 天的选参区间和 { $outOfSampleDays } 天的检验区间：请用更长的时间范围或更短的区间。

## 参数搜索
command-optimize = 为策略搜索合适的参数，并看看它们有多可信
    .name = 参数优化
command-optimize-strategy = 策略名称
command-optimize-inst = 交易品种，如与策略自身不同
command-optimize-bar = 时间周期，如与策略自身不同
command-optimize-range = 回看多久：90d（默认）、1y、2024、2024-01-01..2024-06-30
command-optimize-search = 选点方式：全部试一遍（grid）、随机（random），或边试边学（tpe）
command-optimize-objective = 以什么为优；默认 robust：交易太少不轻信，并计入最大回撤
command-optimize-trials = 试多少个点
command-optimize-walk = 滚动前推检验：用多少个窗口来交易事先选定的参数
command-optimize-seed = 换一个数就换一种随机顺序
command-optimize-cash = 初始资金（计价货币）
command-optimize-fee = 每次成交的费率，用小数表示，例如 0.001
command-optimize-slippage = 每次成交的滑点（基点）
command-optimize-fill = 决策何时成交：next_open、close 或 next_mid
command-optimize-detail = 更细的 K 线，用来判断一根 K 线内事件的先后
command-optimize-space = 哪些参数变化、须满足什么：RSI.period=7..21 step 2; stop=1,2,none where trades>=30
command-optimize-example = /optimize rsi-dip BTC-USDT 1h 90d RSI.period=7..21 step 2; RSI.oversold=20,25,30,35 where trades>=5
command-optimizations = 列出您的参数搜索，或重新打开一个
    .name = 优化记录
command-optimizations-number = 搜索编号
command-optimizations-example = /optimizations 3
button-resume-search = 继续
button-save-plateau = 保存平台参数
button-save-best = 保存最优参数
button-test-plateau = 回测平台参数
button-search-parameters = 优化参数
button-back-to-search = 回到搜索结果
progress-optimize = 已试 { $tried } / { $planned } 个点{ $left ->
    [unknown] { "" }
    [0] { "" }
   *[other] ，{ optimize-left }
 }
optimize-left = 约剩 { $left } 秒
optimize-title = { $name } · { $series } · 参数
optimize-window = { $from } 至 { $to }（{ $zone }），{ $source }
optimize-search = { $method ->
    [grid] 遍历整个网格
    [random] 随机选点
   *[other] 根据已试的点选下一个点（tpe）
 }，目标：{ $objective ->
    [robust] 稳健（增长减去最大回撤，交易少则少信）
   *[other] { $objective }
 }；共试 { $tried } 个点{ $impossible ->
    [0] { "" }
   *[other] ，其中 { $impossible } 个不成立
 }。
optimize-space = 变化的参数：{ $space }
optimize-constraints = 必须满足：{ $constraints }
optimize-stopped = 试了 { $tried } / { $planned } 个点后停下：以下是目前的结果。点“继续”会走到同样的终点。
optimize-running = 仍在进行，{ $tried } / { $planned } 个点：以下是目前的结果。
optimize-none-found = 没有一个点有得分：要么没有交易，要么不满足条件。
optimize-plateau = ★ 平台：{ $values }。周围的点平均得分 { $mean }（试过 { $count } 个），自身 { $score }。
optimize-peak = 单点最优 { $values } 得分 { $score }，但周围平均只有 { $mean }：更多是运气。
optimize-peak-is-plateau = 这里单点最优与最好的邻域是同一处。
optimize-own = 策略现有参数：收益 { $return }，回撤 { $drawdown }，{ $trades } 笔交易。
optimize-seen-data = 这些数字出自挑选参数所用的同一批 K 线：实际会差一些。滚动前推检验（walk=5）能看出差多少。
optimize-walk = 滚动前推检验，{ $windows } 个窗口：样本外收益 { $return }，{ $trades } 笔交易，{ $profitable } 个窗口盈利，最差窗口 { $worst }，最大回撤 { $drawdown }。
optimize-walk-efficiency = 样本外保住了样本内增长的 { $efficiency }{ $verdict ->
    [good] ：选出的参数基本经得起检验。
    [some] ：选出的参数只有一部分经得起检验。
   *[none] ：样本内的好成绩多半是运气。
 }
optimize-walk-no-growth = 样本内没有增长，无从判断有多少能延续。
optimize-walk-stability = 所选参数的稳定度：{ $stability }（1 表示始终不变，0 表示如同随机抽取）。
optimize-walk-window = { $from } 至 { $to }：{ $values }，样本内 { $inside }，样本外 { $outside }，{ $trades } 笔交易
optimize-walk-nothing = 没有选出参数
optimize-no-value = 无
optimize-saved = 已保存为 { $name } 的第 { $version } 版：{ $values }。
optimize-tested = 所用参数：{ $values }，策略还没有任何版本采用它。
chart-score = 得分
chart-peak = 单点最优
chart-plateau = 平台
chart-peak-plateau = 单点最优，也是平台
column-parameters = 参数
column-score = 得分
column-status = 状态
optimizations-none = 您还没有参数搜索。可以试试 /optimize rsi-dip
optimizations-title = 您的参数搜索
optimization-status-running = 进行中，{ $tried } / { $planned }
optimization-status-stopped = 已停下，{ $tried } / { $planned }
optimization-status-done = 完成，{ $tried } 个点
optimization-status-failed = 失败
error-optimize-nothing = { $name } 没有可以自动变化的参数。请说明哪些变化，例如 “stop_loss_pct=1..5 step 0.5”。
error-optimize-too-many = 这样要试 { $count } 个点，最多允许 { $allowed } 个。请加大步长、减少窗口，或用 search=random trials=500。
error-optimization-unknown = 您没有编号为 { $id } 的搜索或试验。/optimizations 会列出全部。
error-optimization-failed = 这次搜索因我们自己的错误而失败。
error-optimization-not-stopped = 搜索 { $id } 不能继续：{ $status ->
    [running] 它还在进行
    [done] 它已经完成
   *[other] 它已经结束
 }。
error-optimization-source = 搜索 { $id } 用的是 { $source } 行情：只能在同样的行情下继续。

## 账户与密钥
command-account = 您的 OKX 账户：列出、添加密钥（仅限私聊）、选用、移除
command-account-action = list（列出）、add（添加）、use（选用）或 remove（移除）
command-account-name = 账户名称，例如 main
command-account-mode = 密钥的用途：demo（OKX 模拟盘）或 live（实盘）
command-account-key = API key
command-account-secret = Secret key
command-account-passphrase = 创建密钥时设置的口令（passphrase）
command-account-example = /account list
column-account = 账户
column-mode = 模式
column-key = 密钥
column-default = 默认
accounts-title = 您的账户
accounts-hint = 添加：/account add 名称 demo|live。设为默认：/account use 名称。删除密钥：/account remove 名称。
accounts-none = 您还没有添加账户。请在 OKX 创建 API 密钥：只勾选“读取”和“交易”权限，切勿勾选“提币”，并绑定本机的 IP 地址。然后在私聊中发送：/account add 名称 demo|live KEY SECRET PASSPHRASE（在 Discord 上不写最后三项，会弹出表单询问）。
account-no-key = 无
account-added = 已添加账户 { $name }
account-chosen = 默认账户现在是 { $name }。
account-removed = 已移除 { $name }，并已删除这里保存的密钥。如果没有其他地方使用该密钥，请在 OKX 也将其删除。
account-perm = 权限
account-ip = 绑定地址
account-ip-none = 未绑定
account-acct-lv = 账户模式
account-acct-lv-1 = 现货模式
account-acct-lv-2 = 合约模式
account-acct-lv-3 = 跨币种保证金模式
account-acct-lv-4 = 组合保证金模式
account-pos-mode = 持仓模式
account-pos-mode-net = 买卖模式（单向）
account-pos-mode-long-short = 开平仓模式（双向）
account-warning-not-bound = 该密钥未绑定 IP 地址：任何人拿到它都能从任何地方用它交易，而且 OKX 会在 14 天未使用后删除这类密钥。建议在 OKX 把它绑定到本机地址。
account-warning-no-swaps = 该账户处于现货模式，无法交易永续合约。可在 OKX 更改（交易 → 设置 → 账户模式）。
button-account-use = 选用 { $name }
secret-removed = 🔒 我已删除您那条含有密钥的消息。
secret-still-there = ⚠️ 未能删除您那条含有密钥的消息：请立即自行删除。
error-secret-shared = /{ $command } 只能在与我的私聊中使用。
error-key-shared = 密钥只能在与我的私聊中发送。这个密钥可能已被他人看到，因此没有使用：请在 OKX 将其删除（作废），重新创建一个并私下发给我。
error-key-form-better = 在 Discord 上只通过表单接收密钥，这样不会留下痕迹：请使用斜杠命令 /account，action 选 add，并填写名称和模式。私信会一直保留：最好在 OKX 删除您刚才发送的密钥，重新创建一个。
error-key-loose = 这看起来像是密钥。它既没有被使用，也没有被保存。要添加密钥，请发送：/account add 名称 demo|live KEY SECRET PASSPHRASE
error-account-incomplete = 添加账户需要以下全部内容，并按此顺序：/account add 名称 demo|live KEY SECRET PASSPHRASE（在 Discord 上不写最后三项，会弹出表单询问）。
error-account-nameless = 哪个账户？/account { $action } 名称
error-account-name = 账户名称由 1 到 20 个字母、数字、- 或 _ 组成，并以字母或数字开头。
error-account-name-taken = 已有名为 { $name } 的账户。请换一个名称，或先移除它：/account remove { $name }
error-account-same = 这个 OKX 账户已以 { $name } 的名称存在。一个账户有两个名称会互相冲突；要更换密钥，请先移除它：/account remove { $name }
error-account-unknown = 没有名为 { $name } 的账户{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }？
   *[no] 。
  }
error-key-form = { $part ->
    [apiKey] API key
    [secretKey] Secret key
   *[other] 口令（passphrase）
  } 的格式不对。请从 OKX 重新复制，前后不要带任何其他字符。
error-key-withdraw = 该密钥有提币权限。Candlechat 不接受这样的密钥：请在 OKX 创建一个只有“读取”和“交易”权限的密钥，并删除这一个。
error-key-read-only = 该密钥没有交易权限。请在 OKX 创建一个有“读取”和“交易”权限的密钥。
error-key-unknown = OKX 不认识这个密钥（{ $code }）。是否复制完整、是否已被删除？密钥只能在创建它的地区使用（OKX_REGION：global、eea 或 us），模拟盘密钥只能用作 demo。
error-key-wrong-mode = OKX 表示该密钥属于另一个环境（{ $code }）：{ $mode ->
    [live] 它是在模拟盘中创建的。请以 demo 添加，或在模拟盘之外创建密钥。
   *[other] 它不是在模拟盘中创建的。请以 live 添加，或在模拟盘中创建密钥。
  }
error-key-unreachable = 无法向 OKX 核对该密钥（{ $code }），因此没有保存。请稍后重试。
error-secret-key = { $what } 是用另一把密钥加密的，不在这里。请恢复原来的 CANDLECHAT_SECRET 或 secret.key；如果已经彻底丢失，请移除 { $what } 后重新添加。
error-secret-damaged = 保存的 { $what } 已损坏或被篡改。请移除后重新添加。
error-secret-mode = { $path } 可被他人读取，因此不予使用。请收回他人的权限：chmod 600 { $path }
error-secret-file = { $path } 不是密钥文件：它必须是 32 字节。请从备份中恢复正确的文件。
error-secret-name = 这一项不能加密保存{ GIVEN($suggestion) ->
    [yes] ；您是不是想写 { $suggestion }？
   *[no] 。
  }可以是：{ $allowed }。
error-secret-unknown = 没有保存这样的机密。secret list 会列出它们。
## OKX 的答复及其含义
okx-refused = OKX 拒绝了这个请求（代码 { $code }）。
okx-busy = OKX 繁忙，或要求我们放慢速度（代码 { $code }）。什么都没有执行，稍后可以再试。
okx-settling = OKX 正在结算。什么都没有执行，几分钟后可以再试。
okx-expired = 请求到达 OKX 时已经过期，因此没有执行。
okx-clock = OKX 认为这个请求的时间不对。请检查本机的时钟。
okx-unreachable = 现在无法连接 OKX（代码 { $code }）。
okx-limits = 现在发给 OKX 的请求太多，这一个会来得太晚。什么都没有发送。
okx-late = 这一个等得太久，会来得太晚。什么都没有发送。
okx-outcome-unknown = OKX 没有明确说明这是否已经执行（代码 { $code }）。我们会去查询，不会重复发送。
okx-duplicate = OKX 已经有一个使用这个编号的订单。
okx-order-over = 这个订单已成交、已撤销或不存在，不能再修改。
okx-environment = 这个密钥属于另一个环境：模拟盘密钥只能用于模拟交易，实盘密钥只能用于实盘交易。
okx-not-in-demo = OKX 的模拟交易不提供这项功能。
okx-key = OKX 不认识这个 API 密钥（代码 { $code }）。密钥只能在创建它的地区使用。
okx-passphrase = OKX 认为这个 API 密钥的口令不对。
okx-signature = OKX 认为签名不对：Secret 与这个 API 密钥不匹配。
okx-address = OKX 不接受从本机地址使用这个 API 密钥。请检查密钥绑定的 IP 地址。
okx-permission = 这个 API 密钥没有权限这样做。请在 OKX 检查它的权限。
okx-frozen = OKX 已冻结或限制这个账户（代码 { $code }）。请向 OKX 询问原因。
okx-region = 这个账户所在的地区不能使用这项功能，或者需要先完成身份认证（代码 { $code }）。
okx-channel = OKX 在这里不提供这个数据流（代码 { $code }）。
okx-login = OKX 没有接受这个连接的登录（代码 { $code }）。
okx-blocked = OKX 目前不允许这个账户交易它。
okx-account-mode = OKX 上设置的账户模式或持仓模式不允许这样做（代码 { $code }）。
okx-settings-blocked = 有持仓或挂单时不能修改这项设置。请先平仓或撤单。
okx-leverage = 杠杆高于 OKX 在这里允许的上限。
okx-parameters = OKX 认为这个请求里有错误（代码 { $code }）。
okx-instrument = OKX 没有这个交易品种。
okx-tier = 在这个杠杆下，持仓会超过 OKX 允许的上限。
okx-price-limit = 价格超出 OKX 目前的限价范围。
okx-funds = 余额或保证金不足。
okx-too-small = 数量低于 OKX 接受的最小值。
okx-lot-size = 数量不是最小下单单位的整数倍。
okx-too-large = 数量高于 OKX 接受的最大值。
okx-not-tradable = 这个品种目前不能交易。
okx-no-position = 没有可以平掉的持仓。
okx-stop-side = 止损或止盈价在价格的错误一侧。
okx-one-stop = 整个仓位已经有一个止损或止盈，OKX 只允许一个。
okx-stop-on-close = 平仓或只减仓的订单不能附带止损或止盈。
okx-reduce-only = 这个订单会开仓或加仓，但它只能减仓。
okx-close-pending = 有平这个仓位的挂单，需要先撤销。
okx-callback = 移动止损的回调幅度超出 OKX 允许的范围。
okx-slippage = 价格变动超出订单允许的范围。
error-okx-credentials = { $part ->
    [key] API 密钥
    [secret] Secret
   *[passphrase] 口令
  }为空，或含有 OKX 不会使用的字符。请重新复制。
