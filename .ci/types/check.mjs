// Checks the golden payloads of Slack against Slack's own types: each part of a
// testdata/*.txtar, given what is added when it is posted, must be what
// chat.postMessage takes, each testdata/manifest-*.json a
// manifest, and each testdata/view-*.json what views.open takes.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const testdata = join(here, '../../bot/slack/testdata')
const out = join(here, 'out')

// added is what a part is given when it is posted.
const added = {
  channel: 'C0123ABCD', thread_ts: '1764055800.000100',
  metadata: { event_type: 'attache_part', event_payload: { key: 'a/1' } },
}

// parts are the files of a txtar archive that hold a payload.
function parts(name) {
  const sections = readFileSync(join(testdata, name), 'utf8').split(/^-- (.+) --\n/m).slice(1)
  const found = []
  for (let i = 0; i < sections.length; i += 2) {
    if (/^\d+-under-\d+\.json$/.test(sections[i])) found.push([sections[i], sections[i + 1]])
  }
  return found
}

let all = `import type { AppsManifestValidateArguments, ChatPostMessageArguments, ViewsOpenArguments } from '@slack/web-api'\nimport type { KnownBlock } from '@slack/types'\n`
let n = 0
const literal = (x) => `(${JSON.stringify(x, null, 1)})`
for (const name of readdirSync(testdata).filter((f) => f.endsWith('.txtar'))) {
  for (const [part, text] of parts(name)) {
    const payload = JSON.parse(text)
    all += `\n// ${name} ${part}
${literal({ ...added, ...payload })} satisfies ChatPostMessageArguments;
${literal(payload.blocks)} satisfies KnownBlock[];\n`
    n++
  }
}
for (const name of readdirSync(testdata).filter((f) => f.startsWith('manifest-'))) {
  const manifest = JSON.parse(readFileSync(join(testdata, name), 'utf8'))
  all += `\n// ${name}\n${literal({ manifest, token: 'xoxe-1' })} satisfies AppsManifestValidateArguments;\n`
  n++
}
for (const name of readdirSync(testdata).filter((f) => f.startsWith('view-'))) {
  const view = JSON.parse(readFileSync(join(testdata, name), 'utf8'))
  all += `\n// ${name}\n${literal({ trigger_id: '1.2.a', view })} satisfies ViewsOpenArguments;\n`
  n++
}
if (n === 0) throw new Error(`no payloads in ${testdata}`)

rmSync(out, { recursive: true, force: true })
mkdirSync(out)
writeFileSync(join(out, 'payloads.ts'), all)
try {
  execFileSync(process.execPath, [
    join(here, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck',
    '--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext', join(out, 'payloads.ts'),
  ], { stdio: 'inherit' })
} catch {
  console.error(`make types: a payload is not what Slack's types say; see ${join(out, 'payloads.ts')}`)
  process.exit(1)
}
console.log(`${n} payloads are what Slack's types say`)
