// Which page an address names. Addresses are plain paths; the server gives index.html for each.

const ROUTES = [
  [/^\/(?:jobs\/?)?$/, "jobs", () => import("./jobs.js")],
  [/^\/jobs\/([^/]+)\/?$/, "jobs", () => import("./job.js")],
  [/^\/import\/?$/, "import", () => import("./import.js")],
  [/^\/snapshots\/?$/, "snapshots", () => import("./snapshots.js")],
  [/^\/insight\/?$/, "insight", () => import("./insight.js")],
  [/^\/insight\/record\/?$/, "insight", () => import("./record.js")],
  [/^\/schedules\/?$/, "schedules", () => import("./schedules.js")],
  [/^\/settings\/?$/, "settings", () => import("./settings.js")],
  [/^\/approvals\/?$/, "approvals", () => import("./approvals.js")],
  [/^\/keys\/?$/, "settings", () => import("./keys.js")],
  [/^\/accounts\/([^/]+)\/expiring\/?$/, "accounts", () => import("./expiring.js")],
  [/^\/accounts\/?$/, "accounts", () => import("./accounts.js")],
];

/** The route of the present address, or null. */
export function route() {
  for (const [pattern, section, load] of ROUTES) {
    const match = pattern.exec(location.pathname);
    if (match) return found(section, load, match.slice(1));
  }
  return null;
}

// An address that was cut within a letter names nothing.
function found(section, load, parts) {
  try {
    return { section, load, params: parts.map(decodeURIComponent) };
  } catch {
    return null;
  }
}
