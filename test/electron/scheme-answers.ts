import type { ElectronApplication } from '@playwright/test';

export interface SchemeAnswer {
  readonly url: string;
  readonly status: number;
  readonly policy: string | null;
}

/** Asks the window's own session for addresses of the scheme that a stranger would try, and three that are right. */
export function schemeAnswers(app: ElectronApplication): Promise<SchemeAnswer[]> {
  return app.evaluate(async () => {
    const { session } = globalThis.seenContents();
    const ask = async (url: string, method = 'GET') => {
      const answer = await session.fetch(url, { method, bypassCustomProtocolHandlers: false });
      return {
        url: method === 'GET' ? url : `${method} ${url}`,
        status: answer.status,
        policy: answer.headers.get('content-security-policy'),
      };
    };
    const urls = [
      'madoguchi://kiosk/',
      'madoguchi://kiosk/index.html',
      'madoguchi://kiosk/page.js',
      'madoguchi://kiosk/?x',
      'madoguchi://kiosk/index.html?x',
      'madoguchi://kiosk/../host.ts',
      'madoguchi://kiosk/..%2fhost.ts',
      'madoguchi://kiosk/%2e%2e/host.ts',
      'madoguchi://kiosk/..%5chost.ts',
      'madoguchi://kiosk//etc/passwd',
      'madoguchi://kiosk/etc/passwd',
      'madoguchi://kiosk/index.html%00.js',
      'madoguchi://kiosk/INDEX.HTML',
      'madoguchi://other/index.html',
      'madoguchi://kiosk.evil/index.html',
    ];
    const answers = [];
    for (const url of urls) answers.push(await ask(url));
    answers.push(await ask('madoguchi://kiosk/', 'POST'));
    return answers;
  });
}
