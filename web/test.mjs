// Tests the page in a browser: `node test.mjs CROSSFOOT MODULES [SHOTS]`. CROSSFOOT is the program that it is held against,
// MODULES a folder with playwright-core and axe-core, SHOTS one for pictures of every state. Ends with "N passed, N failed".
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [program, modules, shots] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'none.js'));
const { chromium } = require('playwright-core');
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.join(HERE, '..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'crossfoot-web-'));
const LONG = 120000;

let passed = 0;
const failures = [];
const is = (what, holds, more = '') => {
  if (holds) passed += 1;
  else {
    failures.push(what);
    console.log(`FAILED: ${what} ${more}`);
  }
};

// A server of two files, which notes what is asked of it.
const asked = [];
const server = http.createServer((request, response) => {
  asked.push(request.url);
  const name = request.url === '/' ? 'index.html' : request.url.slice(1);
  const file = path.join(HERE, 'dist', path.basename(name));
  if (!fs.existsSync(file)) return response.writeHead(404).end();
  const type = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }[path.extname(file)];
  response.writeHead(200, { 'content-type': type }).end(fs.readFileSync(file));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const port = server.address().port;
const home = `http://127.0.0.1:${port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const errors = [];
const elsewhere = [];
const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  context.setDefaultTimeout(LONG);
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (!['blob:', 'data:'].includes(protocol) && host !== `127.0.0.1:${port}`) elsewhere.push(request.url());
  });
  const page = await context.newPage();
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) errors.push(message.text()); });
  page.on('pageerror', (error) => errors.push(String(error)));
  return page;
};

const file = (name) => path.join(ROOT, name);
const give = (page, files) => page.setInputFiles('#choose', files);
const finished = (page) => page.waitForFunction(() => !document.getElementById('done').hidden && document.getElementById('work').hidden);
const again = (page) => page.click('#again');
const saved = async (page, button) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  const to = path.join(scratch, download.suggestedFilename());
  await download.saveAs(to);
  return to;
};
const ids = (json) => JSON.parse(json).findings.map((finding) => `${finding.code} ${finding.id}`).sort();
// What the command line finds. It says by its status that there are findings, or that a file cannot be read.
const run = (...args) => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    return error.stdout;
  }
};
const clean = async (name, page) => {
  const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
  for (const frame of page.frames()) {
    await frame.evaluate(AXE);
    const found = await frame.evaluate(async (rules) => (await axe.run({ include: [['body']] }, rules)).violations
      .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}: ${nodes[0].failureSummary}`), { ...rules, iframes: false });
    is(`axe finds nothing in ${frame === page.mainFrame() ? 'the page' : 'the report'}, ${name}`, !found.length, found.join('\n'));
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  is(`no scrolling sideways, ${name}`, !wide);
};
const shot = async (name, page) => {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) });
};
const looked = async (name, page) => {
  await shot(`${name}`, page);
  await clean(name, page);
};

const zip = path.join(scratch, 'reports.zip');
const members = ['ostermere-2022-23-report.md', 'ostermere-2023-24-quarters.csv', 'ostermere-2023-24-report.html'];
execFileSync('python3', ['-m', 'zipfile', '-c', zip, ...members.map((name) => file(`corpus/across/${name}`)), file('corpus/kit.py')]);
const empty = path.join(scratch, 'empty.txt');
fs.writeFileSync(empty, '');
const crashing = path.join(scratch, 'example.txt');
fs.writeFileSync(crashing, 'It is taken for one that ends the worker.\n');
const PDF = file('corpus/farrowmouth/2023-24/pdf/chromium-tagged-ruled.pdf');
const SECRET = file('tests/fixtures/pdf/encrypted-aes-256-secret.pdf');

// Of each kind a file, two years together, and an archive.
const page = await open();
await page.goto(home);
await page.evaluate(() => navigator.serviceWorker.ready);
const before = asked.length;
await looked('start', page);
const FORMS = ['csv', 'docx', 'html', 'ods', 'xls', 'xlsb', 'xlsx'];
const KINDS = [
  [PDF],
  [file('corpus/ellerbeck/2022-23/report.pdf')],
  [file('corpus/wrenfield/2023-24/report.xlsx')],
  [file('corpus/castle-aldon/2024-25/report.html')],
  ...FORMS.map((form) => [file(`corpus/farrowmouth/2023-24/report.${form}`)]),
  [file('corpus/across/ostermere-2021-22-report.txt'), file('corpus/across/ostermere-2022-23-report.md')],
  members.map((name) => file(`corpus/across/${name}`)),
  [zip],
];
for (const files of KINDS) {
  const name = files.map((one) => path.basename(one)).join(', ');
  await give(page, files);
  await finished(page);
  const own = ids(fs.readFileSync(await saved(page, '#save-json'), 'utf8'));
  const theirs = ids(run('check', '--format', 'json', ...files));
  is(`the findings of ${name} are those of the command line`, own.join() === theirs.join(), `${own.length} and ${theirs.length}: ${own}; ${theirs}`);
  console.log(`${name}: ${own.length} findings`);
  await again(page);
}

// The report, and what can be saved.
await give(page, [PDF]);
await finished(page);
await page.frameLocator('#view').locator('h1').waitFor();
const frame = page.frames()[1];
is('the script of the report runs', await frame.locator('.shot[data-drawn]').first().waitFor().then(() => true, () => false));
await page.waitForTimeout(500);
await looked('report', page);
const html = fs.readFileSync(await saved(page, '#save-report'), 'utf8');
is('the report is saved', html.startsWith('<!doctype html>') && html.includes('<article'));
const csv = fs.readFileSync(await saved(page, '#save-csv'), 'utf8');
const extracted = run('extract', '--format', 'csv', PDF);
is('the figures are those of the command line', csv.split('\n').length === extracted.split('\n').length && csv.length > 200);
const copy = fs.readFileSync(await saved(page, '#save-copy'));
const original = fs.readFileSync(PDF);
is('the annotated copy begins as the file', copy.subarray(0, original.length).equals(original));
is('and it has marks', copy.length > original.length && copy.subarray(original.length).includes('/Highlight'));
await page.check('#notes');
await page.waitForTimeout(1000);
is('the report is drawn with notes', await page.frameLocator('#view').locator('h1').isVisible());
await page.uncheck('#notes');
await again(page);

// Dropping; a password; what cannot be read.
await page.evaluate(() => {
  const data = new DataTransfer();
  data.items.add(new File(['Stage,Cases\nStage 1,131\nStage 2,20\nTotal,161\n'], 'dropped.csv'));
  document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
});
await finished(page);
is('a dropped file is checked', (await page.textContent('#found')).startsWith('1 error '), await page.textContent('#found'));
await again(page);
await give(page, [SECRET, file('tests/fixtures/pdf/not-a-pdf.pdf'), empty, file('corpus/across/ostermere-2021-22-report.txt')]);
await finished(page);
const told = await page.locator('#files li:not([hidden])').allTextContents();
is('an encrypted file is told', told.some((text) => text.includes('asks for a password')), told.join('\n'));
is('an empty file is told with what to do', told.some((text) => /empty.*What to do: .*fetch or export it again/.test(text)));
is('a broken file is told', told.some((text) => /not-a-pdf\.pdf not read: .*What to do: /.test(text)));
is('what could be read is not in the list', told.length === 3);
await looked('unread', page);
await page.fill('#files input[type=password]', 'wrong');
await page.click('#files form button');
await page.waitForFunction(() => document.querySelector('#files')?.textContent.includes('does not open'));
await page.fill('#files input[type=password]', 'secret');
await page.click('#files form button');
await page.waitForFunction(() => document.getElementById('found').textContent.includes('2 documents') && !document.getElementById('done').hidden);
is('a password opens a file', (await page.locator('#files li:not([hidden])').count()) === 2);
await again(page);
await give(page, [empty]);
await finished(page);
is('nothing to show is said', (await page.textContent('#found')) === 'Nothing could be read' && await page.isHidden('#view'));
await looked('nothing', page);
await again(page);

// Cancelling: of a worker that is at work, and of one that never begins, so that there is time to look.
const cancelled = async () => is('a task is cancelled', await page.isVisible('#start') && await page.evaluate(() => document.activeElement.id === 'choose'));
await give(page, [file('tests/fixtures/pdf/many-pages.pdf')]);
await page.waitForFunction(() => {
  const begun = !document.getElementById('work').hidden && document.getElementById('at').textContent.includes('page');
  if (begun) document.getElementById('cancel').click();
  return begun;
});
await cancelled();
await page.evaluate(() => {
  window.real = Worker;
  window.Worker = class extends real { postMessage() {} };
});
await give(page, [PDF, SECRET]);
await page.waitForFunction(() => !document.getElementById('work').hidden);
await looked('work', page);
await page.click('#cancel');
await cancelled();

// A worker that crashes is told of, and the rest is read by another.
await page.evaluate(() => {
  let first = true;
  window.Worker = class extends real {
    postMessage(task) {
      super.postMessage(task);
      if (!first) return;
      first = false;
      this.terminate();
      setTimeout(() => this.onmessage({ data: { type: 'crashed', path: 'example.txt', why: 'internal error: of a test' } }));
    }
  };
});
await give(page, [crashing, file('corpus/across/ostermere-2021-22-report.txt')]);
await page.waitForFunction(() => document.getElementById('found').textContent.includes('document') && !document.getElementById('done').hidden);
is('a crash is told as an internal error', (await page.textContent('#files')).includes('internal error: of a test'));
is('and the rest is read', (await page.textContent('#found')).includes('in 1 document'), await page.textContent('#found'));
await again(page);
await page.evaluate(() => { window.Worker = window.real; });

is('nothing was asked of the server after the page was loaded', asked.length === before, asked.slice(before).join(' '));
is('nothing was asked of others', !elsewhere.length, elsewhere.join(' '));
const quiet = errors.length;
is('no error in the console', !quiet, errors.join('\n'));

// What the policy forbids. The browser says so in the console.
const reach = (where) => where.evaluate((home) => fetch(home).then(() => 'sent', () => 'refused'), `${home}sw.js`);
is('the page cannot connect', (await reach(page)) === 'refused');
await page.click('#example');
await finished(page);
is('the example has errors', /^[1-9]/.test(await page.textContent('#found')), await page.textContent('#found'));
is('the worker cannot connect', (await reach(page.workers().at(-1))) === 'refused');
is('the report cannot connect', (await reach(page.frames()[1])) === 'refused');

// Without a network.
await page.context().setOffline(true);
server.closeAllConnections();
await new Promise((done) => server.close(done));
await page.reload();
await give(page, [file('corpus/across/ostermere-2022-23-report.md')]);
await finished(page);
is('the page works without a network', (await page.textContent('#found')).includes('1 document'));
await page.context().close();

// From the disk, on a phone, in the dark.
const phone = await open({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: 'dark' });
await phone.goto(`file://${path.join(HERE, 'dist/index.html')}`);
await looked('start-phone', phone);
await give(phone, [PDF, SECRET]);
await finished(phone);
await phone.frameLocator('#view').locator('h1').waitFor();
await phone.waitForTimeout(500);
await looked('report-phone', phone);
if (shots) {
  await phone.evaluate(() => document.getElementById('view').scrollIntoView());
  await phone.waitForTimeout(300);
  await shot('report-phone-2', phone);
}

await browser.close();
fs.rmSync(scratch, { recursive: true });
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
