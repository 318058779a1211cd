/** Interval bars: whisker from low to high, a dot at the rate, an upright mark at break-even. */
import { tick } from "../core/format.js";
import { html } from "../core/html.js";
import { text } from "../core/i18n.js";

const WIDTH = 200;
const MARGIN = 6;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1];

/** One scale for all bars of a table, from 0 to a round number above every value. */
export function scaleFor(values) {
  const highest = Math.max(0, ...values.filter((value) => value > 0));
  const max = STEPS.find((step) => step >= highest) ?? 1;
  return { max, x: (value) => MARGIN + (Math.min(value, max) / max) * (WIDTH - 2 * MARGIN) };
}

/** The ticks of the scale, for the head of the column. */
export function axis({ max, x }) {
  return html`<svg class="axis" viewBox="0 0 ${WIDTH} 16" aria-hidden="true">
    <text x=${x(0)} y="12">0</text>
    <text class="mid" x=${x(max / 2)} y="12">${tick(max / 2)}</text>
    <text class="end" x=${x(max)} y="12">${tick(max)}</text>
  </svg>`;
}

/** The bar of one row. Hidden from screen readers: the numbers stand beside it. */
export function whisker({ rate, interval, flag }, even, { max, x }) {
  if (!interval) return null;
  return html`<svg class="whisker whisker-${flag || "plain"}" viewBox="0 0 ${WIDTH} 20" aria-hidden="true">
    <title>${text("manager.js.chart", { max: tick(max) })}</title>
    <path class="whisker-base" d="M${x(0)} 10H${x(max)}"/>
    <path class="whisker-range" d="M${x(interval.low)} 6v8M${x(interval.low)} 10H${x(interval.high)}M${x(interval.high)} 6v8"/>
    <circle class="whisker-rate" cx=${x(rate)} cy="10" r="4"/>
    ${even > 0 && even <= max && html`<path class="whisker-even" d="M${x(even)} 1v18"/>`}
  </svg>`;
}
