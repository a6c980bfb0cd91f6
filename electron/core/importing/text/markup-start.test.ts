import { describe, expect, it } from 'vitest'
import { markupStart } from './markup-start.ts'

describe('what a markup document begins with', () => {
  it.each([
    ['<html>', '<html>'],
    [' \r\n<html>', '<html>'],
    ['<?xml version="1.0"?>\n<table>', '<table>'],
    ['<!-- a --><!-- b > -->\n<div>x</div>', '<div>x</div>'],
    ['<!-- before --><?xml version="1.0"?><!---->\n<OFX>', '<OFX>'],
    ['no markup', 'no markup'],
    ['<!-- without an end <html>', ''],
    ['<!-->', ''],
    ['  ', ''],
    ['', ''],
  ])('%j: %j', (text, expected) => {
    expect(markupStart(text)).toBe(expected)
  })

  it('is found at once behind thousands of comments', () => {
    // found by fuzzing: forty comments before a tag that is none of a page's took longer than anyone waits
    expect(markupStart(`${'<!-- comment -->\n'.repeat(20_000)}<OFX>`)).toBe('<OFX>')
  })
})
