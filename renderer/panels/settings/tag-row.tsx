import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { failureOf } from '../../app/failure.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { ConfirmInline } from '../../components/small.tsx'
import { useNotify } from '../../components/toast.tsx'
import { formatCount } from '../../format/number-format.ts'

export type Tag = OutputOf<'tag.list'>[number]

/** A tag; its name is edited in place: Enter keeps it, Escape leaves it. */
export function TagRow({ tag }: { tag: Tag }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const remove = useChange('tag.delete', { done: t('settings.tagDeleted'), undoable: true })
  const formatted = formatCount(tag.count, language)
  return (
    <tr>
      <td>
        <TagName tag={tag} />
      </td>
      <td data-align="end">{formatted}</td>
      <td data-align="end" className="row-action-cell">
        <ConfirmInline
          label={t('common.delete')}
          name={t('settings.deleteTag', { name: tag.name })}
          question={
            tag.count === 0
              ? t('settings.deleteTagUnused')
              : t('settings.deleteTagQuestion', { count: tag.count, formatted })
          }
          size="xs"
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ id: tag.id })}
        />
      </td>
    </tr>
  )
}

function TagName({ tag }: { tag: Tag }) {
  const { t } = useTranslation()
  const notify = useNotify()
  const [typed, setTyped] = useState<string | null>(null)
  const [taken, setTaken] = useState(false)
  const rename = useChange('tag.rename', { done: t('settings.tagRenamed'), undoable: true, quiet: true })
  const leave = () => {
    setTyped(null)
    setTaken(false)
  }
  const keep = () => {
    const name = (typed ?? '').trim()
    if (name === '' || name === tag.name) {
      leave()
      return
    }
    rename.mutate(
      { id: tag.id, name },
      {
        onSuccess: leave,
        onError: (error) => {
          const failure = failureOf(error)
          if (failure.code === 'conflict') setTaken(true)
          else notify.failed(failure)
        },
      },
    )
  }
  if (typed === null) {
    return (
      <button
        type="button"
        className="cell-button clip"
        aria-label={t('settings.renameTag', { name: tag.name })}
        onClick={() => setTyped(tag.name)}
      >
        {tag.name}
      </button>
    )
  }
  return (
    <TextInput
      size="xs"
      aria-label={t('settings.renameTag', { name: tag.name })}
      maxLength={100}
      ref={(element) => element?.focus()}
      value={typed}
      error={taken ? t('settings.tagTaken') : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        setTaken(false)
      }}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep()
        if (event.key === 'Escape') leave()
      }}
    />
  )
}
