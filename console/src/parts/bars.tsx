// A simple chart: a bar for each row, beside its name and its figure. Screen readers have the figures.
import { Decimal } from "pharus-client";
import { TEXTS } from "../texts.ts";

interface BarsProps {
  rows: readonly { label: string; value: string }[];
  show: (value: string) => string;
}

export function Bars({ rows, show }: BarsProps) {
  if (rows.length === 0) return <p class="empty">{TEXTS.table.empty}</p>;
  const most = rows.reduce((found, { value }) => Decimal.max(found, new Decimal(value).abs()), new Decimal(0));
  // Only a length on the screen: here a float is good enough.
  const part = (value: string) => (most.isZero() ? 0 : new Decimal(value).abs().div(most).times(100).toNumber());
  return (
    <ul class="bars">
      {rows.map(({ label, value }) => (
        <li key={label}>
          <span>{label}</span>
          <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
            <rect width={part(value)} height="10" />
          </svg>
          <span class="number">{show(value)}</span>
        </li>
      ))}
    </ul>
  );
}
