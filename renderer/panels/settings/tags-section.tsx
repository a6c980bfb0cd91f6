import { Button, TextInput } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useChange } from '../../app/queries.ts'
import { failureOf } from '../../app/failure.ts'
import { Section } from '../../components/page.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { useNotify } from '../../components/toast.tsx'
import { type Tag, TagRow } from './tag-row.tsx'

export function TagsSection() {
  const { t } = useTranslation()
  const query = useCall('tag.list', {})
  const some = (query.data?.length ?? 0) > 0
  return (
    <Section title={t('settings.section.tags')} hint={t('settings.tagsText')} flush={some}>
      <AddTag />
      <Loaded query={query}>
        {(tags) =>
          tags.length === 0 ? (
            <EmptyState icon={<IconTag size={28} stroke={1.4} />} title={t('settings.tagsEmpty')}>
              {t('settings.tagsEmptyText')}
            </EmptyState>
          ) : (
            <TagTable tags={tags} />
          )
        }
      </Loaded>
    </Section>
  )
}

function TagTable({ tags }: { tags: readonly Tag[] }) {
  const { t } = useTranslation()
  return (
    <table className="table" aria-label={t('settings.section.tags')}>
      <thead>
        <tr>
          <th scope="col">{t('settings.tag')}</th>
          <th scope="col" data-align="end">
            {t('settings.tagCount')}
          </th>
          <th scope="col" style={{ width: '50%' }}>
            <span className="visually-hidden">{t('common.delete')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tags.map((tag) => (
          <TagRow key={tag.id} tag={tag} />
        ))}
      </tbody>
    </table>
  )
}

function AddTag() {
  const { t } = useTranslation()
  const notify = useNotify()
  const [name, setName] = useState('')
  const [taken, setTaken] = useState(false)
  const create = useChange('tag.create', {
    done: t('settings.tagAdded'),
    undoable: true,
    quiet: true,
    onDone: () => setName(''),
  })
  return (
    <form
      className="add-line"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        create.mutate(
          { name: name.trim() },
          {
            onError: (error) => {
              const failure = failureOf(error)
              if (failure.code === 'conflict') setTaken(true)
              else notify.failed(failure)
            },
          },
        )
      }}
    >
      <TextInput
        className="add-line-field"
        aria-label={t('settings.newTag')}
        placeholder={t('settings.newTag')}
        autoComplete="off"
        maxLength={100}
        value={name}
        error={taken ? t('settings.tagTaken') : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setTaken(false)
        }}
      />
      <Button type="submit" variant="default" disabled={name.trim() === ''} loading={create.isPending}>
        {t('settings.addTag')}
      </Button>
    </form>
  )
}
