// Lists block senders with the official SDK in the way that its README shows, a line for each record.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import Cloudflare from 'cloudflare';

const client = new Cloudflare({
  apiToken: process.env.CLOUDFLARE_API_TOKEN,
  baseURL: process.env.CLOUDFLARE_BASE_URL,
});
const out = createWriteStream(process.argv[2]);
let rows = 0;
for await (const record of client.emailSecurity.settings.blockSenders.list({
  account_id: process.env.CLOUDFLARE_ACCOUNT_ID,
  per_page: 1000,
  order: 'created_at',
  direction: 'asc',
})) {
  rows++;
  if (!out.write(JSON.stringify(record) + '\n')) await once(out, 'drain');
}
out.end();
await once(out, 'finish');
console.log(rows);
