// What the browser tests share: a browser that keeps every fault, a look at a page, and an organiser without a mouse.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core'), 'utf8');
export const { WEB, PASS } = process.env;
const pictures = 'build/web-test/pictures';
mkdirSync(pictures, { recursive: true });

const faults = new Set();
export const check = (what, holds) => { if (!holds) faults.add(what); };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

// The answers a test provokes are said on the console by the browser itself.
const PROVOKED = /status of 4(01|03|04|09|10|22)|status of 503/;

export async function open({ lang, width, scheme, script = true }) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true, viewport: { width, height: 800 }, colorScheme: scheme, locale: lang, javaScriptEnabled: script,
  });
  const page = await context.newPage();
  page.on('console', (message) => { if (message.type() !== 'log' && !PROVOKED.test(message.text())) faults.add(`console: ${message.text()}`); });
  page.on('filechooser', () => {}); // from now on, not from when the first is waited for
  page.on('pageerror', (error) => faults.add(`script: ${error}`));
  page.on('request', (request) => { if (!request.url().startsWith(WEB)) faults.add(`asks elsewhere: ${request.url()}`); });
  return { context, page };
}

export async function signIn(page, password = PASS) {
  await page.goto(`${WEB}/login`);
  await page.fill('#who', 'Marit Dijkstra');
  await page.fill('#pw', password);
  await page.press('#pw', 'Enter');
  await page.waitForURL(`${WEB}/live`, { waitUntil: 'commit' });
}

// axe and what it needs run in a world of their own: the page's policy forbids it in the page's.
async function axeFinds(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await session.send('Runtime.evaluate', { contextId, expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    contextId, awaitPromise: true, returnByValue: true,
    expression: `axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] })
      .then((found) => found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(', ')))`,
  });
  await session.detach();
  return result.value ?? ['did not run'];
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

// Words that do not fit what they stand in.
const cutOff = (page) => page.$$eval('main .btn, main .st, main .tag, .pill, h1, h2, legend, label, .menu a, .top a', (all) => all
  .filter((one) => one.offsetParent && !one.closest('.vh') && !one.classList.contains('vh') && (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline'))
  .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`));

// The page as it stands: its language, no sideways scroll, nothing cut off; and, when not in a hurry, a picture and axe.
export async function look(page, name, view, quick = false) {
  const where = `${name} ${view.lang} ${view.width} ${view.scheme}${view.script === false ? ' without script' : ''}`;
  check(`${where}: lang`, (await page.getAttribute('html', 'lang')) === view.lang);
  check(`${where}: has no title`, (await page.title()).length > 'Incheckpaal'.length);
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  check(`${where}: sideways scroll`, await fits(page));
  for (const one of await cutOff(page)) check(`${where}: cut off: ${one}`, false);
  if (quick) return;
  await page.screenshot({ path: `${pictures}/${where.replaceAll(/[^a-z0-9]+/g, '-')}.png`, fullPage: true });
  if (view.script === false) return; // axe is a script
  for (const one of await axeFinds(page)) check(`${where}: axe ${one}`, false);
}

// The same with the text twice as large, and with the spacing of WCAG 1.4.12: still no sideways scroll, nothing cut off.
export async function styled(page, name) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { styleSheetId } = await session.send('CSS.createStyleSheet', { frameId: frameTree.frame.id });
  for (const [how, text, width] of [
    ['text at 200 %', 'html { font-size: 200% }', 1280],
    ['text spacing', '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }', 320],
  ]) {
    await page.setViewportSize({ width, height: 800 });
    await session.send('CSS.setStyleSheetText', { styleSheetId, text });
    check(`${name} with ${how}: sideways scroll`, await fits(page));
    for (const one of await cutOff(page)) check(`${name} with ${how}: cut off: ${one}`, false);
  }
  await session.detach();
}

// Tab until the focus is where it has to be; whoever gets there sees it.
export async function tabTo(page, selector) {
  for (let presses = 0; presses < 400; presses++) {
    const at = await page.evaluate((wanted) => {
      const focused = document.activeElement;
      if (!focused?.matches(wanted)) return null;
      const style = getComputedStyle(focused);
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || (focused.closest('.pick') ? 'in a box' : false);
    }, selector);
    if (at !== null) {
      check(`the focus on ${selector} is not seen`, at);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`);
}
export async function press(page, selector, key = 'Enter') {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}
// follow: a link or button, and the page it leads to (a pattern of its path).
export async function follow(page, selector, path) {
  await tabTo(page, selector);
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')]);
  const { pathname } = new URL(page.url());
  if (!path.test(pathname)) throw new Error(`${selector} leads to ${pathname}: ${await page.textContent('main')}`);
}
// On a phone half of the menu is behind a link.
export async function menu(page, href) {
  const entry = `.menu a[href="${href}"]`;
  if (!await page.isVisible(entry)) await follow(page, '.menu .more', /./);
  await follow(page, entry, new RegExp(`^${href}$`));
}
export async function type(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
export async function choose(page, name, value) {
  await tabTo(page, `input[name="${name}"]`);
  for (let presses = 0; presses < 10; presses++) {
    if (await page.isChecked(`input[name="${name}"][value="${value}"]`)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${name} has no ${value}`);
}
export async function file(page, selector, path) {
  await tabTo(page, selector);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(path);
}

export async function close() {
  await browser.close();
  for (const fault of faults) console.log(fault);
  console.log(faults.size ? `${faults.size} faults` : 'the browser found nothing');
  process.exit(faults.size ? 1 : 0);
}
