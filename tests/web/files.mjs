// A downloaded attendance log, opened by what has to open it: LibreOffice with Dutch settings for what a spreadsheet gets.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

const COLUMNS = ('log_id,seq,time,time_grade,time_raw,kiosk,event,session,session_id,room,session_cluster,direction,verdict,'
  + 'counted,organisation,organisation_kind,organisation_cluster,attendee_id,name,note').split(',');
const ORGANISATION = 'Café Één';
const DUTCH = ';'.charCodeAt(0) + ',' + '"'.charCodeAt(0) + ',76,1,,1043,false,true'; // UTF-8, from line 1, locale nl, dates are dates

// Rows of cells, each {text, type}, as LibreOffice has them once the file is open.
function opened(path, ending, infilter) {
  const out = mkdtempSync(`${process.env.WORK}/office.`);
  copyFileSync(path, `${out}/log.${ending}`);
  execFileSync('soffice', [`-env:UserInstallation=file://${process.env.WORK}/office`, '--headless', '--convert-to', 'fods',
    ...(infilter ? [`--infilter=${infilter}`] : []), '--outdir', out, `${out}/log.${ending}`], { stdio: 'ignore' });
  const sheet = readFileSync(`${out}/log.fods`, 'utf8').match(/<table:table [\s\S]*?<\/table:table>/)[0];
  const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return [...sheet.matchAll(/<table:table-row[\s\S]*?<\/table:table-row>/g)].map(([row]) =>
    [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(([, told, inside = '']) => Array(
      Math.min(COLUMNS.length, Number(told.match(/number-columns-repeated="(\d+)"/)?.[1] ?? 1))).fill({
      type: told.match(/office:value-type="(\w+)"/)?.[1], text: unescaped(inside.match(/<text:p>([\s\S]*?)<\/text:p>/)?.[1] ?? ''),
    })).slice(0, COLUMNS.length));
}

const named = (heads) => heads.join() === COLUMNS.join();
const titled = (heads) => heads.length === COLUMNS.length && new Set(heads).size === heads.length; // in the reader's language

// @name stands in the column of names as text, whatever it begins with; "": nobody's name stands there.
function inSheet(rows, heads, name, faults) {
  const [head, ...body] = rows.filter((row) => row.some((cell) => cell.text));
  const cells = (name) => body.map((row) => row[COLUMNS.indexOf(name)]);
  if (!heads(head?.map((cell) => cell.text) ?? [])) faults.push(`its columns are ${head?.map((cell) => cell.text)}`);
  else {
    if (body.length < 2) faults.push(`${body.length} rows`);
    if (!cells('organisation').some((cell) => cell?.text === ORGANISATION)) faults.push(`no ${ORGANISATION} in it`);
    if (!cells('time').every((cell) => cell?.type === 'date')) faults.push('its times are no dates');
    if (!cells('seq').every((cell) => cell?.type === 'float')) faults.push('its numbers are no numbers');
    if (!name && cells('name').some((cell) => cell?.text)) faults.push('names without a reason');
    if (name && !cells('name').some((cell) => cell?.type === 'string' && cell.text.replace(/^'/, '') === name)) faults.push(`${name} is no text there`);
  }
}

function inText(text, faults) {
  const [head, ...rows] = text.trimEnd().split('\n');
  if (head !== COLUMNS.join()) faults.push(`its columns are ${head}`);
  if (rows.length < 2 || !rows.some((row) => row.includes(ORGANISATION))) faults.push(`its rows are ${rows}`);
}

const formats = {
  csv: (path, name, faults) => inText(readFileSync(path, 'utf8'), faults),
  json: (path, name, faults) => {
    const rows = JSON.parse(readFileSync(path, 'utf8'));
    if (Object.keys(rows[0]).join() !== COLUMNS.join()) faults.push(`its members are ${Object.keys(rows[0])}`);
    if (!rows.some((row) => row.organisation === ORGANISATION && row.counted === true && row.name === '')) faults.push('its rows');
  },
  'csv-excel': (path, name, faults) => {
    const bytes = readFileSync(path);
    if (bytes.toString('utf8', 0, 3) !== '\uFEFF' || !bytes.includes('\r\n')) faults.push('no mark or no CRLF');
    inSheet(opened(path, 'csv', `CSV:${DUTCH}`), named, name, faults);
  },
  xlsx: (path, name, faults) => inSheet(opened(path, 'xlsx'), titled, name, faults),
};
export const FORMATS = Object.keys(formats);

// What is wrong with the file of this format at @path; @name: somebody's name stands in it.
export function holds(format, path, name = '') {
  const faults = [];
  if (formats[format]) formats[format](path, name, faults);
  else faults.push('nobody knows this format');
  return faults;
}

// An archive: one file and its signature, which minisign takes, and not when a byte is another.
export function archived(path, key) {
  const out = mkdtempSync(`${process.env.WORK}/archive.`);
  const verify = (file) => execFileSync('minisign', ['-Vm', file, '-p', `${process.env.WORK}/kiosk.pub`], { stdio: 'ignore' });
  writeFileSync(`${process.env.WORK}/kiosk.pub`, key);
  execFileSync('unzip', ['-q', path, '-d', out]);
  const file = `${out}/${readdirSync(out).find((one) => !one.endsWith('.minisig'))}`;
  try {
    verify(file);
  } catch {
    return ['minisign refuses it'];
  }
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  try {
    verify(file);
  } catch {
    return [];
  }
  return ['minisign takes it though a byte was changed'];
}
