import { type IsoDate } from '../../../shared/domain/iso-date.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlerContext } from '../handler.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { type FoundMatch, MatchSearch } from './match-search.ts'
import { proposeMatch } from './write-match.ts'

/** Lines that are looked at together. */
const AT_ONCE = 20_000

/**
 * Looks through what the vault holds between two days, month by month, and proposes what belongs together; applies
 * nothing, and asks nothing again that was rejected. Answers how many proposals are new. One undoable change.
 * Throws CoreError('cancelled').
 */
export async function findInVault(from: IsoDate, to: IsoDate, context: HandlerContext): Promise<number> {
  const vault = context.writable()
  const search = new MatchSearch(vault)
  const found: FoundMatch[] = []
  const months = sqlRows<{ month: string }>(
    vault,
    'select distinct month from account_months where month between ? and ? order by month',
    from.slice(0, 7),
    to.slice(0, 7),
  ).map(({ month }) => month)
  for (const [index, month] of months.entries()) {
    context.job.progress('matching', index, months.length)
    await context.job.breathe()
    const first = `${month}-01` < from ? from : `${month}-01`
    const last = `${month}-31` > to ? to : `${month}-31`
    const ids = sqlRows<{ id: number }>(
      vault,
      `select id from transactions where booked_on between ? and ? order by booked_on, id limit ${AT_ONCE}`,
      first,
      last,
    )
    const lines = search.loader.byIds(ids.map(({ id }) => id))
    const options = { freshPeriod: () => null, isClaimed: () => false, isRescan: true }
    found.push(...search.duplicates(lines, options), ...search.links(lines, options))
  }
  context.job.progress('matching', months.length, months.length)
  return recordChange(vault, context.clock, { label: 'match.find' }, (recorder) => {
    let fresh = 0
    for (const one of found) if (proposeMatch(vault, recorder, one)) fresh += 1
    return fresh
  })
}
