import { createTheme, MantineProvider } from '@mantine/core'
import { useColorScheme } from '@mantine/hooks'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { AppSettings } from '../../shared/model/settings.ts'
import type { AppInfo } from '../../shared/ipc/channels/host-channels.ts'
import { ToastProvider } from '../components/toast.tsx'
import { type Language, languageFor } from '../format/language.ts'
import { showLanguage, startTexts } from '../i18n/i18n.ts'
import { chinese, english } from '../i18n/resources.ts'
import { NoSession } from '../client/client.ts'
import { type Client, ClientProvider } from './client-context.tsx'
import { PreferencesProvider } from './preferences.tsx'
import { refreshAfter, useCall } from './queries.ts'
import { Root } from './root.tsx'

const theme = createTheme({
  primaryColor: 'teal',
  fontFamily: 'var(--font-sans)',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 } } },
    // options are made when their list opens: a form with every kind and currency has hundreds
    Combobox: { defaultProps: { keepMounted: false } },
    Select: { defaultProps: { comboboxProps: { shadow: 'md', keepMounted: false }, checkIconPosition: 'right' } },
  },
})

/** Answers never go stale by time: the core says when something changed. */
function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** Everything around the screens. Nothing is drawn before the language is known, so that no text changes under the eye. */
export function Boot({ client }: { client: Client }) {
  const queries = useMemo(() => newQueryClient(), [])
  useEffect(() => client.subscribe((event) => refreshAfter(event, queries)), [client, queries])
  return (
    <QueryClientProvider client={queries}>
      <ClientProvider value={client}>
        <Prepared client={client}>
          {(info, initial) => (
            <ToastProvider>
              <Configured info={info} initial={initial} />
            </ToastProvider>
          )}
        </Prepared>
      </ClientProvider>
    </QueryClientProvider>
  )
}

function Prepared({
  client,
  children,
}: {
  client: Client
  children: (info: AppInfo, settings: AppSettings) => ReactNode
}) {
  const scheme = useColorScheme()
  const [start, setStart] = useState<{ info: AppInfo; settings: AppSettings } | 'failed' | 'used' | null>(null)
  useEffect(() => {
    const prepare = async () => {
      const [info, settings] = await Promise.all([client.call('app.info', {}), client.call('settings.get', {})])
      const language = languageFor(settings.language, info.systemLanguage)
      await startTexts(language)
      await showLanguage(language)
      setStart({ info, settings })
    }
    prepare().catch((error: unknown) => setStart(error instanceof NoSession ? 'used' : 'failed'))
  }, [client])
  const chosen = start === null || start === 'failed' || start === 'used' ? 'system' : start.settings.theme
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={chosen === 'system' ? scheme : chosen}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {start === null ? null : start === 'failed' || start === 'used' ? (
        <StartFailed used={start === 'used'} />
      ) : (
        children(start.info, start.settings)
      )}
    </MantineProvider>
  )
}

/** Before the language is known, so in both. */
function StartFailed({ used }: { used: boolean }) {
  return (
    <div className="lock">
      <main className="lock-main">
        <div className="lock-card stack" role="alert">
          {[chinese.vault, english.vault].map((text) => (
            <div key={text.startFailed}>
              <h1>{used ? text.addressUsed : text.startFailed}</h1>
              <p className="muted">{used ? text.addressUsedText : text.startFailedText}</p>
            </div>
          ))}
        </div>
      </main>
    </div>
  )
}

function Configured({ info, initial }: { info: AppInfo; initial: AppSettings }) {
  const settings = useCall('settings.get', {}).data ?? initial
  const status = useCall('vault.status', {})
  const open = status.data?.state === 'open'
  const vault = useCall('vaultSettings.get', {}, { enabled: open })
  const system = useColorScheme()
  const scheme = settings.theme === 'system' ? system : settings.theme
  const wanted = languageFor(settings.language, info.systemLanguage)
  const [language, setLanguage] = useState<Language>(wanted)
  useEffect(() => {
    void showLanguage(wanted).then(() => setLanguage(wanted))
  }, [wanted])
  const gain = settings.gainColour === 'locale' ? (language === 'zh-CN' ? 'red' : 'green') : settings.gainColour
  useEffect(() => {
    document.documentElement.dataset['gain'] = gain
  }, [gain])
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      <PreferencesProvider
        language={language}
        settings={settings}
        baseCurrency={open ? (vault.data?.baseCurrency ?? null) : null}
      >
        <Root info={info} status={status} />
      </PreferencesProvider>
    </MantineProvider>
  )
}
