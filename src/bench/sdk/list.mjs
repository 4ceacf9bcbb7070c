// Lists block senders one page after the other with the official SDK, a line for each record.
import { closeSync, openSync, writeSync } from 'node:fs';
import Cloudflare from 'cloudflare';

const client = new Cloudflare({
  apiToken: process.env.CLOUDFLARE_API_TOKEN,
  baseURL: process.env.CLOUDFLARE_BASE_URL,
});
const file = openSync(process.argv[2], 'w');
let rows = 0;
let page = await client.emailSecurity.settings.blockSenders.list({
  account_id: process.env.CLOUDFLARE_ACCOUNT_ID,
  per_page: 1000,
  order: 'created_at',
  direction: 'asc',
});
for (;;) {
  const records = page.getPaginatedItems();
  rows += records.length;
  writeSync(file, records.map((record) => JSON.stringify(record) + '\n').join(''));
  if (records.length < 1000 || !page.hasNextPage()) break;
  page = await page.getNextPage();
}
closeSync(file);
console.log(rows);
