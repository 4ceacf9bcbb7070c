// What time it is, as the service knows it: the clock of this machine may be wrong by hours.

const APART = 60000;
let ahead = 0;

/** Takes note of what the service says the time is, in the header of an answer. */
export function serviceSays(date) {
  const said = Date.parse(date ?? "");
  if (Number.isNaN(said)) return;
  const difference = said - Date.now();
  // An answer takes its time, and clocks are never quite alike.
  ahead = Math.abs(difference) > (ahead ? APART / 2 : APART) ? difference : 0;
}

/** The time, in milliseconds. */
export const now = () => Date.now() + ahead;
