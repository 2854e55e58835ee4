/**
 * The diary's store: IndexedDB on this device, and nothing else. Every change is one transaction: all of it is written or
 * none. Where the browser gives no storage, the store keeps the diary in memory and `problem` says so.
 */

import { VERSION, upgradeEntry } from "./entries.js";

/** Why something could not be kept, in words for the reader. */
class StoreError extends Error {
  /** @param {"full"|"conflict"|"closed"|"failed"} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const MESSAGES = {
  full: "This device has no room left, so this was not saved. Nothing else was lost. Free some space, then save again.",
  conflict: "Another tab changed this night in the meantime. What it saved is in the list now. Save again to put this in its place.",
  closed: "A newer version of this page is open in another tab. Copy what you typed, then reload.",
  failed: "The browser could not save this. Nothing else was lost. Try again, or export your diary and reload.",
  memory: "This browser gives us no place to keep a diary. It may be a private window, or storage is turned off. You can write, but all of it goes when you close the page. Export a file to keep it.",
  newer: "Your diary was saved by a newer version of this page. It is safe, but nothing can be added to it here. Reload while you are online.",
  slow: "The browser does not open your diary. Close other tabs of this site, then reload. What you write before that goes when you close the page.",
  gone: "Your diary was changed or removed outside this page. Copy what you typed, then reload.",
};

const PATIENCE = 5000; // milliseconds for the browser to open the diary: a broken one may never answer

const NAME = "restless-legs-diary";
const KEYS = { nights: "night", trials: "id" };

/** One step for each version of the database. A step never changes once it is published; a new version adds one. */
const UPGRADES = [
  (database) => {
    database.createObjectStore("nights", { keyPath: "night" });
  },
  (database, transaction) => {
    database.createObjectStore("trials", { keyPath: "id" });
    transaction.objectStore("nights").openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      cursor.update(upgradeEntry(cursor.value));
      cursor.continue();
    };
  },
];

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/**
 * Opens the database at a version. Exported for the test of the migration.
 * @param {number} [version]
 * @returns {Promise<IDBDatabase>}
 */
export function openDatabase(version = VERSION) {
  const request = indexedDB.open(NAME, version);
  request.onupgradeneeded = ({ oldVersion }) => {
    for (const upgrade of UPGRADES.slice(oldVersion, version)) upgrade(request.result, request.transaction);
  };
  return done(request);
}

/**
 * Opens the diary.
 * @returns {Promise<Store>}
 */
export async function openStore() {
  const store = new Store();
  try {
    const opening = openDatabase();
    opening.then((database) => { if (store.problem) database.close(); }, () => {}); // too late: it must not hold up other tabs
    store.database = await Promise.race([
      opening,
      new Promise((_, reject) => setTimeout(reject, PATIENCE, new StoreError("failed", MESSAGES.slow))),
    ]);
    store.database.onversionchange = ({ newVersion }) => {
      store.removed = newVersion === null;
      store.database.close();
    };
    store.database.onclose = () => { store.removed = true; }; // the reader cleared it in the browser's settings
    await store.load();
  } catch (error) {
    store.database = null;
    store.problem = error instanceof StoreError ? error.message : error?.name === "VersionError" ? MESSAGES.newer : MESSAGES.memory;
  }
  return store;
}

/** @typedef {{kind: "nights"|"trials", key: string, record: ?object, rev: ?number}} Edit `record` null: remove it; `rev`:
 *  the version that the reader saw (0: none), so that two tabs cannot overwrite each other; left out: whatever is there */

class Store {
  constructor() {
    this.data = { nights: new Map(), trials: new Map() };
    this.problem = "";
    this.removed = false;
    this.listeners = [];
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
    this.channel?.addEventListener("message", async () => {
      try {
        if (!this.database) return; // kept in memory: each tab has its own
        await this.load();
      } catch {
        return; // a newer page has closed the database: saving here says so
      }
      this.tell(true);
    });
  }

  /** @returns {Array<import("./entries.js").Entry>} oldest first */
  nights() {
    return [...this.data.nights.values()].sort((a, b) => (a.night < b.night ? -1 : 1));
  }

  /** @returns {Array<import("./entries.js").Trial>} */
  trials() {
    return [...this.data.trials.values()].sort((a, b) => (a.start < b.start ? -1 : 1));
  }

  /** @param {(elsewhere: boolean) => void} listener called after each change, here or in another tab */
  onChange(listener) {
    this.listeners.push(listener);
  }

  tell(elsewhere) {
    for (const listener of this.listeners) listener(elsewhere);
  }

  /** Reads everything again from the database. */
  async load() {
    const transaction = this.database.transaction(Object.keys(KEYS));
    for (const [kind, key] of Object.entries(KEYS)) {
      const records = await done(transaction.objectStore(kind).getAll());
      this.data[kind] = new Map(records.map((record) => [record[key], record]));
    }
  }

  /**
   * Makes some edits, all or none.
   * @param {Edit[]} edits
   * @returns {Promise<Edit[]>} the edits that undo these
   * @throws {StoreError}
   */
  async change(edits) {
    if (this.problem === MESSAGES.newer) throw new StoreError("closed", MESSAGES.newer);
    const turned = this.database ? await this.write(edits) : edits.map((edit) => turn(edit, this.data[edit.kind].get(edit.key)));
    for (const [{ kind, key, record }] of turned) {
      if (record) this.data[kind].set(key, record);
      else this.data[kind].delete(key);
    }
    this.channel?.postMessage("changed");
    this.tell(false);
    return turned.map(([, undo]) => undo);
  }

  async write(edits) {
    let transaction;
    try {
      transaction = this.database.transaction(Object.keys(KEYS), "readwrite");
      const ended = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      ended.catch(() => {});
      const turned = [];
      for (const edit of edits) {
        const box = transaction.objectStore(edit.kind);
        const [kept, undo] = turn(edit, await done(box.get(edit.key)));
        turned.push([kept, undo]);
        if (kept.record) box.put(kept.record);
        else box.delete(kept.key);
      }
      await ended;
      return turned;
    } catch (error) {
      try {
        transaction?.abort();
      } catch { /* it has ended already */ }
      if (error instanceof StoreError) {
        if (error.code === "conflict") {
          await this.load().catch(() => {}); // what is shown stays as it was: the conflict itself is told
          this.tell(true);
        }
        throw error;
      }
      const code = { QuotaExceededError: "full", InvalidStateError: "closed" }[(transaction?.error ?? error)?.name] ?? "failed";
      throw new StoreError(code, MESSAGES[code === "closed" && this.removed ? "gone" : code]);
    }
  }
}

/** Checks that an edit still fits what is there. Returns it with its version counted up, and the edit that undoes it. */
function turn(edit, there) {
  if (edit.rev !== undefined && edit.rev !== (there?.rev ?? 0)) throw new StoreError("conflict", MESSAGES.conflict);
  return [
    { ...edit, record: edit.record && { ...edit.record, rev: (there?.rev ?? 0) + 1 } },
    { kind: edit.kind, key: edit.key, record: there ?? null },
  ];
}
