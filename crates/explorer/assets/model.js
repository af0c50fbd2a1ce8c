/**
 * The parameters that the page edits. Unset (absent), empty (`""`, `[]`, `{}`) and null are different states.
 */

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {(string | number)[]} Path names of members and indexes of items, from the root
 */

/** Event after a change of a value. */
export class Change extends Event {
  /**
   * @param {Path} path
   * @param {unknown} origin the view that made the change, so that it can ignore the event
   */
  constructor(path, origin) {
    super("change");
    this.path = path;
    this.origin = origin;
  }
}

/** The parameters of a call. Fires {@link Change} after each change. */
export class Model extends EventTarget {
  /** @type {Map<string, Value>} */
  root = new Map();

  /**
   * @param {Path} path
   * @returns {Value | undefined} undefined if unset
   */
  get(path) {
    /** @type {Value | undefined} */
    let value = this.root;
    for (const key of path) value = child(value, key);
    return value;
  }

  /**
   * Sets a value. Creates missing parents.
   * @param {Path} path
   * @param {Value} value
   * @param {unknown} [origin]
   */
  set(path, value, origin) {
    /** @type {Value} */
    let parent = this.root;
    path.forEach((key, index) => {
      const isLast = index === path.length - 1;
      const known = child(parent, key);
      const next = isLast ? value : fitting(known, path[index + 1]);
      if (parent instanceof Map) parent.set(String(key), next);
      else if (Array.isArray(parent)) parent[Math.min(Number(key), parent.length)] = next;
      parent = next;
    });
    this.changed(path, origin);
  }

  /**
   * Removes a member, and its parents that become empty, up to an item of a list.
   * @param {Path} path
   * @param {unknown} [origin]
   */
  unset(path, origin) {
    for (let length = path.length; length > 0; length -= 1) {
      const parent = this.get(path.slice(0, length - 1));
      const key = path[length - 1];
      if (!(parent instanceof Map) || typeof key !== "string") break;
      parent.delete(key);
      if (parent.size > 0) break;
    }
    this.changed(path, origin);
  }

  /**
   * Inserts an item into a list. Creates the list if it is unset.
   * @param {Path} path of the list
   * @param {number} index
   * @param {Value} value
   * @param {unknown} [origin]
   */
  insert(path, index, value, origin) {
    const list = this.get(path);
    if (Array.isArray(list)) {
      list.splice(index, 0, value);
      this.changed(path, origin);
    } else this.set(path, [value], origin);
  }

  /**
   * Inserts a copy of an item after it.
   * @param {Path} path of the list
   * @param {number} index
   * @param {unknown} [origin]
   */
  duplicate(path, index, origin) {
    const item = this.get([...path, index]);
    if (item !== undefined) this.insert(path, index + 1, clone(item), origin);
  }

  /**
   * Removes an item of a list.
   * @param {Path} path of the list
   * @param {number} index
   * @param {unknown} [origin]
   */
  remove(path, index, origin) {
    const list = this.get(path);
    if (Array.isArray(list)) list.splice(index, 1);
    this.changed(path, origin);
  }

  /**
   * Moves an item of a list.
   * @param {Path} path of the list
   * @param {number} from
   * @param {number} to
   * @param {unknown} [origin]
   */
  move(path, from, to, origin) {
    const list = this.get(path);
    if (Array.isArray(list) && from in list && to in list) list.splice(to, 0, ...list.splice(from, 1));
    this.changed(path, origin);
  }

  /**
   * Replaces all parameters.
   * @param {Map<string, Value>} root
   * @param {unknown} [origin]
   */
  replace(root, origin) {
    this.root = root;
    this.changed([], origin);
  }

  /**
   * @param {Path} path
   * @param {unknown} origin
   */
  changed(path, origin) {
    this.dispatchEvent(new Change(path, origin));
  }
}

/**
 * Returns a member or an item of a value.
 * @param {Value | undefined} value
 * @param {string | number} key
 */
function child(value, key) {
  if (value instanceof Map) return value.get(String(key));
  return Array.isArray(value) ? value[Number(key)] : undefined;
}

/**
 * Returns a value that can contain a key: the existing one, or a new one.
 * @param {Value | undefined} known
 * @param {string | number | undefined} key
 */
function fitting(known, key) {
  if (typeof key === "number") return Array.isArray(known) ? known : [];
  return known instanceof Map ? known : new Map();
}

/**
 * Returns a deep copy of a value.
 * @param {Value} value
 * @returns {Value}
 */
function clone(value) {
  if (Array.isArray(value)) return value.map(clone);
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, clone(item)]));
  return value;
}
