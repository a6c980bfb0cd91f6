import { runInspect, standardStreams } from './inspect.ts'

process.exitCode = await runInspect(process.argv.slice(2), standardStreams)
