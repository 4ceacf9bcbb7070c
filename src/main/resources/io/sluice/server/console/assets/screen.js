// What is drawn, when, and what is said to people who listen instead of looking.

import { count } from "./format.js";

const QUIET = 5000;
let draw = () => {};
let asked = false;
let said = -QUIET;
let next = null;
let timer = null;

/** Sets what draws the whole screen. */
export function drawWith(painter) {
  draw = painter;
}

/** Has the screen drawn again soon; many calls at once draw it once. */
export function update() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    draw();
  });
}

/** Says something through the live region; at most every five seconds, the newest alone. */
export function announce(text) {
  next = text;
  // Not by the time of day, which may be set back.
  const rest = said + QUIET - performance.now();
  clearTimeout(timer);
  timer = setTimeout(speak, Math.max(0, rest));
}

/** Says how many there are now that something else was asked for: whoever listens does not see the list change. */
export const announceFound = (shown, noun, more) => announce(shown ? `${count(shown, noun)} shown${more ? ", and there are more" : ""}.` : `No ${noun} matches.`);

function speak() {
  said = performance.now();
  document.getElementById("announcer").textContent = next;
}

/** How many rows a list shows at once: fewer on a phone, where each is a card. */
export const pageSize = (onPhone = 10) => (matchMedia("(max-width: 44rem)").matches ? onPhone : 25);

/**
 * Calls something again and again while the page can be seen, and as soon as it can be seen again.
 * Gives back what ends it.
 */
export function every(milliseconds, action) {
  let last = Date.now();
  const act = () => {
    if (document.hidden) return;
    last = Date.now();
    action();
  };
  // By the time of day: other clocks stand still while the machine sleeps. It may have been set back.
  const seen = () => Math.abs(Date.now() - last) >= milliseconds && act();
  const ticking = setInterval(act, milliseconds);
  document.addEventListener("visibilitychange", seen);
  return () => {
    clearInterval(ticking);
    document.removeEventListener("visibilitychange", seen);
  };
}

/** Calls the action once the calls have stopped for a while. */
export function settled(action, milliseconds = 300) {
  let pending = null;
  return (...values) => {
    clearTimeout(pending);
    pending = setTimeout(() => action(...values), milliseconds);
  };
}
