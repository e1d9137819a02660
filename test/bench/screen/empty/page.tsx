import { useState } from 'react';
import { createRoot } from 'react-dom/client';

/** The floor of every screen: React, and a page that is one button. A press turns it over. */
function Empty() {
  const [on, setOn] = useState(false);
  const style = { position: 'fixed', inset: 0, border: 0, background: on ? '#002b69' : '#e6f0ff', fontSize: '4rem' } as const;
  return (
    <button type="button" data-step={on ? 1 : 0} style={style} onPointerUp={() => setOn(!on)}>
      Madoguchi
    </button>
  );
}

const place = document.getElementById('page');
if (place !== null) createRoot(place).render(<Empty />);
