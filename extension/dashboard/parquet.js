// Owns the Parquet file of the posts: its columns, and how rows become them, in parts. Never opens a file.
import { ByteWriter, ParquetWriter } from "../vendor/parquet.js";

/** What a column holds: its type in the file, and how a value becomes it. */
const TYPES = {
  text: [{ type: "BYTE_ARRAY", converted_type: "UTF8" }, (value) => value],
  time: [{ type: "INT64", converted_type: "TIMESTAMP_MILLIS" }, (value) => new Date(value)],
  count: [{ type: "INT64" }, (value) => BigInt(value)],
  small: [{ type: "INT32" }, (value) => value],
  share: [{ type: "DOUBLE" }, (value) => value],
  flag: [{ type: "BOOLEAN" }, (value) => value],
};

/** `[name, type, where it stands in a row]`; the names are those of the comma-separated file, but times are times. */
const COLUMNS = [
  ["room", "text", "room"], ["id", "text", "id"], ["brand", "text", "brand"], ["name", "text", "name"],
  ["first_seen", "time", "firstSeen"], ["last_seen", "time", "lastSeen"], ["surface", "text", "surface"], ["posted", "time", "posted"], ["posted_by", "text", "postedBy"],
  ["lang", "text", "lang"], ["stance", "text", "stance"], ["counted_intent", "text", "countedIntent"], ["intent", "text", "intent"],
  ["is_sure", "flag", "isSure"], ["confidence", "share", "confidence"], ["p_conversation", "share", "pConversation"], ["ad", "flag", "ad"], ["ad_source", "text", "adSource"],
  ["is_reply", "flag", "isReply"], ["parent", "text", "parent"], ["people", "small", (post) => post.addressed.length],
  ["mentions", "small", "mentions"], ["links", "small", "links"], ["hashtags", "small", "hashtags"], ["media", "small", "media"],
  ["replies", "count", "replies"], ["reposts", "count", "reposts"], ["likes", "count", "likes"], ["fit", "small", "roomFit"],
  ["corrected_to", "text", "correctedTo"], ["chars", "small", "chars"], ["simhash", "text", "simhash"], ["excerpt", "text", "excerpt"],
];

/** A file that grows by groups of rows: `add(posts)`, then `blob()`. */
export function parquetFile(intents) {
  const columns = [...COLUMNS, ...intents.map(({ id }, at) => [`p_${id}`, "share", (post) => post.intents[at]])];
  const schema = [
    { name: "posts", num_children: columns.length },
    ...columns.map(([name, type]) => ({ name, repetition_type: "OPTIONAL", ...TYPES[type][0] })),
  ];
  const bytes = new ByteWriter(1 << 20);
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: "Kibitz" });
  return {
    add(posts) {
      if (posts.length === 0) return;
      const columnData = columns.map(([name, type, from]) => {
        const [, become] = TYPES[type];
        const value = typeof from === "string" ? (post) => post[from] : from;
        return { name, data: posts.map((post) => value(post) ?? null).map((it) => (it === null ? null : become(it))) };
      });
      writer.write({ columnData, rowGroupSize: posts.length });
    },
    blob() {
      writer.finish();
      return new Blob([bytes.getBytes()], { type: "application/vnd.apache.parquet" });
    },
  };
}
