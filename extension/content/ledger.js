// Owns the way of observations from the module to the background: takes them as lines when there are enough or an event comes
// anyway, and keeps them until the background says that they are stored. Never stores anything, never sets a timer.
//
// One batch is on its way at a time. One that was not acknowledged, because the background was killed or the page was frozen, is
// sent again under its id: what is stored merges, so nothing is lost or counted twice.
var KibitzLedger = ({ send: sendMessage, ask, soon, whenIdle }) => {
  /** So many observations are taken without waiting for an event. */
  const ENOUGH = 48;
  /** Between two deliveries for the first post of a brand; a message costs the page more than a verdict. */
  const INTERVAL_MS = 1000;
  /** Lines kept at most while nothing can be stored; of more the oldest go. */
  const MOST_LINES = 2000;

  const page = Math.random().toString(36).slice(2);
  let serial = 0;
  /** The key under which the module hashes people; the background hands it over with its first answer. */
  let salt;
  /** Observations that wait in the module. */
  let waiting = 0;
  /** Taken from the module, not sent yet. */
  let next = { lines: [], brands: new Map() };
  /** Sent, not acknowledged yet; `isOut` while an answer is awaited. */
  let batch;
  let isOut = false;
  let isGreeting = false;
  let isAsked = false;
  let isIdleAsked = false;
  /** One of those that wait is the first of a brand, whose record is to be told soon. */
  let isUrgent = false;
  let deliveredAt = 0;

  const isDue = () => Date.now() - deliveredAt >= INTERVAL_MS;

  /** Has `work` called in a task of its own, once. */
  function want() {
    if (isAsked) return;
    isAsked = true;
    soon();
  }

  /** The background's answer; none when it was killed under way, or the extension is gone. */
  const send = (message) => sendMessage(message).catch(() => undefined);

  /** Takes a slice of lines from the module; whether there was any. */
  function take() {
    const lines = salt ? (ask((module) => module.rows(salt)) ?? "").split("\n").slice(0, -1) : [];
    waiting = 0;
    for (const line of lines) {
      if (!line.startsWith("b\t")) next.lines.push(line);
      else {
        const [, room, brand, posts, conversation] = line.split("\t");
        next.brands.set(`${room} ${brand}`, [room, brand, Number(posts), Number(conversation)]);
      }
    }
    next.lines = next.lines.slice(-MOST_LINES);
    return lines.length > 0;
  }

  /** What the ledger knew of these brands before this page, for the module. */
  function tell(records = []) {
    for (const record of records) ask((module) => module.record(...record));
  }

  /** Greets the background once, for the salt. */
  async function greet() {
    if (isGreeting) return;
    isGreeting = true;
    const answer = await send({ kind: "ledger", batch: null, lines: [], brands: [] });
    isGreeting = false;
    salt ??= answer?.salt;
    if (salt) want();
  }

  /** Sends what waits, the unacknowledged first. `isAgain` says that this is the second try in a row. */
  async function deliver(isAgain = false) {
    if (isOut) return;
    if (!batch) {
      if (next.lines.length === 0) return;
      serial += 1;
      batch = { id: `${page}.${serial}`, ...next };
      next = { lines: [], brands: new Map() };
    }
    const { id, lines, brands } = batch;
    isOut = true;
    isUrgent = false;
    deliveredAt = Date.now();
    const answer = await send({ kind: "ledger", batch: id, lines, brands: [...brands.values()] });
    if (batch?.id !== id) return;
    isOut = false;
    if (answer?.ack === id) {
      batch = undefined;
      salt = answer.salt ?? salt;
      tell(answer.records);
      if (next.lines.length > 0) await deliver();
    } else if (!answer && !isAgain) {
      // The background was killed under way: the next message wakes it.
      await deliver(true);
    }
  }

  return {
    /** Counts have changed; so many observations wait in the module. */
    noticed(count, isFirst) {
      waiting = count ?? 0;
      isUrgent ||= isFirst;
      if (waiting >= ENOUGH || (isUrgent && isDue())) want();
    },

    /** A task of its own: takes one slice, and delivers when none was left. */
    work() {
      isAsked = false;
      if (!salt) return greet();
      if (take()) return want();
      return deliver();
    },

    /** An event came anyway: what waits is taken in tasks, once the page has nothing else to do; while it moves there is more to come. */
    settle() {
      if (isIdleAsked || (waiting === 0 && next.lines.length === 0 && !batch)) return;
      isIdleAsked = true;
      whenIdle(() => {
        isIdleAsked = false;
        want();
      });
    },

    /** Has the brand's card opened beside the page, once what was seen of it is stored; the module is at work until this task ends. */
    async showCard(room, brand) {
      await null;
      await this.leave();
      send({ kind: "card", room, brand });
    },

    /** The page may be gone with this event: everything goes out at once. */
    leave() {
      while (take());
      if (isOut) {
        // What is on its way may be answered to nobody; sending it again does no harm.
        next = { lines: [...batch.lines, ...next.lines], brands: new Map([...batch.brands, ...next.brands]) };
        batch = undefined;
        isOut = false;
      }
      return deliver();
    },
  };
};
