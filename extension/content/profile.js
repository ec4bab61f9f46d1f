// Owns the words and the place of the line at the head of a brand's own page. Never decides what is said, never keeps anything.
var KibitzProfile = (i18n) => {
  const word = (key, ...parts) => i18n.getMessage(key, parts.map(String));
  /** Between the name and the line, CSS pixels. */
  const GAP_PX = 8;
  /** Beside the name fewer pixels than this hold no word. */
  const LEAST_WIDTH_PX = 48;

  /**
   * Puts the line, which hangs from `host` in `name`, right after the name's last line of text; whether there is room. Neither
   * takes part in the page's layout, so that nothing moves. `call` is "broadcast", "conversation" or empty; shares and their interval are those of broadcast, 0 to 1.
   */
  return (name, host, line, call, posts, ...shares) => {
    const [share, ...range] = shares.map((it) => Math.round(100 * (call === "conversation" ? 1 - it : it)));
    range.sort((one, other) => one - other);
    line.textContent = call
      ? `${word(`profile_${call}`, share, posts)} (${word("why_percent", range.join("–"))})`
      : word("profile_open", posts);
    line.dir = "auto";

    host.dataset.p = "";
    const [point, around] = [host.getBoundingClientRect(), name.getBoundingClientRect()];
    const letters = document.createRange();
    letters.selectNodeContents(name);
    // The host's own rectangle comes last.
    const last = [...letters.getClientRects()].findLast(({ height }) => height > 0);
    if (!last) return false;
    // A name that ends far from its left side and near its right one is written from the right.
    const isRtl = last.left - around.left > around.right - last.right;
    const room = (isRtl ? last.left : document.documentElement.clientWidth - last.right) - 2 * GAP_PX;
    if (room < LEAST_WIDTH_PX) return false;
    line.style.cssText = `top:${(last.top + last.bottom) / 2 - point.top}px;max-width:${room}px`;
    line.style[isRtl ? "right" : "left"] = `${(isRtl ? point.right - last.left : last.right - point.left) + GAP_PX}px`;
    return true;
  };
};
