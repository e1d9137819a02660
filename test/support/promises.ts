/**
 * What a failed assertion says first when something was lost, done twice or mixed: `expect(rows, PROMISE).toEqual(...)`. The runner gives no
 * second look to a test that failed so: a row that is sometimes issued twice is issued twice.
 */
export const PROMISE = 'broken promise';
