import { WEB, close, look, open, signIn } from './visit.mjs';
for (const view of [{ lang: 'nl', width: 1280, scheme: 'light' }, { lang: 'en', width: 390, scheme: 'light' }, { lang: 'en', width: 1280, scheme: 'dark' }]) {
  const { page } = await open(view);
  await signIn(page);
  await page.goto(`${WEB}/live?lang=${view.lang}`);
  for (const [path, name] of (process.env.PATHS ?? '/badges badges,/settings settings,/events events,/people people,/programme programme').split(',').map((one) => one.split(' '))) {
    await page.goto(WEB + path);
    await look(page, name, view);
  }
  await page.goto(`${WEB}/badges`);
  await page.fill('#p', 'dewi jansen');
  await page.press('#p', 'Enter');
  await page.waitForSelector('.note');
  await look(page, 'busy', view);
  await page.goto(`${WEB}/events`);
  await page.fill('#event_title', 'X'); await page.fill('#first_day', '2026-11-30'); await page.fill('#last_day', '2026-11-29');
  await page.press('#event_title', 'Enter');
  await page.waitForSelector('.note.bad');
  await look(page, 'events-fault', view);
}
await close();
