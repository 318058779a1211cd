/**
 * Texts of this page's language, baked into the page by the daemon as
 * <script type="application/json" id="texts">: i18next v4 JSON with flat keys.
 */
export const locale = globalThis.document?.documentElement.lang || "en";

/**
 * A text() over a catalogue. With a `count` the plural form of the language is
 * chosen (key_one, key_other); numbers are written as the language does.
 */
export function catalogue(texts, language) {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  const show = (value) => (typeof value === "number" ? number.format(value) : String(value));

  return function text(key, values = {}) {
    const found = (typeof values.count === "number" && texts[`${key}_${plural.select(values.count)}`])
      || texts[key] || texts[`${key}_other`];
    return (found ?? key).replace(/\{\{(\w+)\}\}/g, (hole, name) => (name in values ? show(values[name]) : hole));
  };
}

const element = globalThis.document?.getElementById("texts");
const texts = element ? JSON.parse(element.textContent) : {};

/** The text of a key of this page. */
export const text = catalogue(texts, locale);
/** Whether the page has the text, for codes that may be newer than the page. */
export const has = (key) => key in texts;
/** The text of a code ("reason", "doa"); an unknown code is shown as words. */
export const label = (section, code) => (has(`${section}.${code}`) ? text(`${section}.${code}`) : String(code ?? "").replaceAll("_", " "));
