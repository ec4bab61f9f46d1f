//! Owns the statistics of the bench: medians, paired ratios with bootstrap intervals; never measures.

import { random } from '../posts.mjs';

export const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** The value below which a share `p` of `list` lies. */
export const quantile = (list, p) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(p * list.length))];

/** The median of paired values with its 95 % interval by percentile bootstrap (2,000 draws, fixed seed). */
export function paired(values) {
  const next = random(5);
  const draws = Array.from({ length: 2000 }, () => median(values.map(() => values[Math.floor(next() * values.length)])));
  return { median: median(values), low: quantile(draws, 0.025), high: quantile(draws, 0.975) };
}

/** "1.23 (1.10–1.41)". */
export const withInterval = ({ median: m, low, high }, digits = 2) => `${m.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
