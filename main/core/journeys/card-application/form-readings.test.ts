import { expect, it } from 'vitest';
import { testForm } from '../../../../test/sandbox/platform/forms.ts';
import { FormReadings, type Reading } from './form-readings.ts';

const harness = () => {
  const forms = new FormReadings();
  const scan = (reading: Reading, n: number) => forms.read(reading, { type: 'scanned', text: testForm(n) });
  const type = (reading: Reading, n: number) => {
    for (const key of testForm(n)) forms.read(reading, { type: 'type', key });
    return forms.read(reading, { type: 'type-edit', edit: 'ok' });
  };
  return { forms, scan, type };
};

it('typed digits count once they were compared with the paper', () => {
  const { forms, type } = harness();
  expect(type('first', 1)).toBe('typed');
  expect([forms.form, forms.typed, forms.holds]).toEqual([null, testForm(1), true]);
  expect(forms.confirm('first')).toBe('read');
  expect([forms.form, forms.typed]).toEqual([{ form: testForm(1), by: 'keys' }, null]);
  expect(forms.confirm('first')).toBe('here');
});

it('another form at the first reading begins anew, and holds nothing of the former one', () => {
  const { forms, scan } = harness();
  expect(scan('first', 1)).toBe('read');
  expect(scan('again', 1)).toBe('same');
  expect(forms.again).toBe('scan');
  expect(scan('first', 1)).toBe('read');
  expect(scan('first', 2)).toBe('fresh');
  expect([forms.form?.form, forms.again]).toEqual([testForm(2), null]);
});

it('at the second reading a slip of the finger is compared with the paper, another paper is told', () => {
  const { forms, scan, type } = harness();
  scan('first', 1);
  expect(type('again', 2)).toBe('typed');
  expect(forms.confirm('again')).toBe('other');
  forms.undoAgain();
  expect(type('again', 1)).toBe('same');
  expect(forms.again).toBe('keys');
  expect(scan('again', 2)).toBe('other');
});

it('wiped, it holds nothing', () => {
  const { forms, scan, type } = harness();
  scan('first', 1);
  type('again', 2);
  forms.wipe();
  expect([forms.holds, forms.form, forms.again, forms.typed, forms.view('again').text]).toEqual([false, null, null, null, '']);
});
