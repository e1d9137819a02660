import { createServer } from 'node:http';
import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { createApp } from './app.ts';
import type { CataloguePublisher } from './catalogue-publisher.ts';
import { createFaults } from './faults.ts';
import { addV1 } from './routes-v1.ts';

/** Routes are described, never called. */
const nothing: CataloguePublisher = {
  current: () => never(),
  version: () => never(),
  measure: () => never(),
  publish: () => never(),
  newerThan: () => never(),
};
const never = (): never => {
  throw new Error('a described platform takes no requests');
};

/** The contract of the platform as OpenAPI 3.1, from the zod schemas of main/contract. The sandbox's own routes are no part of it. */
export async function describePlatform(): Promise<unknown> {
  const app = createApp((handler) => createServer(handler), never);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Madoguchi reference platform',
        version: '1',
        description:
          'The contract between a kiosk and the central platform. It is ours: that of the ministry is not public. Errors are RFC 9457 problems. Every answer to a request with an id, errors included, carries `x-madoguchi-answer: v1 ID STATUS DIGEST` (base64url SHA-256 of the body before any content coding); a kiosk takes any other answer for a fault of the line.',
      },
    },
    transform: jsonSchemaTransform,
  });
  app.register(async (scope) => {
    addV1(scope, {
      clock: { now: never, setTimeout: never },
      faults: createFaults(),
      deliver: never,
      batchDoor: null,
      onBatch: never,
      answerQuestion: never,
      catalogues: nothing,
      applicationOf: never,
      draw: never,
      enrolment: { newCode: never, enrol: never },
      kiosks: null,
    });
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
