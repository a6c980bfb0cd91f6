const hostNames: Readonly<Record<string, string>> = {
  electron: 'the Onebook window',
  loopback: 'Onebook in a browser window',
  cli: 'the onebook command line',
}

/** A host as people know it, for messages. */
export function hostName(holder: string | null): string {
  return hostNames[holder ?? ''] ?? 'another program'
}
