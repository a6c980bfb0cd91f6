import { compareDecimal, parseDecimal } from '../../../shared/domain/decimal.ts'
import type { checkChannels } from '../../../shared/ipc/channels/check-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { checkSettingsSchema } from '../../../shared/model/check.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import { CHECK_SETTINGS_KEY, loadCheckSettings } from '../storage/repositories/check-repository.ts'
import { loadAnomalies } from './anomaly-view.ts'
import { loadDepositInsurance } from './deposit-insurance-view.ts'
import { loadEmergencyFund } from './emergency-fund-view.ts'
import { loadIdleCash } from './idle-cash-view.ts'

export const checkHandlers: HandlersOf<typeof checkChannels> = {
  'check.emergencyFund': ({ person }, context) => loadEmergencyFund(context.readable(), context.clock.today(), person),
  'check.anomalies': ({ person }, context) => loadAnomalies(context.readable(), context.clock.today(), person),
  'check.depositInsurance': ({ person }, context) =>
    loadDepositInsurance(context.readable(), context.clock.today(), person),
  'check.idleCash': ({ person }, context) => loadIdleCash(context.readable(), context.clock.today(), person),
  'check.settings': (_, context) => loadCheckSettings(context.readable()),

  'check.dismiss': ({ key, dismissed }, context) => {
    const label = dismissed ? 'check.dismiss' : 'check.askAgain'
    recordChange(context.writable(), context.clock, { label }, (recorder) => {
      if (dismissed) recorder.put('check_dismissals', [key], { finding: key, dismissed_at: context.clock.now() })
      else recorder.delete('check_dismissals', [key])
    })
    return {}
  },

  'check.saveSettings': (patch, context) => {
    const vault = context.writable()
    const rate = patch.referenceRate
    if (rate != null && (compareDecimal(rate, parseDecimal('0')) < 0 || compareDecimal(rate, parseDecimal('1')) > 0)) {
      throw new CoreError('invalid-input', 'a rate is between 0 and 100 per cent')
    }
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    const settings = checkSettingsSchema.parse({ ...loadCheckSettings(vault), ...given })
    recordChange(vault, context.clock, { label: 'check.saveSettings' }, (recorder) => {
      const value = JSON.stringify(settings)
      recorder.put('settings', [CHECK_SETTINGS_KEY], { key: CHECK_SETTINGS_KEY, value })
    })
    return settings
  },
}
