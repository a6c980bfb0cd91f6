/** Whether the text is the key's last group, as people type it: any case, O for 0, I and L for 1. */
export function isLastGroup(typed: string, recoveryKey: string): boolean {
  const clean = (text: string) =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1')
  const last = clean(recoveryKey).slice(-4)
  return last !== '' && clean(typed).slice(-4) === last
}
