import { type FormEvent, useState } from 'react';
import { Button, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { isRange, type Range, type RangeName, rangeOf } from './days.ts';

interface RangeChoiceProps {
  readonly name: RangeName;
  readonly range: Range;
  readonly onChoose: (name: RangeName, range: Range) => void;
}

/** Today, this month, last month, or days of one's own. */
export function RangeChoice({ name, range, onChoose }: RangeChoiceProps) {
  const { t } = useStaff();
  return (
    <>
      <fieldset className="row range">
        <legend className="visually-hidden">{t('report.range')}</legend>
        {(['today', 'month', 'last-month'] as const).map((one) => (
          <Button key={one} name={`range-${one}`} pressed={name === one} onPress={() => onChoose(one, rangeOf(one, Date.now()))}>
            {t(`report.ranges.${one}`)}
          </Button>
        ))}
        <Button name="range-own" pressed={name === 'own'} onPress={() => onChoose('own', range)}>
          {t('report.ranges.own')}
        </Button>
      </fieldset>
      {name === 'own' ? <OwnRange range={range} onChoose={onChoose} /> : null}
    </>
  );
}

/** Begins with the days that are up. */
function OwnRange({ range, onChoose }: Pick<RangeChoiceProps, 'range' | 'onChoose'>) {
  const { t } = useStaff();
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const [bad, setBad] = useState(false);
  const show = (event: FormEvent) => {
    event.preventDefault();
    const fits = isRange({ from, to });
    setBad(!fits);
    if (fits) onChoose('own', { from, to });
  };
  return (
    <form className="row own-range" onSubmit={show} noValidate>
      <label>
        {t('report.from')}
        <input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        {t('report.to')}
        <input type="date" value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      <Button submit kind="primary" name="range-show">
        {t('report.show')}
      </Button>
      {bad ? (
        <Message tone="stop" role="alert">
          {t('report.badRange')}
        </Message>
      ) : null}
    </form>
  );
}
