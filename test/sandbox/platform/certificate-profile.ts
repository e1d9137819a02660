import { oid } from '../pki/der.ts';
import { policyOid } from '../pki/profile.ts';
import { type Element, elementsIn, only, sequenceIn, TAG } from './der-reader.ts';

/** OID body without tag and length. */
const bodyOf = (arcs: string): Buffer => oid(arcs).subarray(2);
const OID = {
  sha256WithRsa: bodyOf('1.2.840.113549.1.1.11'),
  keyUsage: bodyOf('2.5.29.15'),
  policies: bodyOf('2.5.29.32'),
  basicConstraints: bodyOf('2.5.29.19'),
  authentication: bodyOf(policyOid.auth),
} as const;
const KNOWN = [OID.keyUsage, OID.policies, OID.basicConstraints];

interface Extension {
  readonly id: Buffer;
  readonly critical: boolean;
  readonly value: Buffer;
}

function readExtension(element: Element): Extension | null {
  const parts = element.tag === TAG.sequence ? elementsIn(element.body) : null;
  const [id, ...rest] = parts ?? [];
  const value = rest.at(-1);
  if (id?.tag !== TAG.oid || value?.tag !== TAG.octets || rest.length > 2) return null;
  const flag = rest.length === 2 ? rest[0] : undefined;
  if (flag !== undefined && (flag.tag !== TAG.boolean || flag.body.length !== 1)) return null;
  return { id: id.body, critical: flag !== undefined && flag.body[0] !== 0, value: value.body };
}

/** Key usage is digitalSignature and nothing else: one bit, the first. */
function signsOnly(value: Buffer): boolean {
  const bits = only(TAG.bits, value);
  return bits !== null && bits.length >= 2 && bits[1] === 0x80 && bits.subarray(2).every((byte) => byte === 0);
}

function isForAuthentication({ critical, value }: Extension): boolean {
  const policies = sequenceIn(value);
  const ids = policies?.map(({ tag, body }) => (tag === TAG.sequence ? elementsIn(body)?.[0] : undefined));
  return critical && ids?.some((id) => id?.tag === TAG.oid && id.body.equals(OID.authentication)) === true;
}

function isNoCa(basic: Extension | undefined): boolean {
  if (basic === undefined) return true;
  const parts = sequenceIn(basic.value);
  const [first] = parts ?? [];
  return parts !== null && (first?.tag !== TAG.boolean || first.body[0] === 0);
}

function fits(extensions: readonly Extension[]): boolean {
  const find = (id: Buffer) => extensions.find((one) => one.id.equals(id));
  const usage = find(OID.keyUsage);
  const policies = find(OID.policies);
  return (
    new Set(extensions.map(({ id }) => id.toString('hex'))).size === extensions.length &&
    extensions.every(({ critical, id }) => !critical || KNOWN.some((known) => known.equals(id))) &&
    usage !== undefined &&
    signsOnly(usage.value) &&
    policies !== undefined &&
    isForAuthentication(policies) &&
    isNoCa(find(OID.basicConstraints))
  );
}

/** DER puts a zero before a number that would look negative; the revocation list is read without it. */
const unsigned = (body: Buffer): Buffer => (body.length > 1 && body[0] === 0 ? body.subarray(1) : body);

/**
 * The profile of a certificate for user authentication (SOURCES.md, Card: holder certificates): extensions, and SHA-256 with
 * RSA. Read by hand: it is
 * all that OpenSSL does not say, and a whole ASN.1 library took 2.5 ms for each certificate, half of an item's time.
 * @param der X.509 that OpenSSL has parsed @returns the serial, lower-case hex; null when it is of another profile
 */
export function serialOfProfile(der: Buffer): string | null {
  const [tbs, algorithm] = sequenceIn(der) ?? [];
  if (tbs?.tag !== TAG.sequence || algorithm?.tag !== TAG.sequence) return null;
  const [id] = elementsIn(algorithm.body) ?? [];
  const fields = elementsIn(tbs.body);
  // After the version, which is there: without it there are no extensions.
  const serial = fields?.[1];
  const last = fields?.at(-1);
  if (id?.tag !== TAG.oid || !id.body.equals(OID.sha256WithRsa)) return null;
  if (serial?.tag !== TAG.integer || last?.tag !== TAG.third) return null;
  const extensions = sequenceIn(last.body)?.map(readExtension);
  const whole = extensions?.every((one) => one !== null) === true ? extensions : null;
  return whole !== null && fits(whole) ? unsigned(serial.body).toString('hex') : null;
}
