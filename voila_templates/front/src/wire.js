// Jupyter's messages on a websocket, in the framing v1.kernel.websocket.jupyter.org:
// the number of offsets, the offsets (64 bits, little endian), the channel, header, parent header,
// metadata and content as JSON, then buffers.
export const PROTOCOL = "v1.kernel.websocket.jupyter.org";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function bytes(buffer) {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

export function pack(message) {
  const texts = [message.channel, ...[message.header, message.parent_header, message.metadata,
    message.content].map((part) => JSON.stringify(part))];
  const parts = [...texts.map((text) => encoder.encode(text)), ...message.buffers.map(bytes)];
  const count = parts.length + 1;
  const size = parts.reduce((sum, part) => sum + part.length, 8 * (count + 1));
  const packed = new Uint8Array(size);
  const view = new DataView(packed.buffer);
  view.setBigUint64(0, BigInt(count), true);
  let offset = 8 * (count + 1);
  parts.forEach((part, index) => {
    view.setBigUint64(8 * (index + 1), BigInt(offset), true);
    packed.set(part, offset);
    offset += part.length;
  });
  view.setBigUint64(8 * count, BigInt(offset), true);
  return packed.buffer;
}

export function unpack(data) {
  const view = new DataView(data);
  const count = Number(view.getBigUint64(0, true));
  const at = (index) => Number(view.getBigUint64(8 * (index + 1), true));
  const text = (index) => decoder.decode(new Uint8Array(data, at(index), at(index + 1) - at(index)));
  const [header, parent_header, metadata, content] = [1, 2, 3, 4].map((i) => JSON.parse(text(i)));
  const buffers = [];
  for (let i = 5; i < count - 1; i += 1) buffers.push(new DataView(data, at(i), at(i + 1) - at(i)));
  return { channel: text(0), header, parent_header, metadata, content, buffers };
}
