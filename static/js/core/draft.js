/** What was typed and not yet sent, kept on this device for a week. */
const DAYS = 7;

/** A kept value by name. Storage may be missing or full: then nothing is kept. */
export function draft(name, storage = () => globalThis.localStorage) {
  return {
    read() {
      try {
        const { at, value } = JSON.parse(storage().getItem(name)) ?? {};
        return at > Date.now() - DAYS * 86400000 ? value : null;
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        storage().setItem(name, JSON.stringify({ at: Date.now(), value }));
      } catch { /* the page works without */ }
    },
    forget() {
      try {
        storage().removeItem(name);
      } catch { /* there was nothing to forget */ }
    },
  };
}
