import type { Recorder } from '../changes/record.ts'
import { loadRules } from '../storage/repositories/rule-repository.ts'
import type { Vault } from '../storage/open-vault.ts'

/**
 * Rules that filed into a category that goes away file into the one in its place. Where there is none, the rule loses
 * that action; a rule that has nothing else to do is switched off, its words kept.
 */
export function replaceCategoryInRules(
  vault: Vault,
  recorder: Recorder,
  categoryId: number,
  replaceWithId: number | null,
): void {
  for (const { id, actions } of loadRules(vault)) {
    const isAbout = (action: (typeof actions)[number]): boolean =>
      action.do === 'setCategory' && action.categoryId === categoryId
    if (!actions.some(isAbout)) continue
    const left =
      replaceWithId === null
        ? actions.filter((action) => !isAbout(action))
        : actions.map((action) => (isAbout(action) ? Object.assign(action, { categoryId: replaceWithId }) : action))
    if (left.some((action) => action.do !== 'stop')) {
      recorder.update('rules', [id], { actions: JSON.stringify(left) })
    } else recorder.update('rules', [id], { enabled: 0 })
  }
}
