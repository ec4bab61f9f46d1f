// Owns the first look at a batch of mutations: which posts changed, came or went, told in one crossing instead of dozens.
// Never reads a post, never writes.
//
// Selectors with `:has` are dear, so each record costs one search upwards at most, and records of one post, which come one after
// another, cost one in all. `hosts` holds what is Kibitz's own on the page.
var KibitzBatch = (hosts) => {
  /** The outermost container that a changed node stands in, if it is still on the page. */
  function enclosing(node, containers) {
    let found;
    let at = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    while ((at = at?.closest(containers))) {
      found = at;
      at = at.parentElement;
    }
    return found?.isConnected ? found : undefined;
  }

  /** A badge that comes is no change of the post. */
  const isOwn = ({ addedNodes, removedNodes }) =>
    addedNodes.length > 0 && removedNodes.length === 0 && [...addedNodes].every((node) => hosts.has(node));

  /** The members of a list of selectors; the list that was asked for last is kept. */
  let [list, members] = ["", []];
  function membersOf(containers) {
    if (containers !== list) {
      members = [""];
      let depth = 0;
      for (const character of containers) {
        depth += "([".includes(character) ? 1 : ")]".includes(character) ? -1 : 0;
        if (character === "," && depth === 0) members.push("");
        else members[members.length - 1] += character;
      }
      list = containers;
    }
    return members;
  }

  /** All containers in a node, in its order. One by one the members of a list cost a tenth of the list, and mostly one finds all. */
  function allIn(node, containers) {
    let found = [];
    for (const member of membersOf(containers)) {
      const more = node.querySelectorAll(member);
      if (more.length > 0 && found.length > 0) return node.querySelectorAll(containers);
      if (more.length > 0) found = more;
    }
    return found;
  }

  /** Takes the containers in a node that stands in none: itself, or all in it that stand in no other. */
  function postsIn(node, containers, take) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(containers)) {
      take(node);
      return;
    }
    let last;
    for (const found of allIn(node, containers)) {
      if (last?.contains(found)) continue;
      last = found;
      take(found);
    }
  }

  /** `[touched, gone]`: containers that came or in which something changed, and containers that are no longer on the page. */
  return (records, containers) => {
    const touched = new Set();
    const gone = new Set();
    let container;
    let outside;
    let searched;
    for (const record of records) {
      const { target } = record;
      if (container?.contains(target)) continue;
      if (target !== outside) {
        const found = enclosing(target, containers);
        if (found) {
          if (!isOwn(record)) {
            touched.add(found);
            container = found;
          }
          continue;
        }
        outside = target;
      }
      for (const node of record.addedNodes) {
        // A page that is being parsed tells of every element by itself, from the outside in.
        if (searched?.contains(node)) continue;
        searched = node;
        // What came and went in one batch would be kept by nobody who takes it away.
        postsIn(node, containers, (post) => post.isConnected && touched.add(post));
      }
      for (const node of record.removedNodes) postsIn(node, containers, (post) => post.isConnected || gone.add(post));
    }
    return [[...touched], [...gone]];
  };
};
