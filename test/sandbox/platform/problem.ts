import { z } from 'zod';

/** Everything that can be wrong with a whole request. RFC 9457; `type` is a name, not an address. */
export const problems = {
  malformed: { status: 400, title: 'The request is not of the contract' },
  'code-refused': { status: 403, title: 'This enrolment code is not good' },
  'unknown-kiosk': { status: 403, title: 'This kiosk is not known here' },
  'unknown-provider': { status: 403, title: 'This provider is not known here' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'Not with this method' },
  'request-timeout': { status: 408, title: 'The request did not come in time' },
  'too-large': { status: 413, title: 'The request is too large' },
  'media-type': { status: 415, title: 'JSON is wanted' },
  'too-many': { status: 429, title: 'Later, please' },
  'headers-too-large': { status: 431, title: 'The header is too large' },
  fault: { status: 500, title: 'The platform has a fault' },
  maintenance: { status: 503, title: 'The platform is under maintenance' },
} as const;
export type ProblemName = keyof typeof problems;

/** RFC 9457. Never repeats anything that was sent. */
export const Problem = z
  .object({ type: z.string().regex(/^urn:madoguchi:problem:[a-z-]+$/), title: z.string(), status: z.number().int() })
  .strict();
export type Problem = z.infer<typeof Problem>;

export const PROBLEM_TYPE = 'application/problem+json';

/** @param status where the case has several, for example 502 for `fault` */
export function problem(name: ProblemName, status: number = problems[name].status): Problem {
  return { type: `urn:madoguchi:problem:${name}`, title: problems[name].title, status };
}
