/** Interval bars: whisker from low to high, a dot at the rate, an upright mark at break-even. */
import { tick } from "../core/format.js";
import { html } from "../core/html.js";
import { text } from "../core/i18n.js";

const WIDTH = 200;
const MARGIN = 6;
/* Tops of a scale whose half is a round number too. */
const STEPS = [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2, 0.3, 0.4, 0.6, 1];
/* A wider interval says little; it must not squeeze the others, so it may leave the scale. */
const WIDE = 0.1;
const FAR = 1.5;

/** One scale for all bars of a table, from 0 to a round number. */
export function scaleFor(items, evens) {
  const known = items.filter(({ interval }) => interval);
  const sure = known.filter(({ interval }) => interval.high - interval.low <= WIDE);
  const high = Math.max(0, ...(sure.length ? sure : known).map(({ interval }) => interval.high));
  /* A break-even rate far off is a number in its column; the bars need the room. */
  const highest = Math.max(high, ...evens.filter((even) => even > 0 && even <= FAR * high));
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
  const { low, high } = interval;
  const end = high > max ? "" : `M${x(high)} 6v8`;
  return html`<svg class="whisker whisker-${flag || "plain"}" viewBox="0 0 ${WIDTH} 20" aria-hidden="true">
    <title>${text("manager.js.chart", { max: tick(max) })}</title>
    <path class="whisker-base" d="M${x(0)} 10H${x(max)}"/>
    <path class="whisker-range" d="M${x(low)} 6v8M${x(low)} 10H${x(high)}${end}"/>
    <circle class="whisker-rate" cx=${x(rate)} cy="10" r="4"/>
    <path class="whisker-even" d=${even > 0 && even <= max ? `M${x(even)} 1v18` : ""} />
  </svg>`;
}
