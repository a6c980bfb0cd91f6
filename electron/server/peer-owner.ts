import { readFileSync } from 'node:fs'

/**
 * Whether the process at the other end of a loopback connection belongs to another user of this machine, as Linux tells
 * it (/proc/net/tcp, proc(5)); false where the system does not say. A one-time code that stood on a command line for a
 * moment is then of no use to other users.
 */
export function isOtherUser(
  peerPort: number,
  ownPort: number,
  ownUser: number | undefined = process.getuid?.(),
  table: () => string = () => readFileSync('/proc/net/tcp', 'latin1'),
): boolean {
  if (ownUser === undefined || process.platform !== 'linux') return false
  const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0')
  try {
    for (const line of table().split('\n')) {
      const fields = line.trim().split(/\s+/)
      // addresses are in the byte order of the machine; both ends are 127.0.0.1, so only the ports matter
      const [local, remote] = [fields[1] ?? '', fields[2] ?? '']
      if (local.endsWith(`:${hex(peerPort)}`) && remote.endsWith(`:${hex(ownPort)}`)) {
        return Number(fields[7]) !== ownUser
      }
    }
  } catch {
    return false
  }
  return false
}
