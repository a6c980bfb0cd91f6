import { powerMonitor } from 'electron'

/** Locks when the computer sleeps or its screen is locked, if the user wants that. */
export function lockOnSleep(lock: () => void, wanted: () => boolean): void {
  const lockIfWanted = (): void => {
    if (wanted()) lock()
  }
  powerMonitor.on('suspend', lockIfWanted)
  powerMonitor.on('lock-screen', lockIfWanted)
  powerMonitor.on('shutdown', lock)
}

/** Tells that the computer woke from sleep, or its user came back. */
export function onWake(woken: () => void): void {
  powerMonitor.on('resume', woken)
  powerMonitor.on('unlock-screen', woken)
}
