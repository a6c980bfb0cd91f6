import type { matchChannels } from '../../../shared/ipc/channels/match-channels.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import { MatchDecisions } from '../matching/decide-match.ts'
import { findInVault } from '../matching/find-matches.ts'
import { listMatches } from '../matching/list-matches.ts'
import { sqlRows } from '../storage/repositories/query.ts'

export const matchHandlers: HandlersOf<typeof matchChannels> = {
  'match.list': ({ offset, limit, ...filter }, context) => listMatches(context.readable(), filter, offset, limit),

  'match.confirm': (input, context) => {
    const vault = context.writable()
    const ids =
      'ids' in input
        ? [...new Set(input.ids)]
        : sqlRows<{ id: number }>(
            vault,
            `select id from matches where status = 'proposed' and certain = 1 order by score desc, id`,
          ).map(({ id }) => id)
    const facts = { count: ids.length }
    return recordChange(vault, context.clock, { label: 'match.confirm', facts }, (recorder) => {
      const decisions = new MatchDecisions(vault, recorder, context.clock.now())
      return { confirmed: ids.filter((id) => decisions.confirm(id)).length }
    })
  },

  'match.reject': ({ ids }, context) => {
    const vault = context.writable()
    const unique = [...new Set(ids)]
    const facts = { count: unique.length }
    recordChange(vault, context.clock, { label: 'match.reject', facts }, (recorder) => {
      const decisions = new MatchDecisions(vault, recorder, context.clock.now())
      for (const id of unique) decisions.reject(id)
    })
    return { rejected: unique.length }
  },

  'match.unlink': ({ id }, context) => {
    const vault = context.writable()
    recordChange(vault, context.clock, { label: 'match.unlink' }, (recorder) => {
      new MatchDecisions(vault, recorder, context.clock.now()).unlink(id)
    })
    return {}
  },

  'match.find': async ({ from, to }, context) => ({ found: await findInVault(from, to, context) }),
}
