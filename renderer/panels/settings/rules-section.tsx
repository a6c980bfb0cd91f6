import { ActionIcon, Button, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconListCheck, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../../shared/model/rule.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { editedOf, emptyRule } from '../../components/rules/rule-draft.ts'
import { RuleDrawer, type RuleTarget } from '../../components/rules/rule-drawer.tsx'
import { useRuleWords } from '../../components/rules/rule-words.ts'
import { Badge } from '../../components/small.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { formatCount } from '../../format/number-format.ts'

/** The rules in the order they run in: switched, moved, opened, added. */
export function RulesSection() {
  const { t } = useTranslation()
  const query = useCall('rule.list', {})
  const [target, setTarget] = useState<RuleTarget | null>(null)
  const some = (query.data?.length ?? 0) > 0
  return (
    <Section
      title={t('settings.section.rules')}
      hint={t('rule.sectionHint')}
      flush={some}
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => setTarget({ id: null, rule: emptyRule })}
        >
          {t('rule.add')}
        </Button>
      }
    >
      <Loaded query={query}>
        {(rules) =>
          rules.length === 0 ? (
            <EmptyState icon={<IconListCheck size={28} stroke={1.4} />} title={t('rule.empty')}>
              {t('rule.emptyText')}
            </EmptyState>
          ) : (
            <RuleList rules={rules} onOpen={(rule) => setTarget({ id: rule.id, rule: editedOf(rule) })} />
          )
        }
      </Loaded>
      <RuleDrawer target={target} onClose={() => setTarget(null)} />
    </Section>
  )
}

/** All ids with the one at `from` moved to `to`. */
export function movedRule(ids: readonly number[], from: number, to: number): number[] {
  const moved = ids[from]
  if (moved === undefined || to < 0 || to >= ids.length) return [...ids]
  return ids.toSpliced(from, 1).toSpliced(to, 0, moved)
}

function RuleList({ rules, onOpen }: { rules: readonly Rule[]; onOpen: (rule: Rule) => void }) {
  const { t } = useTranslation()
  const [dragged, setDragged] = useState<number | null>(null)
  const reorder = useChange('rule.reorder', { done: t('rule.reordered'), undoable: true })
  const ids = rules.map(({ id }) => id)
  const move = (from: number, to: number) => {
    if (from !== to && to >= 0 && to < ids.length) reorder.mutate({ ids: movedRule(ids, from, to) })
  }
  return (
    <ol className="rules" aria-label={t('settings.section.rules')}>
      {rules.map((rule, index) => (
        <li key={rule.id} className="rules-row" data-off={!rule.enabled}>
          <RuleLine
            rule={rule}
            isFirst={index === 0}
            isLast={index === rules.length - 1}
            onOpen={() => onOpen(rule)}
            onMove={(step) => move(index, index + step)}
            onDrag={(on) => setDragged(on ? index : null)}
            onDrop={dragged === null ? null : () => move(dragged, index)}
          />
        </li>
      ))}
    </ol>
  )
}

interface RuleLineProps {
  readonly rule: Rule
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onOpen: () => void
  readonly onMove: (step: -1 | 1) => void
  /** It is picked up, or let go. */
  readonly onDrag: (on: boolean) => void
  /** Another rule is dropped here; null while none is dragged. */
  readonly onDrop: (() => void) | null
}

function RuleLine({ rule, isFirst, isLast, onOpen, onMove, onDrag, onDrop }: RuleLineProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf, conditionsOf, actionsOf } = useRuleWords()
  const save = useChange('rule.save', { done: t('rule.saved'), undoable: true })
  const name = nameOf(rule)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <>
      <IconGripVertical size={14} className="rules-grip" aria-hidden="true" />
      <button
        type="button"
        className="rules-open"
        onClick={onOpen}
        onKeyDown={onKeyDown}
        draggable
        onDragStart={() => onDrag(true)}
        onDragEnd={() => onDrag(false)}
        onDragOver={(event) => {
          if (onDrop !== null) event.preventDefault()
        }}
        onDrop={() => onDrop?.()}
      >
        <span className="rules-name clip">{name}</span>
        <span className="muted small clip">{conditionsOf(rule)}</span>
        {rule.name === '' ? null : <span className="muted small clip">{actionsOf(rule)}</span>}
      </button>
      <span className="rules-count numeric muted small">
        {rule.met === 0
          ? t('rule.neverMet')
          : t('rule.metCount', { count: rule.met, formatted: formatCount(rule.met, language) })}
      </span>
      {rule.enabled ? null : <Badge>{t('rule.off')}</Badge>}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('rule.moveUp', { name })}
        disabled={isFirst}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={15} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('rule.moveDown', { name })}
        disabled={isLast}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={15} aria-hidden="true" />
      </ActionIcon>
      <Switch
        size="xs"
        aria-label={t('rule.switch', { name })}
        checked={rule.enabled}
        disabled={save.isPending}
        onChange={(event) => {
          const { conditions, actions } = rule
          save.mutate({
            id: rule.id,
            rule: { name: rule.name, enabled: event.currentTarget.checked, conditions, actions },
          })
        }}
      />
    </>
  )
}
