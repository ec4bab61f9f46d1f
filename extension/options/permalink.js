// Owns the address of a post that was corrected, where its network and id are enough to know it. Never opens it.

const ADDRESSES = {
  x: (id) => `https://x.com/i/status/${id}`,
  linkedin: (id) => (id.startsWith("urn:li:") ? `https://www.linkedin.com/feed/update/${id}/` : undefined),
  bluesky: (id, brand) => (brand && !id.includes("/") ? `https://bsky.app/profile/${brand}/post/${id}` : undefined),
  instagram: (id) => `https://www.instagram.com/p/${id}/`,
  reddit: (id) => `https://www.reddit.com/comments/${id}/`,
  youtube: (id) => `https://www.youtube.com/post/${id}`,
};

/** The post's address; undefined where it is not known. Ids that are no plain word of the network's own give none. */
export function permalink(room, id, brand) {
  return /^[\w:.-]+$/.test(id) && (!brand || /^[\w.:/-]+$/.test(brand)) ? ADDRESSES[room]?.(id, brand) : undefined;
}
