// What a person with a browser sees and does: signs in, watches a tap arrive, downloads, by keyboard too; every page
// without an axe finding, console message, request to elsewhere or sideways scroll, in both languages and three widths.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core'), 'utf8');
const { WEB, PASS, NFC, PN532, BADGE } = process.env;
const pictures = 'build/web-test/pictures';
mkdirSync(pictures, { recursive: true });
const faults = [];
const check = (what, holds) => { if (!holds) faults.push(what); };
const PAGES = ['/live', '/downloads', '/kiosks', '/audit', '/settings/tokens', '/people', '/badges', '/organisations', '/programme',
  '/people/import', '/people/new', '/settings', '/reports/clusters', '/nix'];
const LOOKS = [
  { lang: 'nl', width: 1280, scheme: 'light' }, { lang: 'en', width: 1280, scheme: 'dark' },
  { lang: 'nl', width: 390, scheme: 'dark' }, { lang: 'en', width: 320, scheme: 'light' },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

async function open({ lang, width, scheme }, script = true) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true, viewport: { width, height: 800 }, colorScheme: scheme, locale: lang, javaScriptEnabled: script, bypassCSP: false,
  });
  const page = await context.newPage();
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 40[14]|status of 422|status of 503/.test(message.text())) faults.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => faults.push(`script: ${error}`));
  page.on('request', (request) => { if (!request.url().startsWith(WEB)) faults.push(`asks elsewhere: ${request.url()}`); });
  return { context, page };
}

async function signIn(page) {
  await page.goto(`${WEB}/login`);
  await page.fill('#who', 'Marit Dijkstra');
  await page.fill('#pw', PASS);
  await page.press('#pw', 'Enter');
  await page.waitForURL(`${WEB}/live`, { timeout: 10000, waitUntil: 'commit' });
}

async function look(page, path, { lang, width, scheme }) {
  const where = `${path} ${lang} ${width} ${scheme}`;
  const response = await page.goto(WEB + path);
  if (response.status() === 404 && path !== '/nix') return;
  check(`${where}: status ${response.status()}`, [200, 404].includes(response.status()));
  check(`${where}: lang`, (await page.getAttribute('html', 'lang')) === lang);
  for (const one of await page.$$('details')) await one.evaluate((element) => { element.open = true; });
  check(`${where}: sideways scroll`, await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await page.screenshot({ path: `${pictures}/${path.slice(1).replaceAll('/', '-') || 'root'}-${lang}-${width}-${scheme}.png`, fullPage: true });
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await session.send('Runtime.evaluate', { contextId: executionContextId, expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    contextId: executionContextId, awaitPromise: true, returnByValue: true,
    expression: `axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] })
      .then((found) => found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(', ')))`,
  });
  for (const one of result.value ?? ['axe did not run']) faults.push(`${where}: axe ${one}`);
  await session.detach();
}

for (const [index, view] of LOOKS.entries()) {
  const { context, page } = await open(view);
  await signIn(page);
  await page.goto(`${WEB}/live?lang=${view.lang}`);
  if (index === 0) {
    const before = await page.textContent('[data-live=today]');
    const began = Date.now();
    execFileSync(PN532, ['say', NFC, 'tap', 'ntag213', `uid=${BADGE}`, 'ms=250']);
while (await page.textContent('[data-live=today]') === before && Date.now() - began < 5000) await page.waitForTimeout(20);
    const seen = Date.now() - began;
    console.log(`a tap was on the page after ${seen} ms`);
    check(`a tap took ${seen} ms`, seen <= 1000 * Number(process.env.PATIENCE ?? 1));
    await page.click('[data-pause]');
    check('paused is said', /gepauzeerd/.test(await page.textContent('[data-live-state]')));
    await page.click('[data-pause]');
    await page.goto(`${WEB}/downloads`);
    await page.check('input[value=json]');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('main .btn:not(.alt)')]);
    check('the file has its name', /^incheckpaal_.*zonder-namen\.json$/.test(download.suggestedFilename()));
    check('the file is whole', JSON.parse(readFileSync(await download.path(), 'utf8')).length >= 1);
    await page.goto(`${WEB}/live`);
    await page.keyboard.press('Tab');
    check('the skip link comes first', await page.evaluate(() => document.activeElement.className === 'skip'));
    await page.keyboard.press('Enter');
    check('it leads to the content', await page.evaluate(() => location.hash === '#main'));
  }
  for (const path of PAGES) await look(page, path, view);
  await context.close();
}

{
  const { context, page } = await open(LOOKS[0], false);
  await signIn(page);
  check('without JavaScript Refresh is there', await page.isVisible('.nojs'));
  await page.goto(`${WEB}/downloads`);
  await page.check('input[name=personal][value="1"]');
  await page.click('main .btn:not(.alt)');
  check('the summary of a refused form links to the field', await page.getAttribute('[role=alert] a', 'href') === '#reason');
  await page.goto(`${WEB}/live`);
  await page.click('.tools button');
  check('signed out', page.url() === `${WEB}/login`);
  await context.close();
}
{
  const { context, page } = await open(LOOKS[0]); // axe is a script
  await look(page, '/login', LOOKS[0]);
  await look(page, '/start', LOOKS[0]);
  await context.close();
}
await browser.close();
for (const fault of new Set(faults)) console.log(fault);
console.log(faults.length ? `${new Set(faults).size} faults` : 'the browser found nothing');
process.exit(faults.length ? 1 : 0);
