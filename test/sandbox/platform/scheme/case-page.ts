import { japanDay } from '../../../../main/core/time.ts';
import type { CataloguePublisher } from '../catalogue-publisher.ts';
import type { Store } from '../store.ts';
import { casePicture, caseSteps, escaped } from './case.ts';

const page = (title: string, body: string) =>
  `<!doctype html><html lang="ja"><meta charset="utf-8"><title>${escaped(title)}</title><body style="font:18px sans-serif;margin:24px">${body}</body></html>`;

type PersonOfPage = ReturnType<Store['people']>[number];

/** Everybody, with a word behind those who turned out to be somebody else. */
export function casesPage(store: Store): string {
  const people = store.people();
  const idOf = (person: number) => people.find((one) => one.person === person)?.my_key_id ?? '';
  const list = people.map(({ my_key_id, same_as }) => {
    const word = same_as === null ? '' : `（${idOf(same_as)} と同じ人です）`;
    return `<li><a href="/sandbox/case/${my_key_id}">${my_key_id}</a>${word}</li>`;
  });
  return page('申し込みの一覧', `<h1>申し込みの一覧</h1><ul>${list.join('')}</ul>`);
}

/** One person: a picture for each measure that they have a right under, the newest first. */
export function casePage({ person, my_key_id }: PersonOfPage, store: Store, catalogues: CataloguePublisher): string {
  const cases = store.rights(person).map((right) => {
    const frozen = store.linkOf(person, right.measure)?.frozen_at ?? null;
    const word = `<p><strong>同じ人のふたつ目の申し込みです。${frozen === null ? '' : japanDay(frozen)} からポイントはつきません。</strong></p>`;
    const title = `マイキーID ${my_key_id} の申し込み（${catalogues.measure(right.measure).name.ja}）`;
    return `${frozen === null ? '' : word}${casePicture(title, caseSteps(right, store, catalogues))}`;
  });
  return page(my_key_id, `<p><a href="/sandbox/case">一覧へ</a></p>${cases.join('')}`);
}
