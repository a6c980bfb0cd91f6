/**
 * Milliseconds of processor time that this thread has used so far: what a test measures growth and limits by, so that
 * other programs on the machine change nothing.
 */
export function processorMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
