import chinese from '../../renderer/i18n/zh-CN/definition.json' with { type: 'json' }
import english from '../../renderer/i18n/en/definition.json' with { type: 'json' }

type Definitions = Readonly<Record<string, { readonly name: string; readonly text: string }>>

const list = (definitions: Definitions): string =>
  Object.entries(definitions)
    .map(([key, { name, text }]) => `### ${name}\n\n<a id="${key}"></a>${text}`)
    .join('\n\n')

/** `docs/definitions.md`: every figure as its tooltip in the window defines it, in both languages. */
export function definitionsDocument(): string {
  return (
    [
      '# What the figures mean · 数字的含义',
      'Made by `npm run docs` of the texts that stand beside the figures (`renderer/i18n/*/definition.json`). What a transaction counts as is decided in one place, the view `flow_facts` of the migration `2026-11-26-flow`.',
      '## English',
      list(english),
      '## 简体中文',
      list(chinese).replaceAll(/<a id="[^"]*"><\/a>/g, ''),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  )
}
