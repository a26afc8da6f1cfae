import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { resolveConfiguration } from '../../src/app/configuration/resolve-configuration.ts'
import { settingNames, settings, variableOf } from '../../src/app/configuration/settings.ts'
import { commandTable } from '../../src/cli/command-table.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { rootRoutes } from '../../src/http/all-routes.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const files = globSync('deploy/**/*', { cwd: root, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
  .concat('deploy/docker/.dockerignore')
const documents = globSync('docs/deploy/*.md', { cwd: root })
const all = [...files, ...documents]
const found = (path: string, pattern: RegExp): string[] =>
  [...read(path).matchAll(pattern)].map((match) => match[1] ?? '')

test('the files and documents of the deployment are there', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(documents.map((path) => path.slice('docs/deploy/'.length)).sort()).toEqual([
    'checklist.md',
    'logging.md',
    'quick-start.md',
    'reference.md',
    'summary.md',
    'workflow.md',
  ])
})

test.for(all)('every command and option that %s names is one', async (path) => {
  const known = new Map<string, Command>()
  for (const { name, load } of commandTable) {
    const command = new Command(name)
    ;(await load()).configure(command)
    known.set(name, command)
  }
  // In a line of a shell or of code, never in prose: `stellwerk NAME ...` behind a path, npx, a back tick, or at the start.
  const lines = found(path, /(?:bin\/|npx |`|^\$ )stellwerk ([a-z]+(?![/\w])(?: [^`\n|;]*)?)/gm)
  for (const line of lines) {
    const [name = '', ...words] = line.split(/\s+/)
    const command = known.get(name)
    expect(command, `${path}: stellwerk ${line}`).toBeDefined()
    const options = [...(command?.options ?? []), ...(command?.commands ?? []).flatMap((sub) => sub.options)]
    for (const word of words.filter((option) => /^--[a-z]/.test(option)))
      expect([...options.map(({ long }) => long), '--json', '--store', '--config', '--schema'], line).toContain(
        word.replace(/[.,)]+$/, ''),
      )
  }
})

test.for(all)('every variable and setting that %s names is one', (path) => {
  const variables = settingNames.map(variableOf)
  for (const variable of found(path, /\b(STELLWERK_[A-Z_]+)\b/g)) expect(variables, path).toContain(variable)
  for (const key of found(path, /`((?:log|debugging|http|retention|defaults)\.[a-zA-Z.]+)`/g))
    expect(
      settingNames.some((name) => name === key || name.startsWith(`${key}.`)),
      `${path}: ${key}`,
    ).toBe(true)
})

test('what logging.md gives as a configuration is one', async () => {
  const samples = found('docs/deploy/logging.md', /```ts\nexport default defineConfig\(([\s\S]*?)\)\n```/g)
  expect(samples).toHaveLength(4)
  const folder = mkdtempSync(join(tmpdir(), 'stellwerk-docs-'))
  try {
    for (const [index, sample] of samples.entries()) {
      const file = join(folder, `${index}.mjs`)
      writeFileSync(file, `export default ${sample}`)
      const { values } = await resolveConfiguration({ cwd: folder, env: {}, file })
      expect(values['log.channel'], sample).not.toBe(settings['log.channel'].defaultValue)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('ports, paths of probes and users agree', () => {
  const port = String(settings['http.port'].defaultValue)
  const ports = all.flatMap((path) =>
    found(path, /(?:127\.0\.0\.1:|localhost:|HTTP_PORT: "|HTTP_PORT=|containerPort: |\bport: |EXPOSE )(7\d{3})\b/g),
  )
  expect(ports.length).toBeGreaterThan(10)
  expect(new Set(ports)).toEqual(new Set([port]))
  const paths = new Set(all.flatMap((path) => found(path, /(\/health(?:\/[a-z]+)?|\/prometheus)\b/g)))
  const known: readonly string[] = rootRoutes.map((route) => route.path)
  expect([...paths].filter((path) => !known.includes(path))).toEqual([])
  const user = found('deploy/docker/Dockerfile', /^USER (\d+):\d+$/gm)
  expect(user).toHaveLength(1)
  expect(new Set(found('deploy/kubernetes/stellwerk.yaml', /runAsUser: (\d+)/g))).toEqual(new Set(user))
})

test('every supervisor waits longer than the grace before it kills a station', () => {
  const graceSeconds = settings.grace.defaultValue / 1_000
  const waits: readonly (readonly [string, RegExp])[] = [
    ['deploy/supervisord/stellwerk.conf', /stellwerk-work\][\s\S]*?stopwaitsecs=(\d+)/g],
    ['deploy/systemd/stellwerk-work.service', /^TimeoutStopSec=(\d+)$/gm],
    ['deploy/docker/compose.yaml', /stop_grace_period: (\d+)s/g],
    ['deploy/kubernetes/stellwerk.yaml', /name: stellwerk-work\n[\s\S]*?terminationGracePeriodSeconds: (\d+)/g],
  ]
  for (const [path, pattern] of waits) {
    const [seconds] = found(path, pattern)
    expect(Number(seconds), path).toBeGreaterThan(graceSeconds)
  }
})

test('units and programs run commands that lie in bin, as the user that is made, and exit codes mean something', () => {
  const services = ['deploy/supervisord/stellwerk.conf', ...globSync('deploy/systemd/*.service', { cwd: root })]
  for (const path of services) {
    const commands = found(path, /^(?:command|ExecStart)=\/opt\/stellwerk\/(\S+) (?:work|serve)$/gm)
    expect(commands.length, path).toBeGreaterThan(0)
    for (const command of commands) expect(existsSync(join(root, 'deploy', command)), `${path}: ${command}`).toBe(true)
    expect(new Set(found(path, /^(?:user|User)=(\S+)$/gm))).toEqual(new Set(['stellwerk']))
    for (const codes of found(path, /^(?:RestartPrevent|Success)ExitStatus=(.+)$/gm))
      for (const code of codes.split(' ')) expect(Object.keys(exitCodes), path).toContain(code)
  }
  for (const name of found(
    'docs/deploy/quick-start.md',
    /deploy\/(bin\/[\w-]+|[a-z]+\.sh|[\w.]+\.example|s\w+\/[\w.-]+)/g,
  ))
    expect(existsSync(join(root, 'deploy', name)), name).toBe(true)
})

test('what the role copies is there, and what it replaces stands in it', () => {
  const role = 'deploy/ansible/roles/stellwerk'
  for (const path of ['bin/stellwerk', 'bin/with-node'])
    expect(read(`deploy/${path}`)).toContain('/etc/stellwerk/stellwerk.env')
  for (const name of found(`${role}/tasks/main.yml`, /loop: \[(bin\/stellwerk.*)\]/g)
    .join()
    .split(/,\s*/))
    expect(existsSync(join(root, 'deploy', name)), name).toBe(true)
  for (const [, from = ''] of read(`${role}/tasks/systemd.yml`).matchAll(/replace\('([^']+)'/g))
    expect(read('deploy/systemd/stellwerk-work.service')).toContain(from)
  for (const [, from = ''] of read(`${role}/tasks/supervisord.yml`).matchAll(/replace\('([^']+)'/g))
    expect(read('deploy/supervisord/stellwerk.conf')).toContain(from)
})

test('every script is one', () => {
  for (const path of ['deploy/deploy.sh', ...globSync('deploy/bin/*', { cwd: root })])
    execFileSync('sh', ['-n', join(root, path)])
})
