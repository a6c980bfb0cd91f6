import { useTranslation } from 'react-i18next'

const examples = [
  'words',
  'pinyin',
  'phrase',
  'not',
  'amount',
  'between',
  'days',
  'spoken',
  'category',
  'account',
  'tag',
  'is',
  'has',
] as const

/** What can be typed, by examples that are taken over with a click. */
export function SearchHelp({ onTake }: { onTake: (text: string) => void }) {
  const { t } = useTranslation()
  return (
    <dl className="search-help" aria-label={t('search.help')}>
      {examples.map((key) => {
        const example = t(`search.example.${key}.text`)
        return (
          <div key={key}>
            <dt>
              <button type="button" className="search-example" onClick={() => onTake(example)}>
                {example}
              </button>
            </dt>
            <dd className="muted">{t(`search.example.${key}.meaning`)}</dd>
          </div>
        )
      })}
    </dl>
  )
}
