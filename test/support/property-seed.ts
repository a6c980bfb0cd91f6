import * as fc from 'fast-check'

/**
 * Random tests draw the same cases in every run, so that a change is judged by what it changed. `npm run explore`
 * draws others and prints the seed that it drew them from.
 */
const explored = Number(process.env['ONEBOOK_TEST_SEED'])
fc.configureGlobal({ seed: Number.isSafeInteger(explored) && explored > 0 ? explored : 20_261_125 })
