import { useCallback, useRef, useState } from 'react';

/** Something to do. It calls `leave` if the page is about to go, so that nothing more may be done on it. */
export type Deed = (leave: () => void) => Promise<void>;

/**
 * Does one thing at a time. A second click is ignored from the moment of the first, also where the page has not been drawn
 * anew between the two, as on a slow machine.
 */
export function useOneAtATime() {
  const locked = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const run = useCallback(async (deed: Deed) => {
    if (locked.current) return;
    locked.current = true;
    setBusy(true);
    let isLeft = false;
    try {
      await deed(() => {
        isLeft = true;
      });
    } finally {
      if (!isLeft) {
        locked.current = false;
        setBusy(false);
      }
    }
  }, []);
  return { isBusy, run };
}
