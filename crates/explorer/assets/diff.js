/**
 * Line diff of two texts.
 */

/** @typedef {{sign: " " | "-" | "+", line: string}} DiffLine */

/** Maximum number of cells in the table of common lines. Above it, all lines between the equal ends differ. */
const CELLS = 4_000_000;

/**
 * Compares two texts line by line.
 * @param {string} before
 * @param {string} after
 * @returns {DiffLine[]}
 */
export function diff(before, after) {
  const old = before.split("\n");
  const fresh = after.split("\n");
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return [
    ...old.slice(0, start).map((line) => diffLine(" ", line)),
    ...middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...old.slice(old.length - end).map((line) => diffLine(" ", line)),
  ];
}

/**
 * @param {DiffLine["sign"]} sign
 * @param {string} line
 * @returns {DiffLine}
 */
const diffLine = (sign, line) => ({ sign, line });

/**
 * Compares lines by their longest common subsequence.
 * @param {string[]} old
 * @param {string[]} fresh
 */
function middle(old, fresh) {
  const removed = old.map((line) => diffLine("-", line));
  const added = fresh.map((line) => diffLine("+", line));
  const width = fresh.length + 1;
  if (!old.length || !fresh.length || old.length * width > CELLS) return [...removed, ...added];

  // lengths[i * width + j] is the length of the longest common subsequence of old[i..] and fresh[j..].
  const lengths = new Uint32Array((old.length + 1) * width);
  const length = (/** @type {number} */ i, /** @type {number} */ j) => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        old[i] === fresh[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));

  /** @type {DiffLine[]} */
  const lines = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      lines.push(diffLine(" ", old[i] ?? ""));
      i += 1;
      j += 1;
    } else if (length(i + 1, j) >= length(i, j + 1)) lines.push(diffLine("-", old[i++] ?? ""));
    else lines.push(diffLine("+", fresh[j++] ?? ""));
  }
  return [...lines, ...removed.slice(i), ...added.slice(j)];
}
