import type { forecastChannels } from '../../../shared/ipc/channels/forecast-channels.ts'
import { recordChange } from '../changes/record.ts'
import { loadForecast } from '../forecast/load-forecast.ts'
import type { HandlersOf } from '../handler.ts'
import { requireAccount } from './account-view.ts'

export const forecastHandlers: HandlersOf<typeof forecastChannels> = {
  'forecast.get': (query, context) => loadForecast(context.readable(), query, context.clock.today()),

  'forecast.setFloor': ({ accountId, floorMinor }, context) => {
    const vault = context.writable()
    const { name } = requireAccount(vault, accountId)
    recordChange(vault, context.clock, { label: 'forecast.setFloor', facts: { name } }, (recorder) => {
      if (floorMinor === null) recorder.delete('account_floors', [accountId])
      else {
        recorder.put('account_floors', [accountId], { account_id: accountId, floor_minor: floorMinor })
      }
    })
    return {}
  },
}
