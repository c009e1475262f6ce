// Figures, days and moments as people read them. Decimals are texts from end to end: none becomes a float.

/** How an organization writes: language and country, the currency of its amounts, its time zone. */
export interface Manner {
  locale: string;
  currency: string | null;
  timeZone: string;
}

interface Marks {
  decimal: string;
  group: string;
}

/** English, written as the country does. */
export function localeOf(country: string | null): string {
  try {
    return Intl.getCanonicalLocales(country ? `en-${country}` : "en")[0] ?? "en";
  } catch {
    return "en";
  }
}

const marksOf = remembered((locale: string): Marks => {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const mark = (type: string, other: string) => parts.find((part) => part.type === type)?.value ?? other;
  return { decimal: mark("decimal", "."), group: mark("group", "") };
});

const placesOf = remembered((currency: string): number => {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
});

/** `1234567.8901` as `1,234,567.8901`: every digit, with the marks of the locale. */
export function decimal(text: string, locale: string): string {
  const { decimal, group } = marksOf(locale);
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? [];
  if (whole === "") return text;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return (sign && "−") + grouped + (fraction && decimal + fraction);
}

/** Rounded half up, away from zero, to so many places; zeros are filled up. */
export function rounded(text: string, places: number): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? [];
  const digits = BigInt(whole + fraction.padEnd(places, "0").slice(0, places));
  const isUp = fraction.charAt(places) >= "5";
  const all = (digits + (isUp ? 1n : 0n)).toString().padStart(places + 1, "0");
  const isZero = /^0+$/.test(all);
  const cut = all.length - places;
  return (isZero ? "" : sign) + all.slice(0, cut) + (places > 0 ? `.${all.slice(cut)}` : "");
}

/** An amount, rounded to the places of its currency: `1,234.50`. */
export function money(text: string, { currency, locale }: Manner): string {
  return decimal(rounded(text, currency === null ? 2 : placesOf(currency)), locale);
}

/** A price or a cost of one unit: exact, with the places of the currency at least. */
export function cost(text: string, manner: Manner): string {
  const places = manner.currency === null ? 2 : placesOf(manner.currency);
  const fraction = /\.(\d*)$/.exec(text)?.[1] ?? "";
  return decimal(fraction.length > places ? text : rounded(text, places), manner.locale);
}

/** What somebody has typed as the API takes it, or null for what is no number. Nothing is guessed: no groups. */
export function typed(text: string, locale: string): string | null {
  const { decimal } = marksOf(locale);
  const plain = text.trim().replace(/^[−–]/, "-");
  const [, sign = "", whole, fraction = ""] =
    new RegExp(`^(-?)(\\d+)(?:\\${decimal}(\\d*))?$`).exec(plain) ?? [];
  if (whole === undefined) return null;
  return sign + whole.replace(/^0+(?=\d)/, "") + (fraction && `.${fraction}`);
}

/** A decimal as it is typed: with the mark of the locale and without groups. */
export function typeable(text: string, locale: string): string {
  return text.replace(".", marksOf(locale).decimal);
}

const dayFormat = remembered(
  (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }),
);
const momentFormat = remembered((both: string) => {
  const [locale, timeZone] = both.split("|");
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
});

/** `2026-03-02` as the country writes it. A day has no time zone. */
export function day(text: string, locale: string): string {
  const moment = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) ? text : dayFormat(locale).format(moment);
}

/** A moment in the time zone of the organization. */
export function moment(value: Date, { locale, timeZone }: Manner): string {
  return momentFormat(`${locale}|${timeZone}`).format(value);
}

/** Today in the time zone of the organization, `YYYY-MM-DD`. */
export function today(timeZone: string, now = new Date()): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}
