/** The middle value; the mean of both where there are two. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
}

/**
 * Tells one comparison, as a line of JSON that `cargo xtask bench` reads. `group`: one of those in
 * crates/xtask/src/bench/comparison.rs. `what`: what was measured, by language. `peer`: name and version. `ours` and `theirs`:
 * figures in `unit`. `ratio`: how many times better ours is. `goal`: how many times better it shall be; absent: it is only told.
 */
export function tell({ group, what, peer, unit, ours, theirs, ratio, goal }) {
  for (const lang of ['en', 'zh-CN']) if (!what[lang]) throw new Error(`no words in ${lang} for ${JSON.stringify(what)}`);
  console.log(JSON.stringify({ group, what, peer, unit, ours, theirs, ratio, goal }));
}
