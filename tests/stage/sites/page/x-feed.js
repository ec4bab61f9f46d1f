//! Owns the virtualised list of the demo site at x.com: which row shows which post, where, and when more is fetched; never builds a post.

import { boot, h, morph } from './dom.js';
import { cellContent } from './x-post.js';

/** Height assumed for a row that was never measured, CSS pixels. */
const GUESS_PX = 180;
/** Rows are kept this far outside the view, CSS pixels. */
const OVERSCAN_PX = 900;
/** More is fetched when the end is this near, CSS pixels. */
const NEAR_END_PX = 2400;

/** A list of posts below `root`; `load(cursor)` gives `{posts, next}`. */
export class Timeline {
  constructor(root, load, first) {
    this.root = root;
    this.load = load;
    this.items = [];
    this.next = null;
    this.heights = new Map();
    /** Where each row begins, valid below `settled`. */
    this.tops = [0];
    this.settled = 0;
    this.cells = new Map();
    this.shown = new Map();
    this.pool = [];
    this.busy = false;
    this.framed = false;
    this.selected = -1;
    this.sizes = new ResizeObserver((entries) => this.measured(entries));
    this.onScroll = () => this.schedule();
    addEventListener('scroll', this.onScroll, { passive: true });
    addEventListener('resize', this.onScroll);
    this.take(first);
    this.render();
  }

  take({ posts, next }) {
    for (const post of posts) {
      if (post.connector) this.items.push({ gap: true, id: `gap-${post.id}`, at: this.items.length });
      post.at = this.items.length;
      this.items.push(post);
    }
    this.next = next;
  }

  end() {
    removeEventListener('scroll', this.onScroll);
    removeEventListener('resize', this.onScroll);
    this.sizes.disconnect();
    this.root.replaceChildren();
    this.ended = true;
  }

  schedule() {
    if (this.framed || this.ended) return;
    this.framed = true;
    requestAnimationFrame(() => {
      this.framed = false;
      if (!this.ended) this.render();
    });
  }

  measured(entries) {
    for (const { target, borderBoxSize } of entries) {
      const item = this.itemOf(target);
      const height = borderBoxSize[0].blockSize;
      if (!item || this.heights.get(item.id) === height) continue;
      this.heights.set(item.id, height);
      this.settled = Math.min(this.settled, item.at);
    }
    this.render();
  }

  itemOf(cell) {
    return this.shown.get(cell) ?? null;
  }

  /** Where each row begins; the list's height is the last entry. */
  offsets() {
    const { items, tops } = this;
    for (let at = this.settled; at < items.length; at++) tops[at + 1] = tops[at] + (this.heights.get(items[at].id) ?? (items[at].gap ? 1 : GUESS_PX));
    tops.length = items.length + 1;
    this.settled = items.length;
    return tops;
  }

  /** The first row that ends below `y`. */
  rowAt(y) {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1] < y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  render() {
    const offsets = this.offsets();
    const top = -this.root.getBoundingClientRect().top;
    const [from, to] = [top - OVERSCAN_PX, top + innerHeight + OVERSCAN_PX];
    const height = `${offsets.at(-1)}px`;
    if (this.root.style.minHeight !== height) this.root.style.setProperty('min-height', height);
    const wanted = [];
    for (let at = this.rowAt(from); at < this.items.length && offsets[at] <= to; at++) wanted.push(this.items[at]);
    const keep = new Set(wanted);
    for (const [item, cell] of this.cells) {
      if (keep.has(item)) continue;
      this.cells.delete(item);
      this.shown.delete(cell);
      this.sizes.unobserve(cell);
      if (boot.recycle === 'inplace') this.pool.push(cell);
      else cell.remove();
    }
    for (const item of wanted) {
      let cell = this.cells.get(item);
      if (!cell) {
        cell = this.cell(item);
        this.cells.set(item, cell);
        this.shown.set(cell, item);
        this.sizes.observe(cell);
      }
      const transform = `translateY(${offsets[item.at]}px)`;
      if (cell.style.transform !== transform) cell.style.setProperty('transform', transform);
    }
    for (const cell of this.pool.splice(0)) cell.remove();
    if (this.next !== null && !this.busy && offsets.at(-1) - to < NEAR_END_PX) this.more();
  }

  /** A cell that shows `item`: a pooled one rewritten in place, or a new one. */
  cell(item) {
    const content = cellContent(item);
    const at = this.pool.findIndex((cell) => Boolean(cell.querySelector('article')) === !item.gap);
    if (at >= 0) {
      const [cell] = this.pool.splice(at, 1);
      morph(cell, h('div', { 'data-testid': 'cellInnerDiv', class: 'cell' }, content));
      return cell;
    }
    const cell = h('div', { 'data-testid': 'cellInnerDiv', class: 'cell', style: { position: 'absolute', width: '100%' } }, content);
    this.root.append(cell);
    return cell;
  }

  async more() {
    this.busy = true;
    const page = await this.load(this.next);
    this.busy = false;
    if (this.ended) return;
    this.take(page);
    this.render();
  }

  /** Shows `item` anew in the cell where it stands, in place. */
  refresh(item) {
    const cell = this.cells.get(item);
    if (cell) morph(cell, h('div', { 'data-testid': 'cellInnerDiv', class: 'cell' }, cellContent(item)));
  }

  /** The post of the row around `node`. */
  postAt(node) {
    const cell = node.closest('[data-testid="cellInnerDiv"]');
    return cell && this.itemOf(cell);
  }

  /** Moves the selection to the next (1) or the former (−1) post, as the site's j and k do. */
  move(step) {
    for (let at = this.selected + step; at >= 0 && at < this.items.length; at += step) {
      if (this.items[at].gap) continue;
      this.selected = at;
      const tell = () => this.cells.get(this.items[at])?.querySelector('article');
      if (!tell()) scrollTo(0, this.offsets()[at]);
      this.render();
      tell()?.focus({ preventScroll: true });
      tell()?.scrollIntoView({ block: 'center' });
      return;
    }
  }

  /** What a busy framework does: class names rewritten, headers built anew, around whatever others put there. */
  churn(round) {
    for (const [item, cell] of this.cells) {
      const node = cell.querySelector('article');
      if (!node) continue;
      node.setAttribute('class', `${item.focal ? 'tw focal' : 'tw'} r-${round}`);
      const fresh = h('div', null, cellContent(item)).querySelector('[data-testid="User-Name"]');
      cell.querySelector('[data-testid="User-Name"]').replaceWith(fresh);
    }
  }
}
