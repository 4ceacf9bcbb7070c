// Drives the sandbox with Cloudflare's own TypeScript SDK. Arguments: base URL, account, token.
// Prints one line per resource; exits with 1 and the reason when something is not as expected.
import assert from 'node:assert/strict';
import Cloudflare from 'cloudflare';

const [baseURL, account_id, apiToken] = process.argv.slice(2);
const client = new Cloudflare({ baseURL, apiToken, maxRetries: 0 });
const settings = client.emailSecurity.settings;

const created = {
  allowPolicies: {
    pattern: 'sdk@example.com',
    pattern_type: 'EMAIL',
    is_regex: false,
    is_trusted_sender: true,
    is_exempt_recipient: false,
    is_acceptable_sender: false,
    verify_sender: true,
  },
  blockSenders: { pattern: 'sdk@example.com', pattern_type: 'EMAIL', is_regex: false },
  impersonationRegistry: { name: 'S. D. Kay', email: 'sdk@example.com', is_email_regex: false },
  trustedDomains: {
    pattern: 'sdk.example.com',
    is_regex: false,
    is_recent: true,
    is_similarity: false,
  },
};

async function ids(api) {
  const found = [];
  for await (const record of api.list({ account_id, per_page: 10 })) {
    found.push(record.id);
  }
  return found;
}

async function check(name, edit) {
  const api = settings[name];
  const before = await ids(api);
  assert.equal(before.length, 25, `${name}: listed over three pages`);
  assert.equal(new Set(before).size, 25, `${name}: ids are distinct`);
  let id = before[0];
  if (created[name]) {
    const record = await api.create({ account_id, ...created[name] });
    for (const [field, value] of Object.entries(created[name])) {
      assert.equal(record[field], value, `${name}: created ${field}`);
    }
    id = record.id;
    await assert.rejects(
      api.create({ account_id, ...created[name] }),
      (error) => error instanceof Cloudflare.ConflictError,
    );
  }
  const got = await api.get(id, { account_id });
  assert.equal(got.id, id, `${name}: got`);
  const edited = await api.edit(id, { account_id, ...edit });
  assert.deepEqual({ ...edited, ...edit }, edited, `${name}: edited`);
  const deleted = await api.delete(id, { account_id });
  assert.equal(deleted.id, id, `${name}: deleted`);
  await assert.rejects(
    api.get(id, { account_id }),
    (error) => error instanceof Cloudflare.NotFoundError,
  );
  assert.equal((await ids(api)).length, created[name] ? 25 : 24, `${name}: listed again`);
  console.log(`${name}: as expected`);
}

await check('allowPolicies', { comments: 'edited', verify_sender: false });
await check('blockSenders', { comments: null, is_regex: true });
await check('domains', { folder: 'Inbox', ip_restrictions: ['192.0.2.0/24'] });
await check('impersonationRegistry', { name: 'Sid Kay' });
await check('trustedDomains', { is_similarity: true });

const refused = new Cloudflare({ baseURL, apiToken: 'wrong', maxRetries: 0 });
await assert.rejects(
  refused.emailSecurity.settings.domains.list({ account_id }),
  (error) => error instanceof Cloudflare.AuthenticationError,
);
