// What differs between the screen shown and the next one, as `patch.py` writes it.
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function sumOf(text) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ -1) >>> 0;
}

function patched(before, { parts, sum }) {
  // The next text; null where it is not made of the one that is here.
  const lines = before.split("\n");
  const text = parts.map((part) =>
    (typeof part === "string" ? part : lines.slice(...part).join("\n"))).join("\n");
  if (sumOf(text) === sum) return text;
  return sumOf(before) === sum ? before : null; // another view of it has done so already
}

