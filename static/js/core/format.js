/** Numbers, dates and names as this page's language writes them. */
import { locale } from "./i18n.js";

const whole = new Intl.NumberFormat(locale);
const places = (digits) => new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits });
const share = places(1);
const small = places(2);
const scale = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const minute = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const monthYear = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
const calendarDay = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
const regions = new Intl.DisplayNames(locale, { type: "region" });

export const count = (value) => whole.format(value);
/** A share: 8.1 %, below one percent 0.43 %; a dash where there is none. */
export const percent = (value) => (value === null || value === undefined ? "–" : (value > 0 && value < 0.01 ? small : share).format(value));
/** An amount in the currency's smallest unit: 1234 USD is $12.34, 1234 JPY is ¥1,234. */
export function money(minor, currency) {
  const written = new Intl.NumberFormat(locale, { style: "currency", currency });
  return written.format(minor / 10 ** written.resolvedOptions().maximumFractionDigits);
}
/** A probability, which is never told to be none or certain. */
export const chance = (value) => (value > 0 && value < 0.0001 ? `< ${small.format(0.0001)}` : value > 0.9999 ? `> ${small.format(0.9999)}` : percent(value));
/** A share for the ticks of a scale: 5 %, 2.5 %. */
export const tick = (value) => scale.format(value);
export const date = (stamp) => day.format(new Date(stamp));
export const time = (stamp) => minute.format(new Date(stamp));
/** "2026-05-17" as a day of the calendar, the same wherever it is read. */
export const calendar = (value) => calendarDay.format(new Date(`${value}T00:00:00Z`));
/** "2026-05" as May 2026. */
export const month = (value) => monthYear.format(new Date(`${value.slice(0, 7)}-01T00:00:00Z`));

/** The name of an ISO 3166 country; the code itself where the browser has none. */
export function country(code) {
  try {
    return regions.of(code);
  } catch {
    return code;
  }
}
