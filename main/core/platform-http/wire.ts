import { z } from 'zod';
import { ApplicationState } from '../../contract/application.ts';
import { MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import { BatchItem, EnrolmentCode, ItemResult, MAX_BATCH_ITEMS } from '../../contract/platform.ts';
import { Challenge } from '../../contract/submission.ts';

/**
 * The HTTP contract with the central platform. It is ours: the ministry's is not public.
 * JSON over HTTPS; every request carries `x-kiosk-id` (TerminalId) and `x-kiosk-request` (RequestId). Errors: RFC 9457 problem+json.
 *
 * Every answer, errors included, carries a mark: `x-madoguchi-answer: v1 REQUEST STATUS DIGEST`, single spaces between. REQUEST is the
 * request's own id, STATUS the status code, DIGEST the base64url SHA-256 (43 characters, no padding) of the body's bytes before any
 * content coding. Between a kiosk and the platform stand gateways, portals and proxies that answer by themselves, change a status or a
 * body, or repeat an old answer. None of them can make a mark that fits, so a kiosk takes an answer without one for a fault of the
 * line, whatever its status says: never for a verdict about what was sent. A request without a usable id gets no mark.
 */
export const REQUEST_ID_HEADER = 'x-kiosk-request';
export const ANSWER_MARK_HEADER = 'x-madoguchi-answer';
/**
 * With a batch, optional: how many acts the kiosk will still have when this batch is settled. A platform that gives slots keeps one for those
 * who have more, and for nobody else.
 */
export const WAITING_HEADER = 'x-kiosk-waiting';
/** 128 random bits, base64url; another one for each request, a repeated one included. */
export const RequestId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** GET /v1/status */
export const PlatformStatus = z.object({ time: z.iso.datetime(), maintenance: z.boolean() }).strict();
export type PlatformStatus = z.infer<typeof PlatformStatus>;

/** POST /v1/challenges. The platform keeps them bound to the kiosk and to their expiry. */
export const ChallengeRequest = z.object({ count: z.number().int().min(1).max(200) }).strict();
export const ChallengeReply = z
  .object({ challenges: z.array(z.object({ challenge: Challenge, expiresAt: z.iso.datetime() }).strict()).max(200) })
  .strict();
export type ChallengeReply = z.infer<typeof ChallengeReply>;

/** POST /v1/batches */
export const BatchRequest = z.object({ items: z.array(BatchItem).min(1).max(MAX_BATCH_ITEMS) }).strict();
export type BatchRequest = z.infer<typeof BatchRequest>;

export const BatchReply = z
  .object({ results: z.array(ItemResult).max(MAX_BATCH_ITEMS), nextSlotMs: z.number().int().min(0).max(900_000).optional() })
  .strict();
export type BatchReply = z.infer<typeof BatchReply>;

/** GET /v1/applications/RECEIPT. 404: no application of this kiosk's platform with that number. */
export const ApplicationReply = z.object({ application: ApplicationState }).strict();
export type ApplicationReply = z.infer<typeof ApplicationReply>;

/** GET /v1/catalogue?known=VERSION. null: nothing newer. */
export const CatalogueReply = z.object({ catalogue: z.string().max(MAX_CATALOGUE_BYTES).nullable() }).strict();
export type CatalogueReply = z.infer<typeof CatalogueReply>;

const pem = (label: string, most: number) =>
  z
    .string()
    .max(most)
    .regex(new RegExp(`^(?:-----BEGIN ${label}-----[A-Za-z0-9+/=\\s]+-----END ${label}-----\\s*)+$`));
/**
 * POST /v1/enrolments. The only request that needs no client certificate. `csr`: PKCS#10 over a P-256 key that never leaves the kiosk;
 * its name is the terminal's id. 403: the code is wrong, used, too old, or another kiosk's. 429: too many wrong ones.
 */
export const EnrolmentRequest = z.object({ code: EnrolmentCode, csr: pem('CERTIFICATE REQUEST', 4096) }).strict();
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;
/** `certificate`: for the kiosk's key. `ca`: the only authority that the kiosk believes from its next start on. */
export const EnrolmentReply = z.object({ certificate: pem('CERTIFICATE', 8192), ca: pem('CERTIFICATE', 16_384) }).strict();
export type EnrolmentReply = z.infer<typeof EnrolmentReply>;
