import { Autocomplete, Button, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentKinds, type LifeDocument } from '../../../shared/model/life.ts'
import { useCall, useChange } from '../../app/queries.ts'
import { DateField } from '../../components/fields.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { ConfirmInline } from '../../components/small.tsx'

/** Null: closed; 'new': an empty form. */
export type DocumentTarget = LifeDocument | 'new' | null

export function DocumentDrawer({ target, onClose }: { target: DocumentTarget; onClose: () => void }) {
  const { t } = useTranslation()
  const title = target === 'new' ? t('life.addDocument') : (target?.name ?? t('life.editDocument'))
  return (
    <SideDrawer opened={target !== null} title={title} onClose={onClose}>
      {target === null ? null : (
        <DocumentForm
          key={target === 'new' ? 'new' : target.id}
          document={target === 'new' ? null : target}
          onDone={onClose}
        />
      )}
    </SideDrawer>
  )
}

function DocumentForm({ document, onDone }: { document: LifeDocument | null; onDone: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState(document?.kind ?? 'identity-card')
  const [name, setName] = useState(document?.name ?? '')
  const [holder, setHolder] = useState(document?.holder ?? '')
  const [number, setNumber] = useState(document?.number ?? '')
  const [issuedOn, setIssuedOn] = useState(document?.issuedOn ?? null)
  const [expiresOn, setExpiresOn] = useState(document?.expiresOn ?? null)
  const [notes, setNotes] = useState(document?.notes ?? '')
  const names = (useCall('person.list', {}).data ?? []).filter(({ archived }) => !archived).map((one) => one.name)
  const saved = { done: t('life.saved'), undoable: true, onDone }
  const create = useChange('document.create', saved)
  const update = useChange('document.update', saved)
  const remove = useChange('document.delete', { done: t('life.deleted'), undoable: true, onDone })

  const kindName = t(`life.documentKinds.${kind}`)
  const draft = {
    kind,
    name: name.trim() === '' ? kindName : name.trim(),
    holder: holder.trim(),
    number: number.trim() === '' ? null : number.trim(),
    issuedOn,
    expiresOn,
    accountId: document?.accountId ?? null,
    notes,
  }
  return (
    <form
      className="stack-tight"
      aria-label={t('life.editDocument')}
      onSubmit={(event) => {
        event.preventDefault()
        if (document === null) create.mutate(draft)
        else update.mutate({ id: document.id, document: draft })
      }}
    >
      <Select
        label={t('life.documentKind')}
        allowDeselect={false}
        data={documentKinds.map((key) => ({ value: key, label: t(`life.documentKinds.${key}`) }))}
        value={kind}
        onChange={(next) => {
          const found = documentKinds.find((key) => key === next)
          if (found !== undefined) setKind(found)
        }}
      />
      <TextInput
        label={t('life.name')}
        data-autofocus
        placeholder={kindName}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Autocomplete
        label={t('life.holder')}
        data={names}
        value={holder}
        maxLength={500}
        autoComplete="off"
        onChange={setHolder}
      />
      <TextInput
        label={t('life.number')}
        autoComplete="off"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <div className="columns-2">
        <DateField label={t('life.issuedOn')} value={issuedOn} onChange={setIssuedOn} />
        <DateField
          label={t('life.expiresOn')}
          description={t('life.expiresHint')}
          value={expiresOn}
          onChange={setExpiresOn}
        />
      </div>
      <Textarea
        label={t('life.notes')}
        autosize
        minRows={2}
        value={notes}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      <div className="spread">
        {document === null ? (
          <span />
        ) : (
          <ConfirmInline
            label={t('life.deleteThing')}
            busy={remove.isPending}
            onConfirm={() => remove.mutate({ id: document.id })}
          />
        )}
        <Button type="submit" loading={create.isPending || update.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
