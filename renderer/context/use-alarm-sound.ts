import { useEffect } from 'react';

/** Every so often, ms. */
const EVERY = 2500;

/** Two soft tones, again and again while `on`: somebody who has turned away does not see a screen. Silent where there is no sound. */
export function useAlarmSound(on: boolean): void {
  useEffect(() => {
    if (!on || typeof AudioContext === 'undefined') return;
    const audio = new AudioContext();
    const chime = () => {
      tone(audio, 880, 0);
      tone(audio, 660, 0.35);
    };
    chime();
    const timer = setInterval(chime, EVERY);
    return () => {
      clearInterval(timer);
      void audio.close();
    };
  }, [on]);
}

/** @param hertz pitch @param after seconds from now */
function tone(audio: AudioContext, hertz: number, after: number): void {
  const start = audio.currentTime + after;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.3, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.32);
}
