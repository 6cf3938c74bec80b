// What our server does with sealed values, for peers that shall do the same work: open, seal, index, mask.
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt } from "node:crypto";

const master = Buffer.from(process.env.PEER_KEY ?? "", "hex");
// HKDF-Expand of one block.
const derive = (purpose) => createHmac("sha256", master).update(purpose).update(Buffer.from([1])).digest();
const sealKey = derive("satu-pintu seal v1");
const indexKey = derive("satu-pintu blind index v1");

export function open(label, sealed) {
  if (sealed === null || sealed === undefined) return null;
  const cipher = createDecipheriv("aes-256-gcm", sealKey, sealed.subarray(1, 13));
  cipher.setAAD(Buffer.from(label));
  cipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return cipher.update(sealed.subarray(13, sealed.length - 16), undefined, "utf8") + cipher.final("utf8");
}

export function seal(label, text) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealKey, nonce);
  cipher.setAAD(Buffer.from(label));
  return Buffer.concat([Buffer.from([1]), nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

export const index = (label, text) => createHmac("sha256", indexKey).update(`${label}\0${text}`).digest();

export const maskIdentifier = (value) =>
  value === null ? null : value.slice(0, 4) + "*".repeat(value.length - 8) + value.slice(-4);

const SIXTEEN = /(?<!\d)(?:\d[ .\-\u2013]{0,2}){15}\d(?!\d)/g;
export const maskText = (text) =>
  text === null ? null : text.replace(SIXTEEN, (found) => maskIdentifier(found.replace(/\D/g, "")));

const ALPHABET = "34679ACDEFGHJKMNPQRTWXY";
export const trackingCode = () => Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
