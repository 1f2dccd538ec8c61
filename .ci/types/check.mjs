// Checks the golden payloads against the platforms' own types. Of Slack: each part of a
// testdata/*.txtar, given what is added when it is posted, must be what
// chat.postMessage takes, each testdata/manifest-*.json a manifest, and each
// testdata/view-*.json what views.open takes. Of Discord: each part a message, an edit,
// a follow-up and the first of a thread in a forum; commands.json what an overwrite of
// all commands takes, each response-*.json an answer to an interaction.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const testdata = join(here, '../../bot/slack/testdata')
const discord = join(here, '../../bot/discord/testdata')
const out = join(here, 'out')

// added is what a part is given when it is posted.
const added = {
  channel: 'C0123ABCD', thread_ts: '1764055800.000100',
  metadata: { event_type: 'attache_part', event_payload: { key: 'a/1' } },
}

// parts are the files of a txtar archive that hold a payload.
function parts(name, folder = testdata) {
  const sections = readFileSync(join(folder, name), 'utf8').split(/^-- (.+) --\n/m).slice(1)
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
all += `\nimport type { APIInteractionResponse, MessageFlags, RESTPatchAPIInteractionOriginalResponseJSONBody, RESTPostAPIChannelMessageJSONBody, RESTPostAPIGuildForumThreadsJSONBody, RESTPostAPIInteractionFollowupJSONBody, RESTPutAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'\n`
const slack = n
for (const name of readdirSync(discord)) {
  const read = () => JSON.parse(readFileSync(join(discord, name), 'utf8'))
  const messages = name.endsWith('.txtar') ? parts(name, discord).map(([part, text]) => [part, JSON.parse(text)]) : []
  if (name.startsWith('message-')) messages.push(['', { thread: 'News', message: read() }])
  for (const [part, { thread, message }] of messages) {
    const { nonce, enforce_nonce, ...edit } = message
    all += `\n// ${name} ${part}
${literal(message)} satisfies RESTPostAPIChannelMessageJSONBody;
${literal(edit)} satisfies RESTPatchAPIInteractionOriginalResponseJSONBody;
${literal(edit)} satisfies RESTPostAPIInteractionFollowupJSONBody;
${literal({ name: thread, auto_archive_duration: 4320, message: edit })} satisfies RESTPostAPIGuildForumThreadsJSONBody;\n`
    n++
  }
  const type = name === 'commands.json' ? 'RESTPutAPIApplicationCommandsJSONBody' : name.startsWith('response-') ? 'APIInteractionResponse' : ''
  if (type !== '') {
    // flags together are no member of their enum
    all += `\n// ${name}\n${literal(read()).replace(/"flags": (\d+)/g, '"flags": ($1 as MessageFlags)')} satisfies ${type};\n`
    n++
  }
}
if (slack === 0 || n === slack) throw new Error(`no payloads in ${testdata} or ${discord}`)

rmSync(out, { recursive: true, force: true })
mkdirSync(out)
writeFileSync(join(out, 'payloads.ts'), all)
try {
  execFileSync(process.execPath, [
    join(here, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck',
    '--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext', join(out, 'payloads.ts'),
  ], { stdio: 'inherit' })
} catch {
  console.error(`make types: a payload is not what its platform's types say; see ${join(out, 'payloads.ts')}`)
  process.exit(1)
}
console.log(`${n} payloads are what the platforms' types say`)
