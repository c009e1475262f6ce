import assert from "node:assert/strict";
import { test } from "node:test";
import { cost, day, decimal, localeOf, moment, money, rounded, today, typeable, typed } from "../src/format.ts";

const US = { locale: "en-US", currency: "USD", timeZone: "America/New_York" };
const DE = { locale: "en-DE", currency: "EUR", timeZone: "Europe/Berlin" };

test("every digit of a decimal is shown, with the marks of the country", () => {
  assert.equal(decimal("123456789012.123456", "en-US"), "123,456,789,012.123456");
  assert.equal(decimal("-1234.5", "en-US"), "−1,234.5");
  assert.equal(decimal("1234.5", "en-DE"), "1.234,5");
  assert.equal(decimal("999", "en-US"), "999");
  assert.equal(decimal("no number", "en-US"), "no number");
});

test("amounts are rounded half up, away from zero, without a float in between", () => {
  assert.equal(rounded("1.005", 2), "1.01");
  assert.equal(rounded("-1.005", 2), "-1.01");
  assert.equal(rounded("0.999999", 2), "1.00");
  assert.equal(rounded("-0.001", 2), "0.00");
  assert.equal(rounded("123456789012.995", 2), "123456789013.00");
  assert.equal(rounded("2.5", 0), "3");
  assert.equal(rounded("7", 2), "7.00");
});

test("an amount has the places of its currency", () => {
  assert.equal(money("1234.565", US), "1,234.57");
  assert.equal(money("1234.5", { ...US, currency: "JPY" }), "1,235");
  assert.equal(money("1.2345", { ...US, currency: "KWD" }), "1.235");
  assert.equal(money("1.5", { ...US, currency: null }), "1.50");
});

test("a price is exact, and has the places of the currency at least", () => {
  assert.equal(cost("0.0034", US), "0.0034");
  assert.equal(cost("6.5", US), "6.50");
  assert.equal(cost("3", DE), "3,00");
});

test("what is typed is taken as it is meant, or not at all", () => {
  assert.equal(typed("1.50", "en-US"), "1.50");
  assert.equal(typed(" 007 ", "en-US"), "7");
  assert.equal(typed("-3", "en-US"), "-3");
  assert.equal(typed("1,5", "en-DE"), "1.5");
  // In one country a thousand, in another one and a half: nobody guesses.
  assert.equal(typed("1,500", "en-US"), null);
  assert.equal(typed("1.500", "en-DE"), null);
  for (const text of ["", "x", "1e3", ".", "1.2.3", "٣", "0x10", "Infinity"]) assert.equal(typed(text, "en-US"), null);
});

test("what is there is typed back as the same", () => {
  for (const locale of ["en-US", "en-DE", "en-CH", "en"]) {
    for (const text of ["0.000001", "123456789012.123456", "-4.5", "12"]) {
      assert.equal(typed(typeable(text, locale), locale), text);
    }
  }
});

test("a day is the same everywhere, a moment is that of the organization", () => {
  assert.equal(day("2026-03-02", "en-US"), "Mar 2, 2026");
  assert.equal(day("2026-03-02", "en-GB"), "2 Mar 2026");
  const late = new Date("2026-03-02T03:30:00Z");
  assert.match(moment(late, US), /^Mar 1, 2026, 10:30\sPM$/u);
  assert.equal(today("America/New_York", late), "2026-03-01");
  assert.equal(today("Asia/Tokyo", late), "2026-03-02");
});

test("a country that is none is written in plain English", () => {
  assert.equal(localeOf("US"), "en-US");
  assert.equal(localeOf(null), "en");
  assert.equal(localeOf("!!"), "en");
});
