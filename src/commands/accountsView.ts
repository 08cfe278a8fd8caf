import { masked } from '../domain/exchangeKey.js'
import type { Translator } from '../i18n.js'
import type { AddedAccount } from '../services/accounts.js'
import type { ExchangeAccount } from '../store/exchangeAccounts.js'
import { chunk } from './chunk.js'
import type { Reply } from './reply.js'

/** Somebody's accounts, below what was just done with one. */
export function accountsReply(list: readonly ExchangeAccount[], note: string | undefined, t: Translator): Reply {
  if (list.length === 0) return { text: [note, t('accounts-none')].filter(Boolean).join('\n\n') }
  const others = list.filter(({ isDefault }) => !isDefault)
  return {
    title: t('accounts-title'),
    text: [note, t('accounts-hint')].filter(Boolean).join('\n\n'),
    table: {
      columns: ['column-account', 'column-mode', 'column-key', 'column-default'].map((id) => ({
        label: t(id),
        align: 'left' as const,
      })),
      rows: list.map(({ name, mode, keyTail, isDefault }) => [
        name,
        t(`mode-${mode}`),
        keyTail === null ? t('account-no-key') : masked(keyTail),
        isDefault ? '✓' : '',
      ]),
    },
    buttons: chunk(
      others.map(({ name }) => ({
        label: t('button-account-use', { name }),
        command: 'account',
        args: { action: 'use', name },
      })),
      2,
    ),
  }
}

/** What OKX says of a key that was taken, and what to think of it. */
export function accountAddedReply({ account, config, warnings }: AddedAccount, t: Translator): Reply {
  const { acctLv, posMode, perm, ips } = config
  return {
    title: t('account-added', { name: account.name }),
    text: warnings.map((warning) => `🟠 ${t(`account-warning-${warning}`)}`).join('\n'),
    fields: [
      { label: t('column-mode'), value: t(`mode-${account.mode}`) },
      { label: t('column-key'), value: masked(account.keyTail ?? '') },
      { label: t('account-perm'), value: perm.join(', ') },
      { label: t('account-ip'), value: ips.length === 0 ? t('account-ip-none') : ips.join(', ') },
      { label: t('account-acct-lv'), value: t(`account-acct-lv-${acctLv}`) },
      { label: t('account-pos-mode'), value: t(`account-pos-mode-${posMode === 'net_mode' ? 'net' : 'long-short'}`) },
    ],
  }
}
