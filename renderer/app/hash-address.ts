import { useSyncExternalStore } from 'react'

/**
 * Addresses such as `#/search?q=tea`, path and question both behind the hash. (The router's own hash location keeps the
 * question before the hash, where the next screen would find the last one's.)
 */
export function partsOfHash(hash: string): { path: string; question: string } {
  const [path = '', ...rest] = hash.replace(/^#?\/?/, '').split('?')
  return { path: `/${path}`, question: rest.join('?') }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  window.addEventListener('popstate', onChange)
  return () => {
    window.removeEventListener('hashchange', onChange)
    window.removeEventListener('popstate', onChange)
  }
}

function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const from = window.location.href
  const address = `#/${to.replace(/^#?\/?/, '')}`
  if (replace) window.history.replaceState(null, '', address)
  else window.history.pushState(null, '', address)
  window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL: from, newURL: window.location.href }))
}

const readPath = () => partsOfHash(window.location.hash).path
const readQuestion = () => partsOfHash(window.location.hash).question

function useHashPath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, readPath), navigate]
}

function useHashQuestion(): string {
  return useSyncExternalStore(subscribe, readQuestion)
}

/** What the router needs to work with such addresses. */
export const hashRouting = {
  hook: useHashPath,
  searchHook: useHashQuestion,
  hrefs: (to: string): string => `#${to}`,
}
