// Creates the block senders of a JSONL file with the official SDK, so many calls at a time.
import { readFileSync } from 'node:fs';
import Cloudflare from 'cloudflare';

const client = new Cloudflare({
  apiToken: process.env.CLOUDFLARE_API_TOKEN,
  baseURL: process.env.CLOUDFLARE_BASE_URL,
});
const lines = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n');
let next = 0;
async function work() {
  while (next < lines.length) {
    const row = JSON.parse(lines[next++]);
    await client.emailSecurity.settings.blockSenders.create({
      account_id: process.env.CLOUDFLARE_ACCOUNT_ID,
      ...row,
    });
  }
}
await Promise.all(Array.from({ length: Number(process.argv[3]) }, work));
console.log(next);
