// Every page there is a link to, in both languages, both schemes and three widths; the live page with the kiosk silent;
// the report on paper; and as a viewer, who never meets a name.
import { execFileSync } from 'node:child_process';
import { WEB, check, close, look, menu, open, signIn, styled, tabTo, type } from './visit.mjs';

const { NFC, PN532, BADGE, WEB_PID, JOB, PATIENCE = '1' } = process.env;
const viewerPassword = 'alleen maar meekijken';
const SIZE_MAX = 60000;
const NAMES = /Voornaam|Achternaam|de Vries|voorbeeld\.example/;

// One path of each kind, found by following links; what is downloaded is none.
async function crawl(page, visit) {
  const kinds = new Map([['/live', '/live']]);
  for (const path of kinds.values()) {
    const response = await page.goto(WEB + path);
    check(`${path} answers ${response.status()}`, response.status() === 200);
    await visit?.(path, response);
    for (const href of await page.$$eval('a[href]:not([download])', (all) => all.map((one) => one.href))) {
      const url = new URL(href);
      if (url.origin !== WEB || /\.\w+$|logout/.test(url.pathname) || url.searchParams.has('lang')) continue;
      const kind = url.pathname.replaceAll(/[0-9a-f-]{16,}|[0-9]+(?=\/|$)/g, '{}') + [...url.searchParams.keys()].join();
      if (!kinds.has(kind)) kinds.set(kind, url.pathname + url.search);
    }
  }
  return [...kinds.values()];
}
const nameOf = (path) => path.replaceAll(/[0-9a-f-]{16,}/g, 'x').replaceAll(/[^a-z.]+/g, '-').slice(1) || 'root';

{
  const view = { lang: 'nl', width: 1280, scheme: 'light' };
  const { context, page } = await open(view);
  await signIn(page);
  const weights = await Promise.all(['/app.css', '/live.js'].map(async (path) => (await (await context.request.get(WEB + path)).body()).length));
  const weigh = async (path, response) => {
    const bytes = (await response.body()).length + weights[0] + weights[1];
    check(`${path} weighs ${bytes} bytes`, bytes < SIZE_MAX);
  };
  const paths = await crawl(page, weigh);
  for (const path of [JOB, `${JOB}?after=2500`, `${JOB}/columns`]) {
    await weigh(path, await page.goto(WEB + path));
    paths.push(path);
  }
  paths.push('/people?q=achternaam&sort=organisation', '/nix', '/people/nobody');
  console.log(`${paths.length} pages: ${paths.map(nameOf).join(' ')}`);

  for (const path of ['/reports/clusters', '/reports/clusters.csv', '/reports/clusters.json', '/kiosks', '/downloads/attendance'])
    check(`a name stands in ${path}`, !NAMES.test(await (await context.request.get(WEB + path)).text()));

  // What a screen reader and Tab meet, in this order.
  await page.goto(`${WEB}/live`);
  const met = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const part = await page.evaluate(() => document.activeElement.closest('.skip, .top, .menu, main, footer')?.classList[0] ?? document.activeElement.closest('main')?.id);
    if (part && met.at(-1) !== part) met.push(part);
  }
  check(`the keyboard meets ${met}`, met.slice(0, 4).join() === 'skip,top,menu,main');

  // A page that hears nothing says so within twelve seconds, and that it is back; paused it stays as it is.
  const banner = page.locator('.banner');
  const today = () => page.textContent('[data-live=today]');
  await page.locator('[data-live-state]', { hasText: 'bijgewerkt' }).waitFor();
  const before = await today();
  process.kill(WEB_PID, 'SIGSTOP');
  await banner.waitFor({ timeout: 15000 * Number(PATIENCE) });
  check('the silence is said aloud', /Geen verbinding/.test(await page.locator('main [role=status]').allTextContents().then((all) => all.join())));
  await look(page, 'live-silent', view);
  process.kill(WEB_PID, 'SIGCONT');
  await banner.waitFor({ state: 'detached' });
  await page.click('[data-pause]');
  check('paused is said', /gepauzeerd/.test(await page.textContent('[data-live-state]')));
  execFileSync(PN532, ['say', NFC, 'tap', 'ntag213', `uid=${BADGE}`, 'ms=250']);
  await page.waitForTimeout(2000);
  check('a paused page stays as it is', await today() === before);
  await page.locator('[data-part=last] a').first().focus();
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => document.activeElement.textContent);
  await page.locator('[data-pause]').evaluate((button) => button.click());
  await page.locator('[data-live=today]', { hasText: String(Number(before) + 1) }).first().waitFor();
  await page.waitForTimeout(1000);
  check('an update takes the focus away', await page.evaluate(() => document.activeElement.textContent) === focused);

  // The report on paper.
  await page.goto(`${WEB}/reports/clusters`);
  const sheets = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
  check(`the report takes ${sheets} sheets`, sheets <= 2);
  await page.emulateMedia({ media: 'print' });
  check('the menu is printed', !await page.isVisible('.menu'));
  check('the table heads are not repeated', await page.$eval('thead', (head) => getComputedStyle(head).display) === 'table-header-group');
  await context.close();

  // Each language in each scheme; with axe and a picture at 1280 and 390 px in two of them, at 320 px in the others.
  await Promise.all(['nl', 'en'].flatMap((lang) => ['light', 'dark'].map(async (scheme) => {
    const { context, page } = await open({ lang, width: 1280, scheme });
    await signIn(page);
    for (const path of paths) {
      await page.goto(WEB + path);
      const often = (lang === 'nl') === (scheme === 'light');
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await look(page, nameOf(path), { lang, width, scheme }, often === (width === 320));
      }
      if (scheme === 'light') await styled(page, nameOf(path));
    }
    await context.close();
  })));
}
{
  const { context, page } = await open({ lang: 'nl', width: 1280, scheme: 'light' });
  await signIn(page);
  await page.goto(`${WEB}/settings`);
  await page.fill('#viewer_pw', viewerPassword);
  await page.press('#viewer_pw', 'Enter');
  await page.waitForURL(/saved/);
  await page.click('.tools form button');
  await signIn(page, viewerPassword);
  const paths = await crawl(page, async (path) => check(`a viewer meets a name on ${path}`, !NAMES.test(await page.textContent('body'))));
  console.log(`a viewer has ${paths.length} pages`);
  for (const path of paths) {
    const response = await context.request.get(WEB + path, { headers: { Accept: 'application/json' } });
    check(`a viewer meets a name in the data of ${path}`, !NAMES.test(await response.text()));
  }
  await context.close();
}
await close();
