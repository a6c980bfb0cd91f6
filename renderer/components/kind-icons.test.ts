import { describe, expect, it } from 'vitest'
import { allAccountKinds } from '../../shared/model/account-kinds.ts'
import { kindIcons } from './kind-icons.ts'

describe('icons of kinds', () => {
  it('has every icon that a kind names, and no other', () => {
    const named = new Set(allAccountKinds().map(({ icon }) => icon))
    expect([...named].filter((icon) => !kindIcons.has(icon))).toEqual([])
    expect([...kindIcons.keys()].filter((icon) => !named.has(icon))).toEqual([])
  })
})
