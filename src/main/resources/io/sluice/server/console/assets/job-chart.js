// Rows a second and quota left over time. The library is fetched when there is something to draw.
import { html, nothing } from "/lib/lit-html/lit-html.js";
import { ref } from "/lib/lit-html/directives/ref.js";
import { clock, number, rate, zone } from "./format.js";

const LIBRARY = "/lib/chart.js/dist/chart.umd.js";
const EVERY = 1000;
const WORTH = 10000;
let library = null;

/** The chart of a job that is followed. */
export function jobChart(it) {
  let chart = null;
  let drawn = -EVERY;
  let failed = false;

  async function canvas(element) {
    if (!element) {
      stop();
      return;
    }
    try {
      const Chart = await fetched();
      if (element.isConnected && !chart) chart = new Chart(element, settings(it, element));
    } catch {
      failed = true;
    }
  }

  // A canvas does not follow the stylesheet: it is drawn anew in the other colours.
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  async function recolour() {
    const element = chart?.canvas;
    stop();
    if (element) await canvas(element);
  }
  scheme.addEventListener("change", recolour);

  function stop() {
    chart?.destroy();
    chart = null;
  }

  function refresh() {
    if (!chart || performance.now() - drawn < EVERY) return;
    drawn = performance.now();
    fill(chart.data, it.points);
    chart.update("none");
  }

  return {
    stop: () => {
      scheme.removeEventListener("change", recolour);
      stop();
    },
    view: () => {
      const busy = it.points.filter((point) => point.rate > 0);
      const span = busy.length ? busy.at(-1).at - busy[0].at : 0;
      if (busy.length < 8 || span < WORTH || failed) return nothing;
      refresh();
      const last = it.points.at(-1);
      const best = Math.max(0, ...it.points.map((point) => point.rate ?? 0));
      const words = `${rate(last.rate ?? 0)} now, ${rate(best)} at best${last.quota === null ? "" : `, quota left ${number(last.quota)}`}`;
      return html`<section aria-labelledby="pace"><h2 id="pace">Pace</h2>
        <figure class="chart"><div class="canvas"><canvas ${ref(canvas)} role="img" aria-label=${`Rows a second and quota left over time: ${words}`}></canvas></div>
        <figcaption class="quiet">${words}</figcaption></figure></section>`;
    },
  };
}

function fetched() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = LIBRARY;
    script.onload = () => resolve(globalThis.Chart);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

function fill(data, points) {
  data.labels = points.map((point) => clock(point.at));
  data.datasets[0].data = points.map((point) => point.rate);
  data.datasets[1].data = points.map((point) => point.quota);
}

function settings(it, element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = (title, position, grid) => ({
    position, beginAtZero: true, title: { display: true, text: title, color: colour("--ink-2") },
    ticks: { color: colour("--ink-2"), maxTicksLimit: 5 }, grid: { color: colour("--line"), drawOnChartArea: grid },
  });
  const line = (label, name, yAxisID, dash) => ({
    label, yAxisID, data: [], borderColor: colour(name), backgroundColor: colour(name), borderDash: dash, borderWidth: 2, pointRadius: 0,
  });
  const data = { labels: [], datasets: [line("Rows a second", "--accent", "y", []), line("Quota left", "--invalid", "quota", [5, 4])] };
  fill(data, it.points);
  return {
    type: "line",
    data,
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      plugins: { legend: { labels: { color: colour("--ink"), boxHeight: 1 } } },
      scales: {
        x: { title: { display: true, text: `Time (${zone()})`, color: colour("--ink-2") }, ticks: { color: colour("--ink-2"), maxTicksLimit: 6, maxRotation: 0 }, grid: { display: false } },
        y: axis("Rows a second", "left", true),
        quota: axis("Quota left", "right", false),
      },
    },
  };
}
