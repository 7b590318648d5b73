// What an organiser does from the first visit to signing out, without a mouse: the kiosk's code, the programme and the
// people, live, a badge, a correction, the files, somebody who wants to be forgotten. VIEW is how it is looked at.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { WEB, check, choose, close, file, follow, look, menu, open, press, tabTo, type } from './visit.mjs';
import { FORMATS, archived, holds } from './files.mjs';

const { KIOSK, CONFIG, DATA, NFC, PN532, BADGE, STRANGER, DOOR, SCHEDULE, LIST, FORMULA, PATIENCE = '1' } = process.env;
const view = JSON.parse(process.env.VIEW);
const password = 'vier gewone woorden op rij';
const { context, page } = await open(view);
const tap = (uid) => execFileSync(PN532, ['say', NFC, 'tap', 'ntag213', `uid=${uid}`, 'ms=250']);
const seen = (name) => look(page, name, view);
// until: without the script an organiser presses reload.
async function until(what, holds) {
  const began = Date.now();
  while (!await holds().catch(() => false)) { // it may be between two pages
    if (Date.now() - began > 5000 * Number(PATIENCE)) throw new Error(`waited in vain for ${what} on ${page.url()}`);
    if (view.script === false) await page.reload();
    else await page.waitForTimeout(20);
  }
  return Date.now() - began;
}
const shows = async (text) => (await page.textContent('main')).includes(text);

// The code was read off the kiosk's screen; the QR leads to the page with the code filled in.
await page.goto(DOOR);
check('the code is filled in', /^[2-9A-Z]{4}-?[2-9A-Z]{4}$/.test(await page.inputValue('#code')));
await seen('start');
await follow(page, 'form button', /^\/start\/password$/);
await type(page, '#who', 'Marit Dijkstra');
await type(page, '#pw', 'veertien.tekens'.slice(0, 14));
await type(page, '#pw2', 'veertien.tekens'.slice(0, 14));
await seen('start-password');
await page.$eval('#pw', (field) => { field.form.noValidate = true; }); // the browser's own bubble would keep it from the kiosk
await follow(page, '.panel button.btn', /./);
check(`a refusal is shown on ${page.url()}`, await page.isVisible('[role=alert]'));
if (view.script !== false) check('the focus is on the summary', await page.evaluate(() => document.activeElement.matches('[role=alert]')));
await seen('start-password-refused');
await follow(page, '[role=alert] a', /password/);
check('its link goes to the field', await page.evaluate(() => document.activeElement.id === 'pw'));
await type(page, '#who', password);
await page.keyboard.press('Control+A');
await page.keyboard.press('Control+X');
for (const field of ['#pw', '#pw2']) {
  await tabTo(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}
check('a password can be pasted', await page.inputValue('#pw') === password);
await page.keyboard.press('Shift+Tab');
await page.keyboard.press('Shift+Tab');
await page.keyboard.press('Shift+Tab');
await type(page, '#who', 'Marit Dijkstra');
await follow(page, '.panel button.btn', /^\/live$/);
check('three steps are shown', await page.locator('.todo > li').count() === 3);
await seen('live-empty');

// The programme, then the people: two lines of the list do not hold, one is repaired.
await follow(page, '.todo a[href="/programme"]', /^\/programme$/);
await file(page, '#file', SCHEDULE);
await follow(page, 'main form button', /^\/programme\/import\//);
await seen('programme-import');
await follow(page, 'button[value=import]', /^\/programme/);
await seen('programme');
await menu(page, '/people/import');
await seen('import-file');
await file(page, '#file', LIST);
await follow(page, 'main form button', /^\/people\/import\/.+/);
await seen('import-check');
const lines = await page.locator('#bad [name^=r]').count();
check(`${lines} lines ask for a repair`, lines === 2);
await type(page, '#bad input[name^=r]', 'Hanna Kok');
await follow(page, '#bad button[value=recheck]', /^\/people\/import\/.+/);
check('one line is repaired', await page.locator('#bad [name^=r]').count() === 1);
await follow(page, 'button[value=import]', /\/done$/);
await seen('import-done');

// A tap arrives while somebody looks.
await page.goto(`${WEB}/live`);
const came = () => page.textContent('[data-live=today]');
check('nobody came yet', await came() === '0');
tap(BADGE);
const took = await until('the tap', async () => await came() === '1');
console.log(`a tap was on the page after ${took} ms`);
if (view.script !== false) check(`a tap took ${took} ms`, took <= 1000 * Number(PATIENCE));
await page.reload();
await seen('live');

// A badge for somebody: chosen by name, held at the kiosk, told on the page.
await menu(page, '/badges');
await seen('badges');
await type(page, '#p', 'kok');
await press(page, 'form:has(#p) button.btn');
await page.waitForURL(/\/badges\/link\//);
await seen('badge-wait');
tap(STRANGER);
await until('the link', () => page.isVisible('.note.ok'));
check('the link is told', await shows('Hanna Kok'));
await seen('badge-done');

// The tap was a mistake: undone with a reason, and written anew by hand.
await menu(page, '/people');
await type(page, '#q', 'ada');
await follow(page, '.filter button', /^\/people$/);
await seen('people');
await follow(page, 'tbody th a', /^\/people\/.+/);
await seen('person');
await follow(page, '.flow a', /\/undo$/);
await seen('person-undo');
await type(page, '#reason', 'verkeerde badge');
await follow(page, 'main form button.btn', /^\/people\/[^/]+$/);
check('the tap is struck through', await page.isVisible('.flow .gone'));
await type(page, '#reason', 'was er wel');
await follow(page, 'form[action$=checkin] button.btn', /^\/people\/[^/]+$/);
check('the entry by hand is shown', await page.locator('.flow .fix').count() === 2);
await seen('person-corrected');

// Every file there is, opened by who has to open it; with names only for a reason.
async function download() {
  await tabTo(page, 'form[action="/downloads"] button.btn');
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  return { name: file.suggestedFilename(), path: await file.path() };
}
await page.goto(`${WEB}/live`);
tap(FORMULA);
await until('a second tap', async () => await came() === '2');
// Right after the page was fetched it is not fetched again at once: the list follows all the same.
if (view.script === false) await page.reload();
await page.locator('[data-part=last] tbody tr').first().filter({ hasText: '=1+1' }).waitFor({ timeout: 20000 * Number(PATIENCE) });
await page.goto(`${WEB}/downloads`);
const offered = await page.locator('input[name=format]').evaluateAll((all) => all.map((one) => one.value));
check(`these formats are offered: ${offered}`, offered.toSorted().join() === FORMATS.toSorted().join());
for (const format of offered) {
  await page.goto(`${WEB}/downloads`);
  await choose(page, 'format', format);
  const { name, path } = await download();
  check(`the ${format} file is called ${name}`, new RegExp(`^incheckpaal_.*zonder-namen\\.${format.split('-')[0]}$`).test(name));
  if (view.files) for (const fault of await holds(format, path)) check(`${format}: ${fault}`, false);
  if (!view.files || !['csv-excel', 'xlsx'].includes(format)) continue;
  await page.goto(`${WEB}/downloads`);
  await choose(page, 'personal', '1');
  await type(page, '#reason', 'voor de verantwoording');
  await choose(page, 'format', format);
  for (const fault of await holds(format, (await download()).path, '=1+1')) check(`${format} with names: ${fault}`, false);
}
await page.goto(`${WEB}/downloads`);
await press(page, 'input[name=zip]', 'Space');
const { name, path } = await download();
check(`the archive is called ${name}`, name.endsWith('.zip'));
if (view.files) for (const fault of await archived(path, await (await context.request.get(`${WEB}/keys/export.pub`)).text())) check(`zip: ${fault}`, false);
await page.goto(`${WEB}/downloads`);
await choose(page, 'personal', '1');
await follow(page, 'form[action="/downloads"] button.btn', /./);
check(`a refusal is shown on ${page.url()}`, await page.isVisible('[role=alert]'));
await seen('downloads-refused');

// What a tap means: refused when half said, obeyed at once, and put back to the file.
await menu(page, '/kiosks');
await follow(page, 'main a[href="/kiosks/1/settings"]', /settings$/);
await choose(page, 'tap', 'session');
await follow(page, '#tap .btn:not(.alt)', /settings$/);
check('half a choice is taken', await page.isVisible('[role=alert]'));
await seen('kiosk-settings-refused');
await follow(page, '[role=alert] a', /settings$/);
check('its link goes to the session', await page.evaluate(() => document.activeElement.id === 'which'));
await choose(page, 'tap', 'inout');
await follow(page, '#tap .btn:not(.alt)', /settings$/);
check('the choice is not said', await page.isVisible('.note.ok') && await page.isChecked('[name=tap][value=inout]'));
await seen('kiosk-settings');
await until('the kiosk to obey', async () => {
  const report = await (await context.request.get(`${WEB}/kiosks/1/log`)).json();
  return report.chosen['kiosk.tap_out'] === 'yes';
});
await follow(page, '#tap [value=file]', /settings$/);
check('the file does not hold again', await page.isChecked('[name=tap][value=entrance]') && !await page.isVisible('#tap [value=file]'));

// The kiosk is started again: the page waits, and goes on by itself once somebody who looks after the kiosk did so.
await menu(page, '/kiosks');
await follow(page, 'main a[href="/kiosks/1/restart"]', /restart$/);
await seen('kiosk-restart');
await follow(page, 'main form button', /restart$/);
await seen('kiosk-restarting');
await until('the kiosk to end', async () => (await context.request.get(`${WEB}/kiosks/1/log`)).status() === 503);
check('the page does not wait', /restart$/.test(new URL(page.url()).pathname));
const kiosk = spawn(KIOSK, ['--config', CONFIG, '--data', DATA], { stdio: 'ignore' });
process.on('exit', () => kiosk.kill());
await until('the page to go on', async () => new URL(page.url()).pathname === '/kiosks');

// Somebody wants to be forgotten: what goes is said first, and then nothing leads to them any more.
await menu(page, '/people');
await type(page, '#q', 'bram');
await follow(page, '.filter button', /^\/people$/);
await follow(page, 'tbody th a', /^\/people\/.+/);
const whose = page.url();
await follow(page, 'main a[href$="/erase"]', /\/erase$/);
await seen('person-erase');
await type(page, '#pw', 'een heel ander wachtwoord');
await follow(page, 'main form button.btn', /./);
check(`a refusal is shown on ${page.url()}`, await page.isVisible('[role=alert]'));
check('another password forgets nobody', await page.isVisible('#pw'));
await type(page, '#pw', password);
await follow(page, 'main form button.btn', /^\/people$/);
check('somebody was forgotten and is still listed', !await shows('Bram'));
check('a page of somebody who was forgotten', (await page.goto(whose)).status() === 410);
await seen('person-erased');

await follow(page, '.tools form button', /^\/login$/);
await seen('login');
check('signed out', (await page.goto(`${WEB}/people`)).status() === 401);
await context.close();
await close();
