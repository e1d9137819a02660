import { expect, it } from 'vitest';
import { FaceJudge, type LookWorker } from './face-judge.ts';
import type { LookOrder, LookReply } from './face-worker.ts';

const picture = () => ({ data: new Uint8ClampedArray(4), width: 1, height: 1 }) as unknown as ImageData;

it('hands each reply to who asked, in whatever order they come', async () => {
  const orders: LookOrder[] = [];
  const moved: Transferable[][] = [];
  const worker: LookWorker = {
    onmessage: null,
    postMessage: (order, what) => {
      orders.push(order);
      moved.push(what);
    },
  };
  const reply = (id: number, hints: LookReply['hints']) => worker.onmessage?.({ data: { id, hints } } as MessageEvent<LookReply>);
  const judge = new FaceJudge(worker, 'pose');
  const first = picture();
  const [one, two] = [judge.judge(first), judge.judge(picture())];
  expect(orders.map(({ id, way }) => [id, way])).toEqual([
    [1, 'pose'],
    [2, 'pose'],
  ]);
  expect(moved[0]).toEqual([first.data.buffer]);
  reply(2, ['no-face']);
  reply(7, null);
  reply(1, []);
  expect([(await one).hints, (await two).hints]).toEqual([[], ['no-face']]);
});
