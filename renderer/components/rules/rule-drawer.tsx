import { Button, Checkbox, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleCondition, RuleDraft, RuleGroup } from '../../../shared/model/rule.ts'
import { useClient } from '../../app/client-context.tsx'
import { failureOf } from '../../app/failure.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useChange, useJob } from '../../app/queries.ts'
import { formatCount } from '../../format/number-format.ts'
import { numbered } from '../numbered.ts'
import { SideDrawer } from '../side-drawer.tsx'
import { ConfirmInline } from '../small.tsx'
import { ErrorState, ProgressPanel } from '../states.tsx'
import { useNotify } from '../toast.tsx'
import { ActionRow, newAction } from './action-row.tsx'
import { ConditionRow } from './condition-row.tsx'
import { draftOf, type EditedRule, newCondition } from './rule-draft.ts'
import { RuleReportView, useRuleTest } from './rule-report.tsx'

/** A rule that is looked at; a new one has no id yet. */
export interface RuleTarget {
  readonly id: number | null
  readonly rule: EditedRule
}

/** One rule: its conditions, what it does, and at once what that would change. */
export function RuleDrawer({ target, onClose }: { target: RuleTarget | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <SideDrawer
      opened={target !== null}
      title={t(target?.id === null ? 'rule.new' : 'rule.edit')}
      onClose={onClose}
      size={720}
    >
      {target === null ? null : <Editor key={target.id ?? 'new'} target={target} onClose={onClose} />}
    </SideDrawer>
  )
}

type Part = RuleCondition | RuleGroup

/** The list with the item at this place replaced, or taken out. */
function withItem<T>(list: readonly T[], index: number, item: T | null): readonly T[] {
  return item === null ? list.toSpliced(index, 1) : list.with(index, item)
}

function Editor({ target, onClose }: { target: RuleTarget; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [edited, setEdited] = useState<EditedRule>(target.rule)
  const [includeOwn, setIncludeOwn] = useState(false)
  const draft = draftOf(edited)
  const test = useRuleTest(target.id, draft, includeOwn)
  const saving = useSaveRule(target.id, includeOwn, onClose)
  const set = (patch: Partial<EditedRule>) => setEdited((now) => ({ ...now, ...patch }))
  const remove = useChange('rule.delete', { done: t('rule.deleted'), undoable: true, onDone: onClose })
  const changes = test.data?.changed ?? 0
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (draft !== null) void saving.save(draft, false)
      }}
    >
      <div className="spread">
        <TextInput
          className="rule-name"
          label={t('rule.name')}
          placeholder={t('common.optional')}
          maxLength={200}
          value={edited.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Switch
          label={t('rule.enabled')}
          checked={edited.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      </div>
      <section className="stack-tight" aria-label={t('rule.conditions')}>
        <div className="spread">
          <h3>{t('rule.conditions')}</h3>
          <MatchControl match={edited.match} onChange={(match) => set({ match })} />
        </div>
        <PartList parts={edited.parts} onChange={(parts) => set({ parts })} />
      </section>
      <section className="stack-tight" aria-label={t('rule.actions')}>
        <h3>{t('rule.actions')}</h3>
        <ul className="plain-list rule-list">
          {numbered(edited.actions).map(({ key, item }) => (
            <ActionRow
              key={key}
              action={item}
              onChange={(action) => set({ actions: withItem(edited.actions, key, action) })}
              onRemove={() => set({ actions: withItem(edited.actions, key, null) })}
            />
          ))}
        </ul>
        <div>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={13} aria-hidden="true" />}
            onClick={() => set({ actions: [...edited.actions, newAction('setCategory')] })}
          >
            {t('rule.addAction')}
          </Button>
        </div>
      </section>
      <section className="stack-tight" aria-label={t('rule.onHistory')}>
        <h3>{t('rule.onHistory')}</h3>
        <Checkbox
          size="xs"
          label={t('rule.includeOwn')}
          checked={includeOwn}
          onChange={(event) => setIncludeOwn(event.currentTarget.checked)}
        />
        <RuleReportView query={test} />
      </section>
      {saving.failure === null ? null : <ErrorState failure={saving.failure} />}
      {saving.job.running ? (
        <ProgressPanel progress={saving.job.progress} onCancel={saving.job.cancel} />
      ) : (
        <div className="spread">
          {target.id === null ? (
            <span />
          ) : (
            <ConfirmInline
              size="xs"
              label={t('rule.delete')}
              busy={remove.isPending}
              onConfirm={() => remove.mutate({ id: target.id ?? 0 })}
            />
          )}
          <div className="inline-end">
            <Button type="submit" variant="default" disabled={draft === null}>
              {t('rule.save')}
            </Button>
            {draft === null || changes === 0 || !edited.enabled ? null : (
              <Button onClick={() => void saving.save(draft, true)}>
                {t('rule.saveAndApply', { count: changes, formatted: formatCount(changes, language) })}
              </Button>
            )}
          </div>
        </div>
      )}
    </form>
  )
}

/** Saves the rule and, where asked, runs it over what is there; tells what was done, with undo for the latter. */
function useSaveRule(id: number | null, includeOwn: boolean, onClose: () => void) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useClient()
  const notify = useNotify()
  const job = useJob('rule.apply')
  const [failure, setFailure] = useState<ReturnType<typeof failureOf> | null>(null)
  const undo = () => {
    client.call('history.undo', {}).catch((error: unknown) => notify.failed(failureOf(error)))
  }
  const save = async (rule: RuleDraft, apply: boolean) => {
    setFailure(null)
    try {
      const saved = await client.call('rule.save', { id, rule })
      if (!apply) {
        notify.done(t('rule.saved'))
        onClose()
        return
      }
      const report = await job.run({ ruleIds: [saved.id], includeOwn })
      if (report === null) return
      const { changed } = report
      notify.done(t('rule.applied', { count: changed, formatted: formatCount(changed, language) }), undo)
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
    }
  }
  return { save, job, failure: failure ?? job.failure }
}

function MatchControl({ match, onChange }: { match: 'all' | 'any'; onChange: (match: 'all' | 'any') => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('rule.matchLabel')}
      data={[
        { value: 'all', label: t('rule.match.all') },
        { value: 'any', label: t('rule.match.any') },
      ]}
      value={match}
      onChange={(value) => onChange(value === 'any' ? 'any' : 'all')}
    />
  )
}

function PartList({ parts, onChange }: { parts: readonly Part[]; onChange: (parts: readonly Part[]) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <ul className="plain-list rule-list">
        {numbered(parts).map(({ key, item: part }) => {
          const onPart = (next: Part | null) => onChange(withItem(parts, key, next))
          const onRemove = parts.length === 1 ? null : () => onPart(null)
          return part.about === 'group' ? (
            <GroupBox key={key} group={part} onChange={onPart} />
          ) : (
            <ConditionRow key={key} condition={part} onChange={onPart} onRemove={onRemove} />
          )
        })}
      </ul>
      <div className="inline">
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden="true" />}
          onClick={() => onChange([...parts, newCondition()])}
        >
          {t('rule.addCondition')}
        </Button>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => onChange([...parts, { about: 'group', match: 'any', conditions: [newCondition()] }])}
        >
          {t('rule.addGroup')}
        </Button>
      </div>
    </>
  )
}

/** Conditions that count as one; without any left the group is gone. */
function GroupBox({ group, onChange }: { group: RuleGroup; onChange: (group: RuleGroup | null) => void }) {
  const { t } = useTranslation()
  const { conditions } = group
  return (
    <li className="rule-group stack-tight">
      <MatchControl match={group.match} onChange={(match) => onChange({ ...group, match })} />
      <ul className="plain-list rule-list">
        {numbered(conditions).map(({ key, item: condition }) => (
          <ConditionRow
            key={key}
            condition={condition}
            onChange={(next) => onChange({ ...group, conditions: conditions.with(key, next) })}
            onRemove={() =>
              onChange(conditions.length === 1 ? null : { ...group, conditions: conditions.toSpliced(key, 1) })
            }
          />
        ))}
      </ul>
      <div>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden="true" />}
          onClick={() => onChange({ ...group, conditions: [...conditions, newCondition()] })}
        >
          {t('rule.addCondition')}
        </Button>
      </div>
    </li>
  )
}
